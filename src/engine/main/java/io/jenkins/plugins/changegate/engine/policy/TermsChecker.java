package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.policy.PolicyFile.EnvironmentEntry;
import io.jenkins.plugins.changegate.engine.policy.PolicyFile.EscalationEntry;
import io.jenkins.plugins.changegate.engine.policy.PolicyFile.UnknownAuthors;
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
     * @throws PolicyException if a time is none, or an escalation lacks its time or its people
     */
    Terms terms(EnvironmentEntry entry, String path) throws PolicyException {
        Optional<Duration> reminder = time(entry.remindAfter());
        if (reminder.filter(every -> every.compareTo(SHORTEST_REMINDER) < 0).isPresent()) {
            throw source.mistake(
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

    private Optional<Terms.Escalation> escalation(EscalationEntry entry, String path) throws PolicyException {
        if (entry == null) {
            return Optional.empty();
        }
        Optional<Duration> after = time(entry.after());
        if (after.isEmpty()) {
            throw source.mistake(path, "This escalation has no time: add 'after: 8 hours'");
        }
        if (entry.to().isEmpty()) {
            throw source.mistake(path, "This escalation names nobody: add 'to: ...'");
        }
        PeopleChecker.Named to = people.named(entry.to(), path + "/to");
        return Optional.of(new Terms.Escalation(after.get(), to.who(), to.principals()));
    }

    private Optional<Duration> time(Text written) throws PolicyException {
        if (written == null) {
            return Optional.empty();
        }
        Duration time = Durations.parse(written.value())
                .orElseThrow(() -> source.mistake(
                        written, "'" + written.value() + "' is no time; write '30 minutes', '4 hours' or '3 days'"));
        if (time.compareTo(LONGEST) > 0) {
            throw source.mistake(
                    written, "'" + written.value() + "' is too long a time; at most: " + Durations.words(LONGEST));
        }
        return Optional.of(time);
    }
}
