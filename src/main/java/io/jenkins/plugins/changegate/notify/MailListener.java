package io.jenkins.plugins.changegate.notify;

import hudson.Extension;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.ledger.ChangeListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes mail to those who are needed, and to those who started the run when it does not go on. Each person gets a mail
 * of their own.
 */
@Extension
public class MailListener implements ChangeListener {

    private static final Logger LOGGER = Logger.getLogger(MailListener.class.getName());
    private static final int WAITING = 1000;

    private final Lane lane = new Lane("Mail", WAITING);

    @Override
    public void onChange(ChangeRecord record, ChangeEvent event) {
        if (isTold(record, event)) {
            // The delta may be large, and this may wait.
            ChangeRecord slim = record.withoutDelta();
            lane.add(() -> tell(slim, event));
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
        if (!Post.isPossible()) {
            LOGGER.log(Level.FINE, "No mail of {0}: Jenkins has no mail server or no address of its own", record.id());
            return;
        }
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
