package io.jenkins.plugins.changegate.engine.record;

import java.util.Objects;

/**
 * Where a change reached the gate.
 *
 * @param job the full name of the job
 * @param build its build's number
 * @param node the id of the step in that build
 */
public record Origin(String job, int build, String node) {
    public Origin {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(node, "node");
    }
}
