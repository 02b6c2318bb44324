package io.jenkins.plugins.changegate.engine.replay;

import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What policies would have said of one past change. Does not hold the change's files.
 *
 * @param id the change's
 * @param title the change's
 * @param when the change's
 * @param result what would have followed
 * @param level how risky it is; empty if that hangs on what is no longer at hand
 * @param judgement by what is known: a rule that cannot be decided adds nothing to the score here
 * @param rules the rules that had a part in it, with their parts; no others
 * @param gaps kinds of what could not be read of it, apart from what rules need
 * @param decision the change's
 * @param outcome the change's
 */
public record Replayed(
        String id,
        String title,
        Instant when,
        Result result,
        Optional<RiskLevel> level,
        Judgement judgement,
        Map<RuleName, Set<Part>> rules,
        Set<Gap.Kind> gaps,
        Optional<Decision> decision,
        Optional<Outcome> outcome) {

    /** The riskiest first, of equally risky ones the newest. */
    private static final Comparator<Replayed> RISKIEST = Comparator.<Replayed>comparingInt(
                    replayed -> replayed.judgement.assessment().score())
            .thenComparing(replayed -> replayed.judgement.assessment().level())
            .thenComparing(Replayed::when)
            .reversed();

    public Replayed {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(judgement, "judgement");
        Map<RuleName, Set<Part>> sorted = new TreeMap<>(rules);
        sorted.replaceAll((rule, parts) -> Set.copyOf(parts));
        rules = Collections.unmodifiableMap(sorted);
        gaps = gaps.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(gaps));
    }

    /** Returns the rules that had this part, by layer and name. */
    public List<RuleName> rules(Part part) {
        return rules.entrySet().stream()
                .filter(rule -> rule.getValue().contains(part))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns the riskiest of some, the riskiest first. */
    public static List<Replayed> riskiest(List<Replayed> some, int most) {
        return some.stream().sorted(RISKIEST).limit(most).toList();
    }
}
