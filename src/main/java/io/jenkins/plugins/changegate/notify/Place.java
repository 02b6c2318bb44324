package io.jenkins.plugins.changegate.notify;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Origin;
import java.util.Objects;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Where a change reached the gate, as Jenkins knows it now.
 *
 * @param job its job
 * @param run its build; empty if it was deleted
 */
record Place(Job<?, ?> job, Optional<Run<?, ?>> run) {

    /** Returns where a change is; empty if the job is gone, or has another name by now. To be called as the system. */
    static Optional<Place> of(ChangeRecord record) {
        Origin origin = record.opened().origin();
        Job<?, ?> job = Jenkins.get().getItemByFullName(origin.job(), Job.class);
        return Optional.ofNullable(job).map(known -> new Place(known, run(known, origin)));
    }

    private static Optional<Run<?, ?>> run(Job<?, ?> job, Origin origin) {
        return Optional.ofNullable(job.getBuildByNumber(origin.build()));
    }

    /** Returns the address of a change's page, absolute if Jenkins knows its own; empty if the page is gone. */
    String url(ChangeRecord record) {
        String root = Objects.requireNonNullElse(Jenkins.get().getRootUrl(), "/");
        return run.map(known -> root + known.getUrl() + "change/" + record.id() + "/")
                .orElse("");
    }
}
