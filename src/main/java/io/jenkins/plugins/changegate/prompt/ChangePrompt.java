package io.jenkins.plugins.changegate.prompt;

import hudson.BulkChange;
import hudson.model.Run;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;

/**
 * One prompt on one gate: a real {@link InputStepExecution}, so that the classic page, Pipeline Graph View, stage view
 * and scripts that answer input prompts all find it.
 *
 * <p>Not to be used on the CPS thread: finding the prompts of a run waits for that thread.
 */
public final class ChangePrompt {

    private final InputStepExecution input;
    private volatile boolean closed;

    private ChangePrompt(InputStepExecution input) {
        this.input = input;
    }

    /**
     * Makes a prompt; {@link #open} or {@link #restore} shows it.
     *
     * @param gate the gate step's context
     * @param id the prompt's id in URLs
     * @param message what people are asked
     * @param who who is needed, in words
     * @throws Exception if input cannot be used
     */
    public static ChangePrompt of(StepContext gate, String id, String message, String who, Gatekeeper gatekeeper)
            throws Exception {
        ApprovalInput step = new ApprovalInput(id, message, who, gatekeeper);
        return new ChangePrompt((InputStepExecution) step.start(new PromptContext(gate, gatekeeper)));
    }

    /**
     * Shows it, with a line in the log.
     *
     * @throws Exception if input cannot be used
     */
    public void open() throws Exception {
        FlowNode node = input.getContext().get(FlowNode.class);
        List<PauseAction> earlier = PauseAction.getPauseActions(node);
        // Pipeline Graph View looks at a node's first pause only, and shows no prompt if that one is over.
        node.removeActions(PauseAction.class);
        input.start();
        PauseAction pause = PauseAction.getCurrentPause(node);
        if (!earlier.isEmpty() && pause != null) {
            pause.setStartTime(earlier.get(0).getStartTime());
            node.save();
        }
    }

    /**
     * Shows it again after a restart, quietly. Input kept only the ids of its prompts, and finds only executions that
     * Pipeline itself restored; so the stale id goes and the prompt is put in its place.
     *
     * @throws Exception if input cannot be used
     */
    public void restore() throws Exception {
        InputAction prompts = input.getRun().getAction(InputAction.class);
        FlowNode node = input.getContext().get(FlowNode.class);
        if (prompts == null || node == null || !PauseAction.isPaused(node)) {
            open();
            return;
        }
        // What is saved of them is the id, which is there already, and a thousand gates may be resumed at once.
        BulkChange unsaved = new BulkChange(input.getRun());
        try {
            prompts.remove(input);
            prompts.add(input);
        } finally {
            unsaved.abort();
        }
    }

    /** Returns what it asks. */
    public String message() {
        return input.getInput().getMessage();
    }

    /** Whether nobody has answered it, and it was not taken away. */
    public boolean isOpen() {
        return !closed && !input.isSettled();
    }

    /**
     * Takes it away unanswered.
     *
     * @throws IOException if the run cannot be saved
     */
    public void close() throws IOException, InterruptedException, TimeoutException {
        closed = true;
        Run<?, ?> run = input.getRun();
        InputAction prompts = run.getAction(InputAction.class);
        if (prompts != null) {
            prompts.remove(input);
        }
        FlowNode node = input.getContext().get(FlowNode.class);
        if (node != null) {
            PauseAction.endCurrentPause(node);
        }
    }
}
