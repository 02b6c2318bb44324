package io.jenkins.plugins.changegate.step;

import hudson.model.Failure;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.prompt.ChangePrompt;
import io.jenkins.plugins.changegate.prompt.Gatekeeper;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.security.core.Authentication;

/**
 * What a waiting gate asks people, and what their clicks on the prompt mean. There is at most one open prompt at a time,
 * and none once the gate is finished. Thread-safe; never saved, as a gate that is resumed asks anew.
 */
final class GateQuestion implements Gatekeeper {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(GateQuestion.class.getName());

    /** How many refusals are logged; whoever clicks on does not fill the disk. */
    private static final int TURNED_AWAY = 50;

    private final GateContext context;
    private final Set<String> turnedAway = ConcurrentHashMap.newKeySet();
    private transient volatile ChangePrompt prompt;
    private volatile boolean rejecting;
    private volatile boolean finished;

    GateQuestion(GateContext context) {
        this.context = context;
    }

    /**
     * Asks, unless that is being asked already or is decided. Two clicks on one prompt are two votes, and the second may
     * decide while the first is about to ask for it.
     */
    synchronized void ask() throws Exception {
        ChangeRecord record = context.authorisation().orElseThrow().current();
        if (record.decided().isPresent() || finished) {
            return;
        }
        if (record.held().isPresent()) {
            takeAway();
            return;
        }
        if (prompt != null && prompt.isOpen()) {
            if (prompt.message().equals(words(record))) {
                return;
            }
            prompt.close();
        }
        prompt = prompt(record);
        prompt.open();
        if (finished) {
            // Decided while it was being opened.
            prompt.close();
        }
    }

    /**
     * Asks again what was being asked when Jenkins stopped.
     *
     * @param record as it was read after the gate could be told of what changes it
     */
    synchronized void askAgain(ChangeRecord record) throws Exception {
        if (finished || prompt != null) {
            return;
        }
        prompt = prompt(record);
        if (record.held().isEmpty()) {
            prompt.restore();
        }
        if (record.held().isPresent() || finished) {
            // It may have been open still when Jenkins was killed, or was decided while it was being opened.
            prompt.close();
        }
    }

    /** Asks no more, for good. */
    void finish() throws IOException, InterruptedException, TimeoutException {
        // Before the lock: whoever holds it sees that what it opens has to go.
        finished = true;
        takeAway();
    }

    private synchronized void takeAway() throws IOException, InterruptedException, TimeoutException {
        if (prompt != null && prompt.isOpen()) {
            prompt.close();
        }
    }

    /** Whether nothing was asked yet, or since Jenkins started. */
    boolean isUnasked() {
        return prompt == null;
    }

    /** Whether people are being asked. */
    boolean isOpen() {
        ChangePrompt asked = prompt;
        return asked != null && asked.isOpen();
    }

    private ChangePrompt prompt(ChangeRecord record) throws Exception {
        return ChangePrompt.of(context.step(), record.id(), words(record), Wording.needed(record), this);
    }

    /** Whoever clicked Reject and saw nothing happen finds in the question itself where a rejection can be explained. */
    private String words(ChangeRecord record) {
        String question = Wording.question(record);
        return rejecting ? question + " " + Wording.rejecting(record, context.run()) : question;
    }

    @Override
    public Optional<String> denies(Authentication user) {
        try {
            Authorisation authorisation = context.authorisation().orElseThrow();
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
            context.log().turnedAway(user.getName(), because);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "Could not be logged", e);
        }
    }

    @Override
    public void approve(Authentication user, String comment) {
        click(() -> context.authorisation().orElseThrow().approve(user, comment).denied());
    }

    @Override
    public void abort(Authentication user, String comment) {
        click(() -> {
            Authorisation authorisation = context.authorisation().orElseThrow();
            ChangeRecord record = authorisation.current();
            if (!authorisation.mayReject(record, user)) {
                String because = "Withdrawn by " + user.getName() + ", who may stop the run but not judge the change.";
                GateContext.settlement(record).decide(Decision.CANCELLED, user.getName(), because);
                return Optional.empty();
            }
            if (comment.isBlank()) {
                context.log().commentNeeded(user.getName(), record, context.run());
                rejecting = true;
                return Optional.of(record.id() + ": " + Wording.rejecting(record, context.run()));
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
            if (e instanceof StoreException) {
                throw new Failure("It could not be recorded, so it does not count. Try again: " + e.getMessage());
            }
            throw new Failure("Something went wrong; the change's page shows what was recorded: " + e.getMessage());
        }
        if (denied.isPresent()) {
            throw new Failure(denied.get());
        }
    }
}
