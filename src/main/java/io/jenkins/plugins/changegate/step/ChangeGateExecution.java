package io.jenkins.plugins.changegate.step;

import hudson.FilePath;
import hudson.model.Failure;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.changegate.config.ChangeRecords;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.approval.Approval;
import io.jenkins.plugins.changegate.engine.approval.Separation;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import io.jenkins.plugins.changegate.engine.policy.Assessor;
import io.jenkins.plugins.changegate.engine.policy.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.prompt.ChangePrompt;
import io.jenkins.plugins.changegate.prompt.Gatekeeper;
import io.jenkins.plugins.changegate.prompt.Voters;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * One gate at work. Nothing of it is kept but the step's parameters: what happened is in the store, so a gate that is
 * resumed, after a clean stop or a kill, reads there how far it had come.
 *
 * <p>No thread waits: the change is read and settled on the gate's own bounded threads, clicks arrive on the clicking
 * user's request thread, and in between there is nothing but the prompt.
 */
final class ChangeGateExecution extends StepExecution implements Gatekeeper {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ChangeGateExecution.class.getName());

    private final ChangeGateStep step;
    private transient volatile ChangePrompt prompt;
    private transient volatile Throwable stopped;
    private transient AtomicBoolean finished = new AtomicBoolean();

    ChangeGateExecution(StepContext context, ChangeGateStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() {
        GateThreads.assessments().execute(() -> attempt(this::assess));
        return false;
    }

    @Override
    public void onResume() {
        GateThreads.settlements().execute(() -> attempt(this::resume));
    }

    @Override
    public void stop(Throwable cause) {
        stopped = cause;
        GateThreads.settlements().execute(() -> attempt(() -> cancel(cause)));
    }

    @Override
    public String getStatus() {
        return prompt == null ? "assessing the change" : "waiting for approval";
    }

    /** Called when Pipeline loads its program: the gate is not finished, or it would not be there. */
    private Object readResolve() {
        finished = new AtomicBoolean();
        return this;
    }

    /** A part of the gate's work. */
    private interface Work {
        void run() throws Exception;
    }

    /** Whatever goes wrong, the deployment does not go on. */
    private void attempt(Work work) {
        try {
            work.run();
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, "A change could not be recorded", e);
            fail(Result.FAILURE, new ChangeRefused("", "", "No record of the change could be made: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            finish(e);
        } catch (Exception | LinkageError e) {
            finish(e);
        }
    }

    private void assess() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        FlowNode node = getContext().get(FlowNode.class);
        ChangeStore store = ChangeRecords.get().store();
        Assessor.Assessed assessed =
                new Assessment(step, run, store).of(getContext().get(FilePath.class));
        ChangeRecord record = store.open(Assessment.opened(assessed, step, run, node));
        ChangesAction.add(
                run,
                new ChangesAction.Reference(
                        record.number(), node.getId(), Deployments.blockOf(node).getId()));
        log().judged(record, run);
        if (stopped != null) {
            cancel(stopped);
            return;
        }
        Settlement settlement = new Settlement(store, record.number());
        Verdict verdict = record.opened().judgement().verdict();
        switch (verdict.kind()) {
            case PASS ->
                finish(settlement.decide(Decision.PASSED, "", verdict.reasons().get(0)));
            case REFUSE -> finish(settlement.decide(Decision.REFUSED, "", String.join(" ", verdict.reasons())));
            case ASK -> ask();
        }
    }

    /** Goes on where it was when Jenkins stopped. */
    private void resume() throws Exception {
        Optional<Settlement> settlement = settlement();
        if (settlement.isEmpty()) {
            GateThreads.assessments().execute(() -> attempt(this::assess));
            return;
        }
        ChangeRecord record = settlement.get().decideIfComplete();
        Verdict verdict = record.opened().judgement().verdict();
        if (record.decided().isEmpty() && verdict.kind() == Verdict.Kind.PASS) {
            record = settlement
                    .get()
                    .decide(Decision.PASSED, "", verdict.reasons().get(0));
        } else if (record.decided().isEmpty() && verdict.kind() == Verdict.Kind.REFUSE) {
            record = settlement.get().decide(Decision.REFUSED, "", String.join(" ", verdict.reasons()));
        }
        if (record.decided().isPresent()) {
            finish(record);
        } else {
            askAgain(record);
        }
    }

    /**
     * Asks, unless that is being asked already or is decided. Two clicks on one prompt are two votes, and the second may
     * decide while the first is about to ask for it.
     */
    private synchronized void ask() throws Exception {
        ChangeRecord record = settlement().orElseThrow().current();
        if (record.decided().isEmpty() && (prompt == null || !prompt.isOpen())) {
            prompt = prompt(record);
            prompt.open();
        }
    }

    private synchronized void askAgain(ChangeRecord record) throws Exception {
        prompt = prompt(record);
        prompt.restore();
    }

    private synchronized void stopAsking() throws IOException, InterruptedException, TimeoutException {
        if (prompt != null && prompt.isOpen()) {
            prompt.close();
        }
    }

    private ChangePrompt prompt(ChangeRecord record) throws Exception {
        return ChangePrompt.of(getContext(), record.id(), Wording.question(record), Wording.needed(record), this);
    }

    @Override
    public Optional<String> denies(Authentication user) {
        try {
            ChangeRecord record = settlement().orElseThrow().current();
            if (record.decided().isPresent()) {
                return Optional.of(Settlement.tooLate(record));
            }
            Optional<Voter> voter = Voters.of(user, job());
            return voter.isEmpty()
                    ? Optional.of("Log in to approve " + record.id() + ".")
                    : approval(record).denies(record.ballot(), voter.get()).map(why -> record.id() + ": " + why);
        } catch (StoreException | IOException | InterruptedException e) {
            return Optional.of("Whether you may approve cannot be told now: " + e.getMessage());
        }
    }

    @Override
    public void approve(Authentication user) {
        try {
            Settlement settlement = settlement().orElseThrow();
            Optional<Voter> voter = Voters.of(user, job());
            if (voter.isEmpty()) {
                throw again("Log in to approve.");
            }
            Settlement.Cast cast = settlement.approve(approval(settlement.current()), voter.get());
            if (cast.record().decided().isPresent() && cast.denied().isEmpty()) {
                finish(cast.record());
            } else if (cast.record().decided().isPresent()) {
                throw new Failure(cast.denied().get());
            } else if (cast.denied().isPresent()) {
                throw again(cast.record().id() + ": " + cast.denied().get());
            } else {
                log().approved(cast.record());
                ask();
            }
        } catch (Failure e) {
            throw e;
        } catch (Exception e) {
            throw failed(e);
        }
    }

    @Override
    public void abort(Authentication user, Throwable cause) {
        try {
            Settlement settlement = settlement().orElseThrow();
            ChangeRecord record = settlement.current();
            Optional<Voter> voter = Voters.of(user, job());
            boolean rejects = voter.isPresent() && approval(record).mayReject(record.ballot(), voter.get());
            String name = voter.map(Voter::name).orElse(user.getName());
            ChangeRecord decided = rejects
                    ? settlement.decide(Decision.REJECTED, user.getName(), "Rejected by " + name + ".")
                    : settlement.decide(
                            Decision.CANCELLED,
                            user.getName(),
                            "Withdrawn by " + name + ", who may stop the run but not judge the change.");
            finish(decided);
        } catch (Exception e) {
            throw failed(e);
        }
    }

    /** Input took the prompt away before it asked us; a click that changed nothing must not change that either. */
    private Failure again(String message) throws Exception {
        ask();
        return new Failure(message);
    }

    private Failure failed(Exception e) {
        LOGGER.log(Level.WARNING, "A click could not be handled to its end", e);
        try {
            ask();
        } catch (Exception unable) {
            e.addSuppressed(unable);
        }
        return new Failure("Something went wrong; the change's page shows what was recorded: " + e.getMessage());
    }

    private void cancel(Throwable cause) throws Exception {
        Optional<Settlement> settlement = settlement();
        if (settlement.isEmpty()) {
            finish(cause);
            return;
        }
        stopAsking();
        ChangeRecord record = settlement.get().decide(Decision.CANCELLED, Wording.by(cause), Wording.because(cause));
        if (record.decided().orElseThrow().decision() == Decision.CANCELLED
                && cause instanceof FlowInterruptedException interruption) {
            log().decided(record);
            CauseOfInterruption[] causes = Stream.concat(
                            Stream.of(Decisions.interruption(record)), interruption.getCauses().stream())
                    .toArray(CauseOfInterruption[]::new);
            finish(new FlowInterruptedException(interruption.getResult(), causes));
        } else {
            finish(record);
        }
    }

    /** Tells Pipeline what was decided. What only people see must not keep it from being told. */
    private void finish(ChangeRecord record) throws IOException, InterruptedException {
        try {
            stopAsking();
            log().decided(record);
        } catch (IOException | InterruptedException | TimeoutException e) {
            LOGGER.log(Level.WARNING, e, () -> "The prompt of " + record.id() + " could not be taken away");
        }
        Decision decision = record.decided().orElseThrow().decision();
        if (!decision.lets()) {
            Result result = decision == Decision.REFUSED ? Result.FAILURE : Result.ABORTED;
            fail(result, Decisions.interruption(record));
        } else if (finished.compareAndSet(false, true)) {
            String url = Wording.url(record, getContext().get(Run.class));
            getContext().onSuccess(Decisions.result(record, url));
        }
    }

    private void fail(Result result, CauseOfInterruption cause) {
        finish(new FlowInterruptedException(result, cause));
    }

    private void finish(Throwable cause) {
        if (finished.compareAndSet(false, true)) {
            getContext().onFailure(cause);
        }
    }

    private Optional<Settlement> settlement() throws StoreException, IOException, InterruptedException {
        ChangeStore store = ChangeRecords.get().store();
        return ChangesAction.find(
                        getContext().get(Run.class),
                        getContext().get(FlowNode.class).getId())
                .map(reference -> new Settlement(store, reference.number()));
    }

    private Job<?, ?> job() throws IOException, InterruptedException {
        return getContext().get(Run.class).getParent();
    }

    private static Approval approval(ChangeRecord record) {
        ChangeEvent.Opened opened = record.opened();
        return Voters.approval(new Separation(opened.requestedBy(), opened.authors()));
    }

    private GateLog log() throws IOException, InterruptedException {
        return new GateLog(getContext().get(TaskListener.class));
    }
}
