package io.jenkins.plugins.changegate.step;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowEndNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;

/**
 * Follows the deployment behind a gate through the flow graph: the rest of the stage or parallel branch that the gate
 * stands in, or else of the whole build.
 */
final class Deployments {

    private Deployments() {}

    /** Returns the node that begins the block whose rest is the deployment. */
    static FlowNode blockOf(FlowNode gate) {
        FlowNode block = gate;
        for (BlockStartNode enclosing : gate.iterateEnclosingBlocks()) {
            block = enclosing;
            if (enclosing.getAction(LabelAction.class) != null) {
                return enclosing;
            }
        }
        return block;
    }

    /**
     * Says how a block ended.
     *
     * @param end the node that ends it
     * @param gate the gate's node; only what came after it counts
     * @param run the build; its result counts if the block is all of it
     */
    static ChangeEvent.Ended ended(FlowNode end, FlowNode gate, Run<?, ?> run) {
        ErrorAction error = end.getError();
        if (error != null) {
            return event(Outcome.UNSUCCESSFUL, "The deployment failed: " + summary(error.getError()));
        }
        Result result = end instanceof FlowEndNode ? run.getResult() : null;
        Result worst = result == null ? Result.SUCCESS : result;
        String because = "The build ended as " + worst + ".";
        DepthFirstScanner scanner = new DepthFirstScanner();
        scanner.setup(List.of(end), List.of(gate));
        for (FlowNode node : scanner) {
            WarningAction warning = node.getPersistentAction(WarningAction.class);
            if (warning != null && warning.getResult().isWorseThan(worst)) {
                worst = warning.getResult();
                because = "The deployment warned: " + warning.getMessage();
            }
        }
        if (worst.isWorseThan(Result.UNSTABLE)) {
            return event(Outcome.UNSUCCESSFUL, because);
        }
        return worst == Result.UNSTABLE
                ? event(Outcome.SUCCESSFUL_WITH_ISSUES, because)
                : event(Outcome.SUCCESSFUL, "The deployment ended without an error.");
    }

    private static ChangeEvent.Ended event(Outcome outcome, String because) {
        String line = Wording.plain(because);
        return new ChangeEvent.Ended(Instant.now(), outcome, line.length() > 500 ? line.substring(0, 500) + "…" : line);
    }

    private static String summary(Throwable error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }

    /**
     * Records how a deployment ended, unless that is recorded already or there is none.
     *
     * @return the record with it, if it was recorded now
     */
    static Optional<ChangeRecord> record(ChangeStore store, long number, ChangeEvent.Ended ended)
            throws StoreException {
        while (true) {
            Optional<ChangeRecord> record = store.find(number).filter(ChangeRecord::isDeploying);
            if (record.isEmpty()) {
                return Optional.empty();
            }
            Optional<ChangeRecord> appended = store.append(record.get(), ended);
            if (appended.isPresent()) {
                return appended;
            }
        }
    }

    /**
     * Says how the deployment behind a reference ended, if its block has.
     *
     * @throws IOException if the flow graph cannot be read
     */
    static Optional<ChangeEvent.Ended> lookUp(ChangesAction.Reference reference, Run<?, ?> run, Graph graph)
            throws IOException {
        FlowNode gate = graph.node(reference.node());
        FlowNode block = graph.node(reference.block());
        FlowNode end = block instanceof BlockStartNode start ? start.getEndNode() : null;
        return gate == null || end == null ? Optional.empty() : Optional.of(ended(end, gate, run));
    }

    /** Finds nodes by id. */
    @FunctionalInterface
    interface Graph {
        FlowNode node(String id) throws IOException;
    }
}
