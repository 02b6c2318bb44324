package io.jenkins.plugins.changegate.prompt;

import hudson.model.Job;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.SecurityRealm;
import hudson.tasks.Mailer;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.approval.Approval;
import io.jenkins.plugins.changegate.engine.approval.Separation;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Turns Jenkins users into voters, as they are at this moment. */
public final class Voters {

    private Voters() {}

    /** Returns the voter that a user is for a job; empty for whoever is not logged in. */
    public static Optional<Voter> of(Authentication user, Job<?, ?> job) {
        if (ACL.isAnonymous2(user) || ACL.SYSTEM2.equals(user)) {
            return Optional.empty();
        }
        User known = Objects.requireNonNull(User.getById(user.getName(), true));
        Mailer.UserProperty mailer = known.getProperty(Mailer.UserProperty.class);
        String mail = mailer == null ? null : mailer.getExplicitlyConfiguredAddress();
        Set<String> groups = user.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return Optional.of(new Voter(
                known.getId(),
                known.getFullName(),
                Objects.requireNonNullElse(mail, ""),
                groups,
                job.getACL().hasPermission2(user, ChangePermissions.APPROVE)));
    }

    /** Returns the state machine, comparing names as the security realm does. */
    public static Approval approval(Separation separation) {
        SecurityRealm realm = Jenkins.get().getSecurityRealm();
        return new Approval(
                separation,
                (a, b) -> realm.getUserIdStrategy().equals(a, b),
                (a, b) -> realm.getGroupIdStrategy().equals(a, b));
    }
}
