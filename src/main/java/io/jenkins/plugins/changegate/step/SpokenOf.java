package io.jenkins.plugins.changegate.step;

import hudson.AbortException;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.changegate.authorise.Closure;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.springframework.security.core.Authentication;

/**
 * The change that a pipeline speaks of.
 *
 * @param run the build that the change is of
 * @param isOfThisBuild whether that is the pipeline's own
 * @param isOfThisJob whether it is of the pipeline's own job
 */
record SpokenOf(long number, Run<?, ?> run, boolean isOfThisBuild, boolean isOfThisJob) {

    /**
     * Returns the change in whose deployment the step stands, or else the only one that this build's gates let through.
     *
     * @throws AbortException if there is none, or it is not clear which
     */
    static SpokenOf here(ChangeStore store, Run<?, ?> run, FlowNode node) throws StoreException, AbortException {
        Set<String> enclosing = new HashSet<>(node.getAllEnclosingIds());
        List<ChangeRecord> around = new ArrayList<>();
        List<ChangeRecord> all = new ArrayList<>();
        for (ChangesAction.Reference reference : ChangesAction.of(run)) {
            Optional<ChangeRecord> let = store.find(reference.number())
                    .filter(record -> record.decided()
                            .filter(decided -> decided.decision().lets())
                            .isPresent());
            let.ifPresent(all::add);
            let.filter(record -> record.isDeploying() && enclosing.contains(reference.block()))
                    .ifPresent(around::add);
        }
        List<ChangeRecord> meant = around.isEmpty() ? all : around;
        if (meant.isEmpty()) {
            throw new AbortException(
                    "No gate of this build has let a change through, so there is no deployment to speak"
                            + " of. Name a change of another build: change: 'CHG-000123'.");
        }
        if (meant.size() > 1) {
            throw new AbortException("It is not clear which change is meant: "
                    + meant.stream().map(SpokenOf::told).collect(Collectors.joining(", "))
                    + ". Name it, as changeGate returns it in changeId: change: '"
                    + meant.get(meant.size() - 1).id() + "'.");
        }
        return new SpokenOf(meant.get(0).number(), run, true, true);
    }

    private static String told(ChangeRecord record) {
        return record.id() + " to " + record.opened().judgement().target().environment();
    }

    /**
     * Returns a change by its number: one of this job, or one that the user may close as whom the build runs.
     *
     * @throws AbortException if there is none; whether there is one that is not for this build is not told
     */
    static SpokenOf named(ChangeStore store, Run<?, ?> run, String id, Authentication user)
            throws StoreException, AbortException {
        Optional<ChangeRecord> record = ChangeRecord.number(id).isPresent()
                ? store.find(ChangeRecord.number(id).get())
                : Optional.empty();
        Optional<Run<?, ?>> of = record.flatMap(SpokenOf::run);
        boolean own =
                of.filter(build -> build.getParent().equals(run.getParent())).isPresent();
        // Most builds run as the system, which may do everything: that is no right of theirs.
        boolean allowed = own
                || of.isPresent()
                        && !ACL.SYSTEM2.equals(user)
                        && Closure.mayClose(user, of.get().getParent());
        if (!allowed) {
            throw new AbortException(
                    "There is no change " + Wording.plain(id) + " of which this build may speak: it has"
                            + " to be of the same job, or the build has to run as a user with Change/Close on the other one.");
        }
        return new SpokenOf(record.get().number(), of.get(), of.get().equals(run), own);
    }

    /** Returns the build of a change, by the build's own word: another controller's job may have the same name. */
    private static Optional<Run<?, ?>> run(ChangeRecord record) {
        Origin origin = record.opened().origin();
        // Whether the user may know of it is asked afterwards.
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Job<?, ?> job = Jenkins.get().getItemByFullName(origin.job(), Job.class);
            Run<?, ?> build = job == null ? null : job.getBuildByNumber(origin.build());
            boolean known = build != null
                    && ChangesAction.of(build).stream().anyMatch(reference -> reference.number() == record.number());
            return known ? Optional.of(build) : Optional.empty();
        }
    }

    /** Returns what records what is said of it. */
    Closure closure(ChangeStore store, Authentication user) {
        return isOfThisJob ? Closure.byPipeline(store, number) : Closure.by(user, store, number, run.getParent());
    }
}
