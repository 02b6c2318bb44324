package io.jenkins.plugins.changegate.notify;

import hudson.model.Job;
import hudson.model.User;
import hudson.tasks.Mailer;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.people.Audience;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.AuthenticationException;

/** Who is told by mail. Asks the user database, so this can take a while. To be called as the system. */
final class Recipients {

    private final Job<?, ?> job;

    Recipients(Job<?, ?> job) {
        this.job = job;
    }

    /** Returns the addresses of those whose vote a change needs that is recorded so. */
    List<String> asked(ChangeRecord record) {
        return addresses(Audience.of(record, job));
    }

    /** Returns the addresses of those whose vote is needed now and was not before the last event. */
    List<String> newlyAsked(ChangeRecord record) {
        Set<String> before =
                Audience.of(before(record), job).stream().map(User::getId).collect(Collectors.toSet());
        return addresses(Audience.of(record, job).stream()
                .filter(user -> !before.contains(user.getId()))
                .toList());
    }

    /** Returns the addresses of those whose vote was needed just before the last event. */
    List<String> askedBefore(ChangeRecord record) {
        return asked(before(record));
    }

    /** Returns the addresses of those who started the run, unless they may not see it any more. */
    List<String> starters(ChangeRecord record) {
        return addresses(record.opened().starters().stream()
                .map(id -> User.getById(id, false))
                .filter(Objects::nonNull)
                .filter(this::maySee)
                .toList());
    }

    /** Returns a record as it was before its newest event. */
    static ChangeRecord before(ChangeRecord record) {
        return new ChangeRecord(record.number(), record.history().subList(0, record.version() - 1));
    }

    private boolean maySee(User user) {
        try {
            return job.getACL().hasPermission2(user.impersonate2(), ChangePermissions.VIEW);
        } catch (AuthenticationException e) {
            return false;
        }
    }

    private static List<String> addresses(List<User> users) {
        return users.stream().map(Recipients::address).flatMap(Optional::stream).toList();
    }

    private static Optional<String> address(User user) {
        return Optional.ofNullable(user.getProperty(Mailer.UserProperty.class))
                .map(Mailer.UserProperty::getAddress)
                .map(String::strip)
                .filter(address -> !address.isEmpty());
    }
}
