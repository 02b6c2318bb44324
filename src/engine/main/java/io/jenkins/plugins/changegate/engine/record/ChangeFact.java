package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What measures are made of: a change that was decided, as a few numbers and names. No person is in it.
 *
 * @param number the record's
 * @param controller which Jenkins it is of; empty in a store that only one has
 * @param job the full name of the job
 * @param product what the service is part of; empty if not said
 * @param target what was to be deployed, and where to
 * @param type how it was handled
 * @param level its risk
 * @param score its risk, 0 to 100
 * @param verdict what policy said
 * @param decision how it ended at the gate
 * @param opened when it reached the gate, to the second
 * @param decided when it was decided, to the second
 * @param ended how its deployment ended; empty if it has not, or there was none
 * @param incident whether it caused an incident
 * @param undoes the number of the change that its deployment took back, as what ran before that one was put back; 0 if
 *     none
 * @param commitAge how old its commits were when it reached the gate, in seconds from 0: the lower median of them; -1 if
 *     it has none, or they are not known
 * @param rules the rules that applied to it, as its reasons and its score name them, each once, sorted
 * @param waits how long each of its requirements took
 * @param policy the version of the highest policy that somebody wrote and that it was judged by; empty if not known
 */
public record ChangeFact(
        long number,
        String controller,
        String job,
        String product,
        Target target,
        ChangeType type,
        RiskLevel level,
        int score,
        Verdict.Kind verdict,
        Decision decision,
        Instant opened,
        Instant decided,
        Optional<End> ended,
        boolean incident,
        long undoes,
        long commitAge,
        List<String> rules,
        List<Wait> waits,
        String policy) {

    public ChangeFact {
        Objects.requireNonNull(decided, "decided");
        rules = List.copyOf(rules);
        waits = List.copyOf(waits);
    }

    /**
     * How a deployment ended.
     *
     * @param at when, to the second
     * @param outcome how, as was said of it last
     */
    public record End(Instant at, Outcome outcome) {}

    /**
     * How long a requirement took.
     *
     * @param requirement in words, without the names of people
     * @param seconds from when it was asked, which for a later stage is when the earlier ones were met, to when it was
     *     met and stayed so; -1 if it was not met
     */
    public record Wait(String requirement, long seconds) {
        public Wait {
            Objects.requireNonNull(requirement, "requirement");
        }
    }
}
