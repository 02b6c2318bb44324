package io.jenkins.plugins.changegate.step;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.authorise.Settlement;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What one gate reaches from where it stands in its run. Everything is looked up when it is asked for, so nothing of it
 * is out of date after a restart. Thread-safe.
 *
 * @param step the gate step's context
 */
record GateContext(StepContext step) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Returns the build that the gate is part of. */
    Run<?, ?> run() {
        try {
            return step.get(Run.class);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The build of a waiting gate is gone", e);
        }
    }

    /** Returns where the gate stands in the run's graph. */
    FlowNode node() throws IOException, InterruptedException {
        return step.get(FlowNode.class);
    }

    /** Returns what is done to the gate's change; empty as long as no change is recorded. */
    Optional<Authorisation> authorisation() throws StoreException, IOException, InterruptedException {
        ChangeStore store = ChangeRecords.get().store();
        return ChangesAction.find(run(), node().getId())
                .map(reference -> new Authorisation(store, reference.number(), run().getParent()));
    }

    /** Returns how a change is settled. */
    static Settlement settlement(ChangeRecord record) throws StoreException {
        return new Settlement(ChangeRecords.get().store(), record.number());
    }

    /** Returns what the gate says in the run's log. */
    GateLog log() throws IOException, InterruptedException {
        return new GateLog(step.get(TaskListener.class));
    }
}
