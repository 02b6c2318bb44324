package io.jenkins.plugins.changegate.people;

import hudson.model.Job;
import hudson.model.User;
import hudson.security.GroupDetails;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.approval.Approval;
import io.jenkins.plugins.changegate.engine.approval.Ballot;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.springframework.security.core.AuthenticationException;

/**
 * Who is to be told that a change waits: the users whose approval would bring it further now. The security realm is
 * asked about each user in question, which may take long: meant for background threads, which run as SYSTEM. Nothing is
 * changed, and no user is created.
 */
public final class Audience {

    private static final Logger LOGGER = Logger.getLogger(Audience.class.getName());

    /** How many users are looked at, those whom the requirements name first. */
    static final int LIMIT = 5000;

    private final ChangeRecord record;
    private final Job<?, ?> job;
    private final Instant now;
    private final Approval approval;
    private final Ballot ballot;
    private final Map<String, List<User>> represented;

    /** By the key of a user's id, so that a deputy of many is judged once. */
    private final Map<String, Boolean> needed = new HashMap<>();

    private int untold;

    private Audience(ChangeRecord record, Job<?, ?> job, Instant now) {
        this.record = record;
        this.job = job;
        this.now = now;
        this.approval = Voters.approval(record);
        this.ballot = Voters.ballot(record);
        this.represented = Absence.byDeputy(now);
    }

    /**
     * Returns the users who may approve a change now, are needed for it and may see it. In an absent user's place the
     * deputy is told; the absent user only if the deputy cannot help. Nobody, once the change is decided.
     *
     * @param job the job that the change belongs to
     */
    public static List<User> of(ChangeRecord record, Job<?, ?> job) {
        return of(record, job, Instant.now());
    }

    static List<User> of(ChangeRecord record, Job<?, ?> job, Instant now) {
        return record.decided().isPresent() ? List.of() : new Audience(record, job, now).told();
    }

    private List<User> told() {
        Map<String, User> told = new LinkedHashMap<>();
        for (User candidate : candidates()) {
            if (isNeeded(candidate)) {
                Stream.concat(Absence.deputyOf(candidate, now).filter(this::isNeeded).stream(), Stream.of(candidate))
                        .filter(this::maySee)
                        .findFirst()
                        .ifPresent(user -> told.put(key(user.getId()), user));
            }
        }
        if (untold > 0) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} may wait for some of {1} users of whom the security realm does not say who they are",
                    new Object[] {record.id(), untold});
        }
        return List.copyOf(told.values());
    }

    private Collection<User> candidates() {
        // A vote may also count for what is met already, if that sets free another vote for what is not.
        Set<Principal> asked = ballot.requirements().stream()
                .filter(requirement -> requirement.stage() <= ballot.stage())
                .map(Requirement::from)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        Map<String, User> candidates = new LinkedHashMap<>();
        asked.stream()
                .filter(principal -> principal.kind() == Principal.Kind.USER)
                .forEach(principal -> add(candidates, principal.name()));
        asked.stream()
                .filter(principal -> principal.kind() == Principal.Kind.GROUP)
                .forEach(principal -> members(principal.name()).forEach(member -> add(candidates, member)));
        // Many realms don't tell who is in a group, only in which groups somebody is.
        if (asked.stream().anyMatch(principal -> principal.kind() != Principal.Kind.USER)) {
            Collection<User> all = User.getAll();
            all.forEach(user -> add(candidates, user));
            if (all.size() > LIMIT) {
                LOGGER.log(
                        Level.INFO,
                        "There are more than {0} users; not all of them are asked whether they may approve {1}",
                        new Object[] {LIMIT, record.id()});
            }
        }
        return candidates.values();
    }

    private static void add(Map<String, User> candidates, String id) {
        Optional.ofNullable(User.getById(id, false)).ifPresent(user -> add(candidates, user));
    }

    private static void add(Map<String, User> candidates, User user) {
        if (candidates.size() < LIMIT) {
            candidates.putIfAbsent(key(user.getId()), user);
        }
    }

    private static Set<String> members(String group) {
        try {
            GroupDetails details = Jenkins.get().getSecurityRealm().loadGroupByGroupname2(group, true);
            Set<String> members = details == null ? null : details.getMembers();
            return members == null ? Set.of() : members;
        } catch (RuntimeException e) {
            // Not even that there is no such group is said in the same way by all realms.
            LOGGER.log(Level.FINE, e, () -> "No members of " + group);
            return Set.of();
        }
    }

    private boolean isNeeded(User user) {
        return needed.computeIfAbsent(
                key(user.getId()), key -> advances(user, represented.getOrDefault(key, List.of())));
    }

    private boolean advances(User user, List<User> absent) {
        try {
            return Voters.of(user, job, absent)
                    .map(voter -> approval.approve(ballot, voter, ""))
                    .filter(ruling -> ruling instanceof Approval.Ruling.Counted counted
                            && progress(counted.ballot()) > progress(ballot))
                    .isPresent();
        } catch (AuthenticationException e) {
            LOGGER.log(Level.FINE, e, () -> "The security realm does not say who " + user.getId() + " is");
            untold++;
            return false;
        }
    }

    private boolean maySee(User user) {
        try {
            return job.getACL().hasPermission2(user.impersonate2(), ChangePermissions.VIEW);
        } catch (AuthenticationException e) {
            return false;
        }
    }

    private static int progress(Ballot ballot) {
        return Arrays.stream(ballot.counted()).sum();
    }

    private static String key(String id) {
        return User.idStrategy().keyFor(id);
    }
}
