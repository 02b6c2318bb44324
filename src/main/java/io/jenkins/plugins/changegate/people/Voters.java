package io.jenkins.plugins.changegate.people;

import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.SecurityRealm;
import hudson.tasks.Mailer;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.approval.Approval;
import io.jenkins.plugins.changegate.engine.approval.Ballot;
import io.jenkins.plugins.changegate.engine.approval.Separation;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Turns Jenkins users into voters, as they are at this moment: groups and permissions are read again each time, and
 * not taken from the session, which may be hours old.
 */
public final class Voters {

    private Voters() {}

    /** Returns the voter that a logged-in user is for a job; empty for whoever is not logged in, or may not any more. */
    public static Optional<Voter> of(Authentication user, Job<?, ?> job) {
        return ACL.isAnonymous2(user) || ACL.SYSTEM2.equals(user)
                ? Optional.empty()
                : of(Objects.requireNonNull(User.getById(user.getName(), true)), job);
    }

    /** Returns the voter that a user is for a job; empty if there is no such user any more. */
    public static Optional<Voter> of(String id, Job<?, ?> job) {
        return Optional.ofNullable(User.getById(id, false)).flatMap(user -> of(user, job));
    }

    /** Returns the voter that a user is for a job, with those whose deputy the user is; empty if barred from Jenkins. */
    public static Optional<Voter> of(User user, Job<?, ?> job) {
        return of(user, job, Absence.representedBy(user));
    }

    static Optional<Voter> of(User user, Job<?, ?> job, List<User> represented) {
        List<Voter> absent = represented.stream()
                .map(other -> voter(other, job, List.of()))
                .flatMap(Optional::stream)
                .toList();
        return voter(user, job, absent);
    }

    private static Optional<Voter> voter(User user, Job<?, ?> job, List<Voter> absent) {
        Optional<UserDetails> account = account(user);
        if (account.isEmpty()
                || !account.get().isEnabled()
                || !account.get().isAccountNonLocked()
                || !account.get().isAccountNonExpired()) {
            return Optional.empty();
        }
        Set<String> groups = account.get().getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return Optional.of(new Voter(
                user.getId(),
                user.getFullName(),
                mail(user),
                groups,
                job.getACL().hasPermission2(authentication(account.get()), ChangePermissions.APPROVE),
                absent));
    }

    /** As core makes it of what the realm says, without asking the realm a second time. */
    private static Authentication authentication(UserDetails account) {
        return new UsernamePasswordAuthenticationToken(account.getUsername(), "", account.getAuthorities());
    }

    /** Returns what the security realm says of a user; empty if it says that there is none. */
    static Optional<UserDetails> account(User user) {
        try {
            return Optional.of(user.getUserDetailsForImpersonation2());
        } catch (UsernameNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Returns the mail address that a user has given; empty if none. */
    static String mail(User user) {
        Mailer.UserProperty mailer = user.getProperty(Mailer.UserProperty.class);
        String mail = mailer == null ? null : mailer.getExplicitlyConfiguredAddress();
        return Objects.requireNonNullElse(mail, "");
    }

    /** Returns what decides about votes on a change, comparing names as the security realm does. */
    public static Approval approval(ChangeRecord record) {
        SecurityRealm realm = Jenkins.get().getSecurityRealm();
        return new Approval(
                separation(record),
                (a, b) -> realm.getUserIdStrategy().equals(a, b),
                (a, b) -> realm.getGroupIdStrategy().equals(a, b));
    }

    /** Returns what a change needs and who has approved, with those who are in the organisation's groups now. */
    public static Ballot ballot(ChangeRecord record) {
        Ballot ballot = record.ballot();
        return ChangeGateConfiguration.get()
                .readPolicy()
                .map(policy -> ballot.on(ballot.requirements().stream()
                        .map(requirement -> requirement.asOf(policy.groups()))
                        .toList()))
                .orElse(ballot);
    }

    /** Whether somebody started a change's run or wrote part of the change, so that others have to judge it. */
    public static boolean hasPart(ChangeRecord record, Voter voter) {
        return separation(record).excludes(voter).isPresent();
    }

    /** Returns who may not approve, by all that anybody says of who writes commits by which name. */
    static Separation separation(ChangeRecord record) {
        return separation(record, record.opened().judgement().terms());
    }

    /**
     * Returns the same, but without what the repository's policy says: that may keep somebody from approving, but an
     * author does not become known by saying so in the change.
     */
    static Separation certain(ChangeRecord record) {
        return separation(record, Terms.NONE);
    }

    private static Separation separation(ChangeRecord record, Terms terms) {
        ChangeEvent.Opened opened = record.opened();
        Map<String, Set<String>> now = ChangeGateConfiguration.get()
                .readPolicy()
                .map(Policy::identities)
                .orElse(Map.of());
        return new Separation(
                opened.starters(),
                opened.authors(),
                terms.with(directories(opened.authors())).with(now).identities());
    }

    private static Map<String, Set<String>> directories(List<Person> authors) {
        Map<String, Set<String>> known = new HashMap<>();
        for (AuthorDirectory directory : ExtensionList.lookup(AuthorDirectory.class)) {
            for (Person author : authors) {
                directory
                        .userOf(author)
                        .ifPresent(user -> known.computeIfAbsent(user, id -> new HashSet<>())
                                .addAll(names(author)));
            }
        }
        return known;
    }

    private static Set<String> names(Person author) {
        return Stream.of(author.name(), author.email())
                .filter(name -> !name.isBlank())
                .collect(Collectors.toSet());
    }
}
