package io.jenkins.plugins.changegate.notify;

import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said of a change wherever it is told, line by line; every line is harmless. */
final class Summary {

    /** Longest line, in characters. */
    static final int LINE = 500;

    /** How many contributions are listed; the page has them all. */
    private static final int LISTED = 12;

    private Summary() {}

    /** Returns what goes where: {@code shop to production}. */
    static String what(ChangeRecord record) {
        Target target = record.opened().judgement().target();
        return Plain.line(target.service() + " to " + target.environment(), LINE);
    }

    /** Returns how risky it is: {@code high (62 of 100)}. */
    static String risk(ChangeRecord record) {
        Judgement judgement = record.opened().judgement();
        return judgement.assessment().level().words() + " ("
                + judgement.assessment().score() + " of 100)";
    }

    /** Returns why: what policy says first, then what adds to the score. */
    static List<String> reasons(ChangeRecord record) {
        Judgement judgement = record.opened().judgement();
        List<String> reasons = new ArrayList<>(judgement.verdict().reasons());
        List<Contribution> parts = judgement.assessment().contributions().stream()
                .filter(part -> part.points() != 0)
                .toList();
        parts.stream()
                .limit(LISTED)
                .map(part -> String.format(
                        Locale.ROOT, "%+d %s: %s%s", part.points(), part.source(), part.because(), evidence(part)))
                .forEach(reasons::add);
        if (parts.size() > LISTED) {
            reasons.add("and " + (parts.size() - LISTED) + " more");
        }
        return reasons.stream().map(reason -> Plain.line(reason, LINE)).toList();
    }

    private static String evidence(Contribution part) {
        return part.evidence().isEmpty() ? "" : " [" + String.join(", ", part.evidence()) + "]";
    }

    /** Returns who is needed still; empty if nobody is. */
    static String needed(ChangeRecord record) {
        return Plain.line(String.join(" and ", record.ballot().missing()), LINE);
    }

    /** Returns until when it can be decided, in Jenkins' time zone; empty if for ever. */
    static String until(ChangeRecord record) {
        return record.opened()
                .judgement()
                .terms()
                .expiry()
                .map(expiry -> time(record.opened().at().plus(expiry)) + ", then it expires")
                .orElse("");
    }

    private static String time(Instant time) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT)
                .withZone(ZoneId.systemDefault())
                .format(time);
    }
}
