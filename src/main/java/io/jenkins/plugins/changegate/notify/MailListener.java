package io.jenkins.plugins.changegate.notify;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Writes mail to those who are needed, and to those who started the run when it does not go on. Each person gets a mail
 * of their own. What was not written when Jenkins stopped is written after a restart, unless it is decided by then; who
 * had got it already may get it once more.
 */
@Extension
public class MailListener implements ChangeListener {

    private static final Logger LOGGER = Logger.getLogger(MailListener.class.getName());
    private static final int WAITING = 1000;

    private final Jenkins jenkins = Jenkins.get();
    private final Undelivered undelivered =
            new Undelivered(jenkins.getRootDir().toPath().resolve("change-gate/mails"));
    private final Lane lane = new Lane("Mail", WAITING);
    private boolean resumed;

    /** Begins when Jenkins has started. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static final class Start extends ItemListener {

        @Override
        public void onLoaded() {
            MailListener listener = ExtensionList.lookupSingleton(MailListener.class);
            listener.lane.add(listener::resume);
        }
    }

    @Override
    public void onChange(ChangeRecord record, ChangeEvent event) {
        if (!isTold(record, event)) {
            return;
        }
        if (Post.isPossible()) {
            Undelivered.Delivery delivery =
                    new Undelivered.Delivery(record.number(), record.version(), Undelivered.MAIL, UUID.randomUUID());
            undelivered.add(delivery);
            // The delta may be large, and this may wait.
            ChangeRecord slim = record.withoutDelta();
            lane.add(() -> {
                // If the store could not be read when Jenkins started, it can now.
                resume();
                deliver(delivery, slim, event);
            });
        } else {
            LOGGER.log(Level.FINE, "No mail of {0}: Jenkins has no mail server or no address of its own", record.id());
        }
    }

    private void deliver(Undelivered.Delivery delivery, ChangeRecord record, ChangeEvent event) {
        try {
            tell(record, event);
        } finally {
            // A mail server that hangs until Jenkins is gone has not taken it.
            if (!jenkins.isTerminating()) {
                undelivered.remove(delivery);
            }
        }
    }

    /** On the lane alone. */
    private void resume() {
        if (resumed) {
            return;
        }
        try {
            undelivered.resume(Undelivered.MAIL::equals, this::resume);
            resumed = true;
        } catch (StoreException e) {
            LOGGER.log(Level.FINE, "What nobody was written to about is written when the store is back", e);
        }
    }

    private void resume(Undelivered.Delivery delivery, ChangeRecord then, ChangeRecord now) {
        ChangeEvent event = then.history().get(then.version() - 1);
        if (now.decided().isPresent() && then.decided().isEmpty()) {
            // Nobody is to be asked for what is decided.
            undelivered.remove(delivery);
        } else {
            deliver(delivery, then.withoutDelta(), event);
        }
    }

    private static boolean isTold(ChangeRecord record, ChangeEvent event) {
        if (event instanceof ChangeEvent.Opened opened) {
            return opened.judgement().verdict().kind() == Verdict.Kind.ASK;
        }
        if (event instanceof ChangeEvent.Approved) {
            return Recipients.before(record).ballot().stage() < record.ballot().stage()
                    && !record.ballot().isComplete();
        }
        if (event instanceof ChangeEvent.Decided decided) {
            return decided.decision() != Decision.PASSED && decided.decision() != Decision.APPROVED;
        }
        return event instanceof ChangeEvent.Reminded || event instanceof ChangeEvent.Escalated;
    }

    private static void tell(ChangeRecord record, ChangeEvent event) {
        Place.of(record).ifPresent(place -> tell(record, event, place));
    }

    private static void tell(ChangeRecord record, ChangeEvent event, Place place) {
        Recipients recipients = new Recipients(place.job());
        String url = place.url(record);
        if (event instanceof ChangeEvent.Decided decided) {
            if (decided.decision() == Decision.OVERRIDDEN) {
                List<String> all = new ArrayList<>(recipients.askedBefore(record));
                all.addAll(ChangeGateNotifications.get().overrideAddressList());
                send(all, MailText.of(MailText.Occasion.OVERRIDDEN, record, url));
            } else {
                send(recipients.starters(record), MailText.of(MailText.Occasion.DECIDED, record, url));
            }
        } else if (event instanceof ChangeEvent.Approved) {
            send(recipients.newlyAsked(record), MailText.of(MailText.Occasion.ASKED, record, url));
        } else if (event instanceof ChangeEvent.Reminded) {
            send(recipients.asked(record), MailText.of(MailText.Occasion.REMINDED, record, url));
        } else if (event instanceof ChangeEvent.Escalated) {
            send(recipients.asked(record), MailText.of(MailText.Occasion.ESCALATED, record, url));
        } else {
            send(recipients.asked(record), MailText.of(MailText.Occasion.ASKED, record, url));
        }
    }

    /** One address gets one mail, even if two users have it. */
    private static void send(List<String> addresses, MailText text) {
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        addresses.stream().filter(seen::add).forEach(address -> Post.send(address, text));
    }
}
