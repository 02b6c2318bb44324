package io.jenkins.plugins.changegate.step;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.changegate.authorise.PendingGates;
import io.jenkins.plugins.changegate.authorise.Settlement;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/**
 * Closes what would stay open for ever: changes whose build ended, or is gone, without the gate having been told. That
 * happens when the controller is killed at the wrong moment, or a build cannot be resumed.
 */
@Extension
public class UnsettledChanges extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(UnsettledChanges.class.getName());

    /** Gates are resumed first: whoever waits at one needs it sooner than this, and a resumed gate is nothing to close. */
    private static final int AFTER_SECONDS = 10;

    /** Looks for them when all jobs are loaded and most gates are resumed. */
    @Extension
    public static class Sweep extends ItemListener {
        @Override
        public void onLoaded() {
            if (ChangeRecords.get().isExpected()) {
                Timer.get()
                        .schedule(
                                () -> GateThreads.settlements().execute(() -> sweepAll(0)),
                                AFTER_SECONDS,
                                TimeUnit.SECONDS);
            }
        }
    }

    private static void sweepAll(int tries) {
        try {
            ChangeStore store = ChangeRecords.get().store();
            for (ChangeRecord record : store.unended()) {
                if (PendingGates.get().find(record.number()).isEmpty()) {
                    settle(store, record, run(record.opened().origin()));
                }
            }
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, "Changes left open could not be closed", e);
            if (e.isStoreAway()) {
                StoreRetry.later(tries, () -> sweepAll(tries + 1));
            }
        }
    }

    @Override
    public void onFinalized(Run<?, ?> run) {
        List<ChangesAction.Reference> references = ChangesAction.of(run);
        if (!references.isEmpty()) {
            GateThreads.settlements().execute(() -> settle(run, references, 0));
        }
    }

    private static void settle(Run<?, ?> run, List<ChangesAction.Reference> references, int tries) {
        try {
            ChangeStore store = ChangeRecords.get().store();
            for (ChangesAction.Reference reference : references) {
                Optional<ChangeRecord> record = store.find(reference.number());
                if (record.isPresent()) {
                    settle(store, record.get(), run);
                }
            }
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> "Changes of " + run + " could not be closed");
            if (e.isStoreAway()) {
                StoreRetry.later(tries, () -> settle(run, references, tries + 1));
            }
        }
    }

    private static void settle(ChangeStore store, ChangeRecord record, Run<?, ?> run) throws StoreException {
        boolean over = run == null || !run.isBuilding();
        if (record.decided().isEmpty() && over) {
            String because = "The build ended, or is gone, while the change was waiting.";
            new Settlement(store, record.number()).decide(Decision.CANCELLED, "", because);
        } else if (record.isDeploying()) {
            Optional<ChangeEvent.Ended> ended = run == null ? Optional.empty() : lookUp(record, run);
            if (ended.isEmpty() && over) {
                String because = "The build ended, or is gone, without telling how the deployment ended.";
                ended = Optional.of(new ChangeEvent.Ended(Instant.now(), Outcome.UNSUCCESSFUL, because));
            }
            if (ended.isPresent()) {
                Deployments.record(store, record.number(), ended.get());
            }
        }
    }

    private static Optional<ChangeEvent.Ended> lookUp(ChangeRecord record, Run<?, ?> run) {
        try {
            FlowExecution execution = execution(run);
            Optional<ChangesAction.Reference> reference = ChangesAction.of(run).stream()
                    .filter(candidate -> candidate.number() == record.number())
                    .findFirst();
            return execution == null || reference.isEmpty()
                    ? Optional.empty()
                    : Deployments.lookUp(reference.get(), run, execution::getNode);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The flow graph of " + run + " could not be read");
            return Optional.empty();
        }
    }

    private static FlowExecution execution(Run<?, ?> run) {
        FlowExecutionOwner owner =
                run instanceof FlowExecutionOwner.Executable executable ? executable.asFlowExecutionOwner() : null;
        return owner == null ? null : owner.getOrNull();
    }

    private static Run<?, ?> run(Origin origin) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(origin.job(), Job.class);
        return job == null ? null : job.getBuildByNumber(origin.build());
    }
}
