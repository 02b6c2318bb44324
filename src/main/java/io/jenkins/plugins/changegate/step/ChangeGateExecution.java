package io.jenkins.plugins.changegate.step;

import hudson.FilePath;
import hudson.model.Failure;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.authorise.Clock;
import io.jenkins.plugins.changegate.authorise.PendingGate;
import io.jenkins.plugins.changegate.authorise.PendingGates;
import io.jenkins.plugins.changegate.authorise.Settlement;
import io.jenkins.plugins.changegate.authorise.Supersession;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.people.Voters;
import io.jenkins.plugins.changegate.prompt.ChangePrompt;
import io.jenkins.plugins.changegate.prompt.Gatekeeper;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
final class ChangeGateExecution extends StepExecution implements Gatekeeper, PendingGate {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ChangeGateExecution.class.getName());

    /** How many refusals are logged; whoever clicks on does not fill the disk. */
    private static final int TURNED_AWAY = 50;

    private final ChangeGateStep step;
    private transient volatile ChangePrompt prompt;
    private transient volatile Throwable stopped;
    private transient volatile boolean rejecting;
    private transient AtomicBoolean finished = new AtomicBoolean();
    private transient Set<String> turnedAway = ConcurrentHashMap.newKeySet();

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
        ChangePrompt asked = prompt;
        if (asked == null) {
            return finished.get() ? "done" : "assessing the change, or waiting until it may be deployed";
        }
        return asked.isOpen() ? "waiting for approval" : "waiting until it may be deployed";
    }

    /** Called when Pipeline loads its program: the gate is not finished, or it would not be there. */
    private Object readResolve() {
        finished = new AtomicBoolean();
        turnedAway = ConcurrentHashMap.newKeySet();
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
        Run<?, ?> run = run();
        FlowNode node = getContext().get(FlowNode.class);
        ChangeStore store = ChangeRecords.get().store();
        Assessor.Assessed assessed =
                new Assessment(step, run, store).of(getContext().get(FilePath.class), node);
        store.keepPolicies(assessed.policies());
        ChangeRecord record = store.open(Assessment.opened(assessed, step, run, node));
        ChangesAction.add(
                run,
                new ChangesAction.Reference(
                        record.number(), node.getId(), Deployments.blockOf(node).getId()));
        log().judged(record, run);
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
            ask();
        }
    }

    /** Goes on where it was when Jenkins stopped. */
    private void resume() throws Exception {
        Optional<Authorisation> authorisation = authorisation();
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
            waitFor(record);
            askAgain();
        }
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

    /** Begins to wait. Whatever should have ended that meanwhile does it now, and comes back through {@link #changed}. */
    private void waitFor(ChangeRecord record) throws StoreException {
        ChangeStore store = ChangeRecords.get().store();
        PendingGates.get().enter(record, this);
        Supersession.by(store, record);
        Supersession.of(store, record);
        ChangeRecord now = Clock.catchUp(store, record.number(), Instant.now());
        if (now.decided().isPresent()) {
            // Decided before this gate was entered, so that nobody told it.
            finish(now);
        }
    }

    /**
     * Asks, unless that is being asked already or is decided. Two clicks on one prompt are two votes, and the second may
     * decide while the first is about to ask for it.
     */
    private synchronized void ask() throws Exception {
        ChangeRecord record = authorisation().orElseThrow().current();
        if (record.decided().isPresent() || finished.get()) {
            return;
        }
        if (record.held().isPresent()) {
            stopAsking();
            return;
        }
        if (prompt != null && prompt.isOpen()) {
            if (prompt.message().equals(question(record))) {
                return;
            }
            prompt.close();
        }
        prompt = prompt(record);
        prompt.open();
        if (finished.get()) {
            // Decided while it was being opened.
            prompt.close();
        }
    }

    private synchronized void askAgain() throws Exception {
        ChangeRecord record = authorisation().orElseThrow().current();
        if (record.decided().isEmpty() && prompt == null) {
            prompt = prompt(record);
            if (record.held().isEmpty()) {
                prompt.restore();
            } else {
                // It may have been open still when Jenkins was killed.
                prompt.close();
            }
        }
    }

    private synchronized void stopAsking() throws IOException, InterruptedException, TimeoutException {
        if (prompt != null && prompt.isOpen()) {
            prompt.close();
        }
    }

    private ChangePrompt prompt(ChangeRecord record) throws Exception {
        return ChangePrompt.of(getContext(), record.id(), question(record), Wording.needed(record), this);
    }

    /** Whoever clicked Reject and saw nothing happen finds in the question itself where a rejection can be explained. */
    private String question(ChangeRecord record) {
        String question = Wording.question(record);
        return rejecting ? question + " " + Wording.rejecting(record, run()) : question;
    }

    @Override
    public Run<?, ?> run() {
        try {
            return getContext().get(Run.class);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The build of a waiting gate is gone", e);
        }
    }

    @Override
    public void changed(ChangeRecord record) {
        if (record.decided().isPresent()) {
            finish(record);
            return;
        }
        try {
            log().happened(record);
            // Else the decision is next.
            if (record.held().isPresent() || !Voters.ballot(record).isComplete()) {
                ask();
            }
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, e, () -> "The prompt of " + record.id() + " could not be renewed");
        }
    }

    @Override
    public Optional<String> denies(Authentication user) {
        try {
            Authorisation authorisation = authorisation().orElseThrow();
            return authorisation.denies(authorisation.current(), user);
        } catch (StoreException | IOException | InterruptedException e) {
            return Optional.of("Whether you may approve cannot be told now: " + e.getMessage());
        }
    }

    /** Says it in the log, once: Pipeline Graph View shows nothing else of a click that was turned away. */
    @Override
    public void turnedAway(Authentication user, String because) {
        if (turnedAway.size() >= TURNED_AWAY || !turnedAway.add(user.getName() + ": " + because)) {
            return;
        }
        try {
            log().turnedAway(user.getName(), because);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "Could not be logged", e);
        }
    }

    @Override
    public void approve(Authentication user, String comment) {
        click(() -> authorisation().orElseThrow().approve(user, comment).denied());
    }

    @Override
    public void abort(Authentication user, String comment) {
        click(() -> {
            Authorisation authorisation = authorisation().orElseThrow();
            ChangeRecord record = authorisation.current();
            if (!authorisation.mayReject(record, user)) {
                String because = "Withdrawn by " + user.getName() + ", who may stop the run but not judge the change.";
                settlement(record).decide(Decision.CANCELLED, user.getName(), because);
                return Optional.empty();
            }
            if (comment.isBlank()) {
                log().commentNeeded(user.getName(), record, run());
                rejecting = true;
                return Optional.of(record.id() + ": " + Wording.rejecting(record, run()));
            }
            return authorisation.reject(user, comment).denied();
        });
    }

    /** A click's work; gives why it does not count, if so. */
    private interface Click {
        Optional<String> run() throws Exception;
    }

    /** Input took the prompt away before it asked us; a click that changed nothing must not change that either. */
    private void click(Click click) {
        Optional<String> denied;
        try {
            denied = click.run();
            ask();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "A click could not be handled to its end", e);
            try {
                ask();
            } catch (Exception unable) {
                e.addSuppressed(unable);
            }
            throw new Failure("Something went wrong; the change's page shows what was recorded: " + e.getMessage());
        }
        if (denied.isPresent()) {
            throw new Failure(denied.get());
        }
    }

    private void cancel(Throwable cause) throws Exception {
        Optional<Authorisation> authorisation = authorisation();
        if (authorisation.isEmpty()) {
            finish(cause);
            return;
        }
        ChangeRecord record = authorisation.get().current();
        finish(settlement(record).decide(Decision.CANCELLED, Wording.by(cause), Wording.because(cause)));
    }

    /** Tells Pipeline what was decided. What only people see must not keep it from being told. */
    private void finish(ChangeRecord record) {
        PendingGates.get().leave(record.number());
        if (!finished.compareAndSet(false, true)) {
            return;
        }
        try {
            stopAsking();
            log().decided(record);
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, e, () -> "The prompt of " + record.id() + " could not be taken away");
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
            getContext().onFailure(cause);
        }
    }

    private Optional<Authorisation> authorisation() throws StoreException, IOException, InterruptedException {
        ChangeStore store = ChangeRecords.get().store();
        return ChangesAction.find(run(), getContext().get(FlowNode.class).getId())
                .map(reference -> new Authorisation(store, reference.number(), run().getParent()));
    }

    private static Settlement settlement(ChangeRecord record) throws StoreException {
        return new Settlement(ChangeRecords.get().store(), record.number());
    }

    private GateLog log() throws IOException, InterruptedException {
        return new GateLog(getContext().get(TaskListener.class));
    }
}
