package io.jenkins.plugins.changegate.authorise;

import hudson.model.Job;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.people.VoterByJob;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/**
 * One user's look at many waiting changes, for a page or a count. Good for one request; whatever is then done to one of
 * them is judged anew by {@link Authorisation}. Not thread-safe.
 */
public final class Glance {

    private final VoterByJob voters;

    public Glance(Authentication user) {
        this.voters = new VoterByJob(user);
    }

    /** Returns why the user may not approve a change that is recorded so, if so. */
    public Optional<String> denies(ChangeRecord record, Job<?, ?> job) {
        return Authorisation.denies(record, voters.in(job));
    }

    /** Whether the user may reject a change that is recorded so. */
    public boolean mayReject(ChangeRecord record, Job<?, ?> job) {
        return record.decided().isEmpty() && Authorisation.mayReject(record, voters.in(job));
    }
}
