package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Deadline;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What time will do to a waiting change, for a page; every moment is {@code null} if it will not come. */
@Restricted(NoExternalUse.class)
public final class TermsView {

    private final ChangeRecord record;

    TermsView(ChangeRecord record) {
        this.record = record;
    }

    public Date getExpires() {
        return date(Deadline.Kind.EXPIRY);
    }

    public Date getReminded() {
        return date(Deadline.Kind.REMINDER);
    }

    /** Returns from when the stand-ins may vote, if they may not yet. */
    public Date getEscalated() {
        return date(Deadline.Kind.ESCALATION);
    }

    public String getStandIns() {
        return Visible.of(record.opened()
                .judgement()
                .terms()
                .escalation()
                .map(Terms.Escalation::who)
                .orElse(""));
    }

    private Date date(Deadline.Kind kind) {
        return at(record, kind).map(Date::from).orElse(null);
    }

    static Optional<Instant> at(ChangeRecord record, Deadline.Kind kind) {
        return Deadline.all(record).stream()
                .filter(deadline -> deadline.kind() == kind)
                .map(Deadline::at)
                .findFirst();
    }
}
