package io.jenkins.plugins.changegate.config;

import hudson.ExtensionPoint;
import hudson.model.Job;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import java.util.List;

/** Policies between the organisation's and the repository's. */
public interface PolicyLayer extends ExtensionPoint {

    /**
     * Returns what applies to a job's changes now. Called on threads of the gate, as SYSTEM, for every assessment; waits
     * for nothing. What cannot be read is a gap; whatever is thrown becomes one too.
     */
    Policies of(Job<?, ?> job);

    /** Returns the policies of this layer that are in force anywhere where the user may see it. Waits for nothing. */
    default List<Policy> visible() {
        return List.of();
    }
}
