package io.jenkins.plugins.changegate.step;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.ledger.LateEvents;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.GraphListener;
import org.jenkinsci.plugins.workflow.graph.BlockEndNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/**
 * Notices the end of the block whose rest is a deployment. Called for every node of every build, so it returns at once
 * where there is nothing to do. Not {@code Synchronous}: by the time it is told, an error is attached to the node.
 */
@Extension
public class OutcomeListener implements GraphListener {

    private static final Logger LOGGER = Logger.getLogger(OutcomeListener.class.getName());

    @Override
    public void onNewHead(FlowNode node) {
        if (!(node instanceof BlockEndNode<?> end)) {
            return;
        }
        Run<?, ?> run = run(node.getExecution());
        if (run == null) {
            return;
        }
        String block = end.getStartNode().getId();
        for (ChangesAction.Reference reference : ChangesAction.of(run)) {
            if (reference.block().equals(block)) {
                GateThreads.settlements().execute(() -> record(reference, end, run));
            }
        }
    }

    private static Run<?, ?> run(FlowExecution execution) {
        try {
            return execution.getOwner().getExecutable() instanceof Run<?, ?> run ? run : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static void record(ChangesAction.Reference reference, FlowNode end, Run<?, ?> run) {
        try {
            FlowNode gate = end.getExecution().getNode(reference.node());
            record(reference, Deployments.ended(end, gate == null ? end : gate, run), run, 0);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The outcome of a change in " + run + " could not be read");
        }
    }

    private static void record(ChangesAction.Reference reference, ChangeEvent.Ended ended, Run<?, ?> run, int tries) {
        try {
            Deployments.record(ChangeRecords.get().store(), reference.number(), ended);
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> "The outcome of a change in " + run + " could not be recorded");
            if (e.isStoreAway() && !LateEvents.get().keep(reference.number(), ended)) {
                StoreRetry.later(tries, () -> record(reference, ended, run, tries + 1));
            }
        }
    }
}
