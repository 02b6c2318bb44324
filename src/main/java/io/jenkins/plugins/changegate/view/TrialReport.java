package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.replay.Differences;
import io.jenkins.plugins.changegate.engine.replay.Outcomes;
import io.jenkins.plugins.changegate.engine.replay.Part;
import io.jenkins.plugins.changegate.engine.replay.ReplayReport;
import io.jenkins.plugins.changegate.engine.replay.Replayed;
import io.jenkins.plugins.changegate.engine.replay.Result;
import io.jenkins.plugins.changegate.engine.replay.RuleName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What came of trying a draft.
 *
 * @param today what today's policies say
 * @param draft what the draft says of the same changes
 * @param differences from today's to the draft's
 * @param failures the changes whose deployment failed or was rolled back, the newest first
 * @param unseen how many were left out because the user may not see them
 * @param incomplete how many were left out because policies that they were judged by are not at hand
 * @param sealed how many were left out because their contents are kept no longer
 * @param origins where those changes were that are named, by their ids; those of jobs that are gone are not among them
 */
record TrialReport(
        ReplayReport today,
        ReplayReport draft,
        Differences differences,
        List<Failure> failures,
        int unseen,
        int incomplete,
        int sealed,
        Map<String, Origin> origins) {

    TrialReport {
        failures = List.copyOf(failures);
        origins = Map.copyOf(origins);
    }

    /**
     * A change whose deployment failed.
     *
     * @param id the change's
     * @param rolledBack whether it was deployed, and then taken back
     * @param today what today's policies say of it
     * @param draft what the draft says of it
     * @param rules those of the draft that catch it; those that hold, if it is let go; those that cannot be decided, if
     *     the change cannot
     * @param alone those without which it would pass
     */
    record Failure(
            String id, boolean rolledBack, Result today, Result draft, List<RuleName> rules, Set<RuleName> alone) {
        Failure {
            rules = List.copyOf(rules);
            alone = Set.copyOf(alone);
        }
    }

    /**
     * @param today what today's policies say
     * @param draft what the draft says of the same changes, in the same order
     */
    static TrialReport of(
            List<Replayed> today,
            List<Replayed> draft,
            int unseen,
            int incomplete,
            int sealed,
            Map<String, Origin> origins,
            Set<String> rolledBack) {
        ReplayReport report = ReplayReport.of(draft);
        Differences differences = Differences.between(today, draft);
        Map<String, Replayed> before = byId(today);
        Map<String, Replayed> after = byId(draft);
        List<Failure> failures = new ArrayList<>();
        for (Outcomes.Failure failure : report.outcomes().failures()) {
            failures.add(new Failure(
                    failure.id(),
                    rolledBack.contains(failure.id()),
                    before.get(failure.id()).result(),
                    failure.result(),
                    failure.rules(),
                    Set.copyOf(after.get(failure.id()).rules(Part.SOLE))));
        }
        Map<String, Origin> named = new HashMap<>(origins);
        Set<String> ids = differences.differences().stream()
                .flatMap(difference -> difference.examples().stream())
                .collect(Collectors.toSet());
        failures.forEach(failure -> ids.add(failure.id()));
        named.keySet().retainAll(ids);
        return new TrialReport(
                ReplayReport.of(today), report, differences, failures, unseen, incomplete, sealed, named);
    }

    private static Map<String, Replayed> byId(List<Replayed> changes) {
        return changes.stream().collect(Collectors.toMap(Replayed::id, Function.identity()));
    }
}
