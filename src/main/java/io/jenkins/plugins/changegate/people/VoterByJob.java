package io.jenkins.plugins.changegate.people;

import hudson.model.Job;
import hudson.model.User;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/**
 * The voter that one user is for each of many jobs. The security realm is asked once, not once for each job, so it is
 * good for one request and for showing only; who votes is looked at anew. Not thread-safe.
 */
public final class VoterByJob {

    private final Authentication user;
    private final Map<Job<?, ?>, Optional<Voter>> voters = new HashMap<>();
    private final Map<String, Authentication> authentications = new HashMap<>();
    private Optional<Voter> anywhere;

    public VoterByJob(Authentication user) {
        this.user = Objects.requireNonNull(user, "user");
    }

    /** Returns the voter; empty for whoever is not logged in, or may not any more. */
    public Optional<Voter> in(Job<?, ?> job) {
        if (anywhere == null) {
            anywhere = Voters.of(user, job);
            voters.put(job, anywhere);
        }
        return voters.computeIfAbsent(job, other -> anywhere.map(voter -> as(voter, other)));
    }

    /** Only a permission differs from job to job. */
    private Voter as(Voter voter, Job<?, ?> job) {
        return new Voter(
                voter.id(),
                voter.name(),
                voter.mail(),
                voter.groups(),
                job.getACL().hasPermission2(authentication(voter.id()), ChangePermissions.APPROVE),
                voter.absent().stream().map(absent -> as(absent, job)).toList());
    }

    private Authentication authentication(String id) {
        return authentications.computeIfAbsent(
                id, known -> Objects.requireNonNull(User.getById(known, true)).impersonate2());
    }
}
