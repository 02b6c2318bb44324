package io.jenkins.plugins.changegate.engine.record;

import java.util.List;

/**
 * What put back what had run before. Only deployments that followed each other are compared, and only changes whose
 * delta could be read.
 *
 * @param by the numbers of the changes that took this one back: at most one
 * @param of the numbers of the changes that this one took back: at most one
 */
public record Rollback(List<Long> by, List<Long> of) {

    public Rollback {
        by = List.copyOf(by);
        of = List.copyOf(of);
    }
}
