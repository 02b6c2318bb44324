package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.EnvironmentEntry;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.EscalationEntry;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.UnknownAuthors;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Checks on which terms a change waits in an environment. */
final class TermsChecker {

    private static final Duration LONGEST = Duration.ofDays(365);

    /** Whoever is reminded more often than this stops to read. */
    private static final Duration SHORTEST_REMINDER = Duration.ofMinutes(5);

    private final PolicySource source;
    private final PeopleChecker people;

    TermsChecker(PolicySource source, PeopleChecker people) {
        this.source = source;
        this.people = people;
    }

    /**
     * @param path where the environment stands
     */
    Terms terms(EnvironmentEntry entry, String path) {
        Optional<Duration> reminder = time(entry.remindAfter());
        if (reminder.filter(every -> every.compareTo(SHORTEST_REMINDER) < 0).isPresent()) {
            source.mistake(
                    entry.remindAfter(),
                    "'" + entry.remindAfter().value() + "' is too short a time to remind after; at least: "
                            + Durations.words(SHORTEST_REMINDER));
        }
        return new Terms(
                time(entry.expireAfter()),
                reminder,
                escalation(entry.escalate(), path + "/escalate"),
                entry.unknownAuthors() == UnknownAuthors.BLOCK,
                Map.of());
    }

    private Optional<Terms.Escalation> escalation(EscalationEntry entry, String path) {
        if (entry == null) {
            return Optional.empty();
        }
        Optional<Duration> after = time(entry.after());
        if (entry.after() == null && !source.holds(path + "/after")) {
            source.mistake(path, "This escalation has no time: add 'after: 8 hours'");
        }
        boolean toNobody =
                entry.to() == null ? !source.holds(path + "/to") : entry.to().isEmpty();
        if (toNobody) {
            source.mistake(path, "This escalation names nobody: add 'to: ...'");
        }
        if (toNobody || entry.to() == null) {
            return Optional.empty();
        }
        PeopleChecker.Named to = people.named(entry.to(), path + "/to");
        return to.principals().isEmpty()
                ? Optional.empty()
                : after.map(time -> new Terms.Escalation(time, to.who(), to.principals()));
    }

    private Optional<Duration> time(Text written) {
        return written == null ? Optional.empty() : Durations.checked(written, source, LONGEST);
    }
}
