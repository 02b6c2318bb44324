package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.measure.Delivery;
import io.jenkins.plugins.changegate.engine.measure.Gate;
import io.jenkins.plugins.changegate.engine.measure.Line;
import io.jenkins.plugins.changegate.engine.measure.Measures;
import io.jenkins.plugins.changegate.engine.measure.Share;
import io.jenkins.plugins.changegate.engine.measure.Spread;
import io.jenkins.plugins.changegate.engine.measure.Stretch;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Measures as the REST API shows them: times in seconds, shares with their numbers and intervals. */
final class MeasuresJson {

    private final MeasuresFilter filter;
    private final Measures measures;

    MeasuresJson(MeasuresFilter filter, Measures measures) {
        this.filter = filter;
        this.measures = measures;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", measures.from().toString());
        json.put("to", filter.to().toString());
        json.put("delivery", delivery(measures.delivery()));
        json.put("gate", gate(measures.gate()));
        json.put("waitingByLevel", list(measures.byLevel(), MeasuresJson::waiting));
        json.put("waitingByRequirement", list(measures.byRequirement(), MeasuresJson::waiting));
        json.put("failedByDecision", list(measures.byDecision(), MeasuresJson::outcome));
        json.put("failedByLevel", list(measures.levels(), MeasuresJson::outcome));
        json.put("rules", list(measures.rules(), MeasuresJson::rule));
        json.put("calibration", list(measures.calibration(), MeasuresJson::bin));
        json.put("trend", list(measures.trend(), MeasuresJson::stretch));
        json.put("policies", list(measures.policies(), MeasuresJson::policy));
        json.put("before", measures.before().map(MeasuresJson::stretch).orElse(null));
        json.put("since", measures.since().map(MeasuresJson::stretch).orElse(null));
        json.put("products", list(measures.products(), line -> part("product", line)));
        json.put("services", list(measures.services(), line -> part("service", line)));
        json.put("moreServices", measures.moreServices());
        return json;
    }

    private static <T> List<Map<String, Object>> list(List<T> lines, Function<T, Map<String, Object>> each) {
        return lines.stream().map(each).toList();
    }

    private static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> share(Share share) {
        return map(
                "part",
                share.part(),
                "of",
                share.of(),
                "share",
                share.of() == 0 ? null : share.value(),
                "low",
                share.low(),
                "high",
                share.high());
    }

    private static Map<String, Object> spread(Spread spread) {
        return map(
                "count",
                spread.count(),
                "median",
                spread.count() == 0 ? null : spread.median(),
                "ninetieth",
                spread.count() == 0 ? null : spread.ninetieth());
    }

    private static Map<String, Object> delivery(Delivery delivery) {
        return map(
                "deployments",
                delivery.deployments(),
                "days",
                delivery.days(),
                "perWeek",
                delivery.isShort() ? null : delivery.perWeek(),
                "leadTime",
                spread(delivery.lead()),
                "beforeGate",
                spread(delivery.before()),
                "atGate",
                spread(delivery.gate()),
                "afterGate",
                spread(delivery.after()),
                "failed",
                share(delivery.failed()),
                "unsuccessful",
                delivery.unsuccessful(),
                "incidents",
                delivery.incidents(),
                "rolledBack",
                delivery.undone(),
                "recovery",
                spread(delivery.recovery()),
                "unrecovered",
                delivery.unrecovered());
    }

    private static Map<String, Object> gate(Gate gate) {
        Gate.Catch caught = gate.caught();
        return map(
                "decided",
                gate.decided(),
                "passed",
                share(gate.passed()),
                "asked",
                share(gate.asked()),
                "refused",
                share(gate.refused()),
                "overridden",
                share(gate.overridden()),
                "emergency",
                share(gate.emergency()),
                "decisions",
                gate.decisions(),
                "waiting",
                spread(gate.waiting()),
                "hoursWaited",
                gate.hours(),
                "rejected",
                caught.rejected(),
                "refusedByPolicy",
                caught.refused(),
                "givenUp",
                caught.given(),
                "failedOfPassed",
                share(caught.passedFailed()),
                "failedOfApproved",
                share(caught.approvedFailed()),
                "failedOfOverridden",
                share(caught.overriddenFailed()),
                "hoursWaitedPerCatch",
                gate.catches() == 0 ? null : gate.hoursEach());
    }

    private static Map<String, Object> waiting(Line.Waiting line) {
        return map("name", line.name(), "time", spread(line.time()), "open", line.open());
    }

    private static Map<String, Object> outcome(Line.Outcome line) {
        return map("name", line.name(), "failed", share(line.failed()));
    }

    private static Map<String, Object> rule(Line.Rule rule) {
        return map(
                "name",
                rule.name(),
                "matched",
                rule.matched(),
                "asked",
                rule.asked(),
                "failed",
                share(rule.failed()),
                "failedOfOthers",
                share(rule.rest()),
                "failsMoreOften",
                rule.isTelling());
    }

    private static Map<String, Object> bin(Line.Bin bin) {
        return map("from", bin.from(), "to", bin.to(), "predicted", bin.predicted(), "failed", share(bin.failed()));
    }

    private static Map<String, Object> stretch(Stretch part) {
        return map(
                "from",
                part.from().toString(),
                "to",
                part.to().toString(),
                "deployments",
                part.deployments(),
                "failed",
                share(part.failed()),
                "leadTime",
                spread(part.lead()),
                "passed",
                share(part.passed()),
                "asked",
                share(part.asked()),
                "waiting",
                spread(part.waiting()));
    }

    private static Map<String, Object> policy(Line.Policy policy) {
        return map(
                "version",
                policy.version(),
                "first",
                Instant.ofEpochSecond(policy.first()).toString(),
                "changes",
                policy.changes());
    }

    private static Map<String, Object> part(String kind, Line.Part line) {
        return map(kind, line.name(), "delivery", delivery(line.delivery()));
    }
}
