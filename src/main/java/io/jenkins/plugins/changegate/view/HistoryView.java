package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Link;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What happened to a change, for a page. */
@Restricted(NoExternalUse.class)
public final class HistoryView {

    /** Every kind of event has its line; HistoryViewTest holds it against the kinds there are. */
    static final Map<Class<? extends ChangeEvent>, Function<ChangeEvent, Entry>> LINES = Map.ofEntries(
            Map.entry(ChangeEvent.Opened.class, event -> opened((ChangeEvent.Opened) event)),
            Map.entry(ChangeEvent.Approved.class, event -> approved((ChangeEvent.Approved) event)),
            Map.entry(
                    ChangeEvent.Withdrawn.class,
                    event -> entry(
                            event, Messages.HistoryView_withdrawn(), ((ChangeEvent.Withdrawn) event).because(), "")),
            Map.entry(ChangeEvent.Reminded.class, event -> entry(event, Messages.HistoryView_reminded(), "", "")),
            Map.entry(
                    ChangeEvent.Escalated.class,
                    event -> entry(
                            event,
                            Messages.HistoryView_escalated(
                                    ((ChangeEvent.Escalated) event).escalation().who()),
                            "",
                            "")),
            Map.entry(ChangeEvent.Held.class, event -> held((ChangeEvent.Held) event)),
            Map.entry(ChangeEvent.Decided.class, event -> decided((ChangeEvent.Decided) event)),
            Map.entry(ChangeEvent.Ended.class, event -> ended((ChangeEvent.Ended) event)),
            Map.entry(ChangeEvent.Promoted.class, event -> promoted((ChangeEvent.Promoted) event)),
            Map.entry(ChangeEvent.Demoted.class, event -> demoted((ChangeEvent.Demoted) event)),
            Map.entry(ChangeEvent.Corrected.class, event -> corrected((ChangeEvent.Corrected) event)),
            Map.entry(ChangeEvent.Linked.class, event -> linked((ChangeEvent.Linked) event)),
            Map.entry(ChangeEvent.Unlinked.class, event -> unlinked((ChangeEvent.Unlinked) event)),
            Map.entry(ChangeEvent.Reviewed.class, event -> reviewed((ChangeEvent.Reviewed) event)),
            Map.entry(
                    ChangeEvent.Sealed.class,
                    event -> entry(event, Messages.HistoryView_sealed(), ((ChangeEvent.Sealed) event).because(), "")));

    private HistoryView() {}

    /**
     * One line of the history.
     *
     * @param at when
     * @param what what happened
     * @param detail more of it; may be empty
     * @param comment what somebody said; may be empty
     */
    public record Entry(Date at, String what, String detail, String comment) {
        public Date getAt() {
            return new Date(at.getTime());
        }

        public String getWhat() {
            return Visible.of(what);
        }

        public String getDetail() {
            return Visible.of(detail);
        }

        public List<String> getComment() {
            return Visible.lines(comment);
        }
    }

    static List<Entry> of(ChangeRecord record) {
        return record.history().stream().map(HistoryView::of).toList();
    }

    /** Returns the line of an event. */
    static Entry of(ChangeEvent event) {
        return LINES.get(event.getClass()).apply(event);
    }

    private static Entry entry(ChangeEvent event, String what, String detail, String comment) {
        return new Entry(Date.from(event.at()), what, detail, comment);
    }

    private static Entry opened(ChangeEvent.Opened opened) {
        Verdict verdict = opened.judgement().verdict();
        String assessed =
                switch (verdict.kind()) {
                    case PASS -> Messages.ChangePage_assessed_pass();
                    case ASK -> Messages.ChangePage_assessed_ask();
                    case REFUSE -> Messages.ChangePage_assessed_refuse();
                };
        return entry(opened, assessed, verdict.reasons().get(0), "");
    }

    private static Entry approved(ChangeEvent.Approved approved) {
        String place = approved.vote().standsInFor();
        String detail = place.isEmpty() ? "" : Messages.HistoryView_place(Visible.user(place));
        return entry(
                approved,
                Messages.ChangePage_approval(approved.vote().name()),
                detail,
                approved.vote().comment());
    }

    private static Entry held(ChangeEvent.Held held) {
        String until = held.hold()
                .until()
                .map(moment -> Messages.HistoryView_until(moment.truncatedTo(ChronoUnit.MINUTES)))
                .orElse("");
        return entry(held, Messages.HistoryView_held(), held.hold().because() + " " + until, "");
    }

    /** The reason of a decision ends with what the person said, if somebody did; that is shown once. */
    private static Entry decided(ChangeEvent.Decided decided) {
        String because = decided.because();
        String said = ": " + decided.comment();
        if (!decided.comment().isEmpty() && because.endsWith(said)) {
            because = because.substring(0, because.length() - said.length()) + ".";
        }
        return entry(decided, decided.decision().key(), because, decided.comment());
    }

    private static Entry ended(ChangeEvent.Ended ended) {
        return entry(ended, ended.outcome().words(), ended.because(), "");
    }

    private static Entry promoted(ChangeEvent.Promoted promoted) {
        return entry(
                promoted,
                promoted.model().isRaise()
                        ? Messages.HistoryView_raised(promoted.passUpTo().words(), Visible.user(promoted.by()))
                        : Messages.HistoryView_promoted(promoted.model().model(), Visible.user(promoted.by())),
                Messages.HistoryView_evidence(promoted.evidence().size()),
                promoted.comment());
    }

    private static Entry demoted(ChangeEvent.Demoted demoted) {
        return entry(
                demoted,
                demoted.model().isRaise()
                        ? Messages.HistoryView_lowered(Visible.user(demoted.by()))
                        : Messages.HistoryView_demoted(demoted.model().model(), Visible.user(demoted.by())),
                "",
                demoted.comment());
    }

    private static Entry corrected(ChangeEvent.Corrected corrected) {
        return entry(
                corrected,
                Messages.HistoryView_corrected(
                        corrected.outcome().words(),
                        corrected.by().isEmpty() ? Messages.HistoryView_pipeline() : Visible.user(corrected.by())),
                "",
                corrected.because());
    }

    private static Entry linked(ChangeEvent.Linked linked) {
        Link link = linked.link();
        String what = Messages.HistoryView_linked(link.kind().words(), link.key());
        return entry(linked, what, linked.by().isEmpty() ? "" : Messages.HistoryView_by(Visible.user(linked.by())), "");
    }

    private static Entry unlinked(ChangeEvent.Unlinked unlinked) {
        Link link = unlinked.link();
        String what = Messages.HistoryView_unlinked(link.kind().words(), link.key(), Visible.user(unlinked.by()));
        return entry(unlinked, what, "", unlinked.because());
    }

    private static Entry reviewed(ChangeEvent.Reviewed reviewed) {
        return entry(reviewed, Messages.HistoryView_reviewed(Visible.user(reviewed.by())), "", reviewed.comment());
    }
}
