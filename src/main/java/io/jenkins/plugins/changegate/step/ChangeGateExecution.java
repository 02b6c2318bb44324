package io.jenkins.plugins.changegate.step;

import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.authorise.Clock;
import io.jenkins.plugins.changegate.authorise.PendingGate;
import io.jenkins.plugins.changegate.authorise.PendingGates;
import io.jenkins.plugins.changegate.authorise.Settlement;
import io.jenkins.plugins.changegate.authorise.Supersession;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.ledger.LateEvents;
import io.jenkins.plugins.changegate.people.Voters;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * One gate at work. Nothing of it is kept but the step's parameters: what happened is in the store, so a gate that is
 * resumed, after a clean stop or a kill, reads there how far it had come.
 *
 * <p>No thread waits: the change is read and settled on the gate's own bounded threads, clicks arrive on the clicking
 * user's request thread, and in between there is nothing but the prompt.
 */
final class ChangeGateExecution extends StepExecution implements PendingGate {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ChangeGateExecution.class.getName());

    private final ChangeGateStep step;
    private transient volatile Throwable stopped;
    private transient AtomicBoolean finished = new AtomicBoolean();
    private transient volatile GateQuestion question;

    ChangeGateExecution(StepContext context, ChangeGateStep step) {
        super(context);
        this.step = step;
        this.question = new GateQuestion(new GateContext(context));
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
        if (question.isUnasked()) {
            return finished.get() ? "done" : "assessing the change, or waiting until it may be deployed";
        }
        return question.isOpen() ? "waiting for approval" : "waiting until it may be deployed";
    }

    /** Called when Pipeline loads its program: the gate is not finished, or it would not be there. */
    private Object readResolve() {
        finished = new AtomicBoolean();
        question = new GateQuestion(context());
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
            if (e.isStoreAway() && stopped == null) {
                waitForStore(e, 0);
                return;
            }
            LOGGER.log(Level.WARNING, "A change could not be recorded", e);
            fail(Result.FAILURE, new ChangeRefused("", "", "No record of the change could be made: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            finish(e);
        } catch (Exception | LinkageError e) {
            finish(e);
        }
    }

    /** Says why it waits, once, and looks again later until the store can be used or the run is stopped. */
    private void waitForStore(StoreException why, int tries) {
        if (finished.get()) {
            return;
        }
        if (tries == 0) {
            LOGGER.log(Level.WARNING, why, () -> "A gate of " + run() + " waits for the store");
            try {
                context().log().storeAway(why.getMessage());
            } catch (IOException | InterruptedException e) {
                LOGGER.log(Level.FINE, "Could not be logged", e);
            }
        }
        StoreRetry.later(tries, () -> {
            try {
                ChangeRecords.get().probe();
            } catch (StoreException e) {
                waitForStore(e, tries + 1);
                return;
            }
            if (stopped == null && !finished.get()) {
                attempt(() -> {
                    context().log().storeBack();
                    resume();
                });
            }
        });
    }

    private void assess() throws Exception {
        Run<?, ?> run = run();
        FlowNode node = getContext().get(FlowNode.class);
        ChangeStore store = ChangeRecords.get().store();
        Assessor.Assessed assessed =
                new Assessment(step, run, store).of(getContext().get(FilePath.class), node);
        store.keepPolicies(assessed.policies());
        ChangeRecord record = store.open(Assessment.opened(assessed, step, run, node));
        refer(record, run, node);
        context().log().judged(record, run);
        if (stopped != null) {
            cancel(stopped);
        } else {
            go(record.opened().judgement().verdict().kind() == Verdict.Kind.ASK ? record : judged(record));
        }
    }

    /** Ends the gate if the change is decided, and else waits for people or for the schedule. */
    private void go(ChangeRecord record) throws Exception {
        if (record.decided().isPresent()) {
            finish(record);
        } else {
            waitFor(record);
            question.ask();
        }
    }

    /** Goes on where it was when Jenkins stopped. */
    private void resume() throws Exception {
        Optional<Authorisation> authorisation = authorisation();
        if (authorisation.isEmpty() && adopt()) {
            authorisation = authorisation();
        }
        if (authorisation.isEmpty()) {
            GateThreads.assessments().execute(() -> attempt(this::assess));
            return;
        }
        ChangeRecord record = authorisation.get().decideIfComplete();
        if (record.decided().isEmpty() && record.opened().judgement().verdict().kind() == Verdict.Kind.REFUSE) {
            record = judged(record);
        }
        if (record.decided().isPresent()) {
            finish(record);
        } else {
            ChangeRecord now = waitFor(record);
            if (now.decided().isEmpty()) {
                question.askAgain(now);
            }
        }
    }

    /** Takes over a record that this gate opened without coming to know of it: the answer was lost, or the process was. */
    private boolean adopt() throws StoreException, IOException, InterruptedException {
        Run<?, ?> run = run();
        FlowNode node = context().node();
        Origin own = new Origin(run.getParent().getFullName(), run.getNumber(), node.getId());
        ChangeStore store = ChangeRecords.get().store();
        Optional<ChangeRecord> record = store.unended().stream()
                .filter(each -> each.opened().origin().equals(own))
                .findFirst();
        if (record.isPresent()) {
            refer(record.get(), run, node);
            context().log().judged(record.get(), run);
        }
        return record.isPresent();
    }

    private static void refer(ChangeRecord record, Run<?, ?> run, FlowNode node) throws IOException {
        ChangesAction.add(
                run,
                new ChangesAction.Reference(
                        record.number(), node.getId(), Deployments.blockOf(node).getId()));
    }

    /** Decides what needs nobody, or holds it back if its schedule does. */
    private ChangeRecord judged(ChangeRecord record) throws StoreException {
        ChangeStore store = ChangeRecords.get().store();
        Verdict verdict = record.opened().judgement().verdict();
        if (verdict.kind() == Verdict.Kind.REFUSE) {
            return new Settlement(store, record.number())
                    .decide(Decision.REFUSED, "", String.join(" ", verdict.reasons()));
        }
        ChangeRecord passed = new Authorisation(store, record.number(), run().getParent()).decideIfComplete();
        if (passed.decided().isPresent()) {
            Supersession.by(store, passed);
        }
        return passed;
    }

    /**
     * Begins to wait. Whatever should have ended that meanwhile does it now, and comes back through {@link #changed}.
     *
     * @return the record as it was read after that: what comes later is told
     */
    private ChangeRecord waitFor(ChangeRecord record) throws StoreException {
        ChangeStore store = ChangeRecords.get().store();
        PendingGates.get().enter(record, this);
        Supersession.by(store, record);
        Supersession.of(store, record);
        ChangeRecord now = Clock.catchUp(store, record.number(), Instant.now());
        if (now.decided().isPresent()) {
            // Decided before this gate was entered, so that nobody told it.
            finish(now);
        }
        return now;
    }

    @Override
    public Run<?, ?> run() {
        return context().run();
    }

    private GateContext context() {
        return new GateContext(getContext());
    }

    private Optional<Authorisation> authorisation() throws StoreException, IOException, InterruptedException {
        return context().authorisation();
    }

    @Override
    public void changed(ChangeRecord record) {
        if (record.decided().isPresent()) {
            finish(record);
            return;
        }
        try {
            context().log().happened(record);
            // Else the decision is next.
            if (record.held().isPresent() || !Voters.ballot(record).isComplete()) {
                question.ask();
            }
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, e, () -> "The prompt of " + record.id() + " could not be renewed");
        }
    }

    private void cancel(Throwable cause) throws Exception {
        try {
            cancelNow(cause);
        } catch (StoreException e) {
            if (!e.isStoreAway()) {
                throw e;
            }
            cancelLater(cause);
        }
    }

    /** The run stops now; that it did is recorded when the store is back. */
    private void cancelLater(Throwable cause) throws IOException, InterruptedException {
        Optional<ChangesAction.Reference> reference =
                ChangesAction.find(run(), context().node().getId());
        if (reference.isPresent()) {
            long number = reference.get().number();
            LateEvents.get()
                    .keep(
                            number,
                            new ChangeEvent.Decided(
                                    Instant.now(), Decision.CANCELLED, Wording.by(cause), Wording.because(cause)));
            PendingGates.get().leave(number);
        }
        finish(cause);
    }

    private void cancelNow(Throwable cause) throws Exception {
        Optional<Authorisation> authorisation = authorisation();
        if (authorisation.isEmpty()) {
            finish(cause);
            return;
        }
        ChangeRecord record = authorisation.get().current();
        finish(GateContext.settlement(record).decide(Decision.CANCELLED, Wording.by(cause), Wording.because(cause)));
    }

    /** Tells Pipeline what was decided. What only people see must not keep it from being told. */
    private void finish(ChangeRecord record) {
        PendingGates.get().leave(record.number());
        if (!finished.compareAndSet(false, true)) {
            return;
        }
        try {
            stopAsking();
            context().log().decided(record);
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, e, () -> "That " + record.id() + " is decided could not be logged");
        }
        Decision decision = record.decided().orElseThrow().decision();
        boolean stops = decision == Decision.CANCELLED && stopped != null;
        if (decision.lets() || !step.isPropagate() && !stops) {
            getContext().onSuccess(Decisions.result(record, Wording.url(record, run())));
        } else {
            getContext().onFailure(interruption(record, stops ? stopped : null));
        }
    }

    /** The run's own reason to stop, if it has one, stays among the causes: {@code timeout} looks for its own. */
    private static FlowInterruptedException interruption(ChangeRecord record, Throwable stopped) {
        ChangeInterruption own = Decisions.interruption(record);
        if (stopped instanceof FlowInterruptedException interruption) {
            CauseOfInterruption[] causes = Stream.concat(Stream.of(own), interruption.getCauses().stream())
                    .toArray(CauseOfInterruption[]::new);
            return new FlowInterruptedException(interruption.getResult(), causes);
        }
        boolean refused = record.decided().orElseThrow().decision() == Decision.REFUSED;
        return new FlowInterruptedException(refused ? Result.FAILURE : Result.ABORTED, own);
    }

    private void fail(Result result, CauseOfInterruption cause) {
        finish(new FlowInterruptedException(result, cause));
    }

    private void finish(Throwable cause) {
        if (finished.compareAndSet(false, true)) {
            stopAsking();
            getContext().onFailure(cause);
        }
    }

    private void stopAsking() {
        try {
            question.finish();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, e, () -> "A prompt of " + run() + " could not be taken away");
        }
    }
}
