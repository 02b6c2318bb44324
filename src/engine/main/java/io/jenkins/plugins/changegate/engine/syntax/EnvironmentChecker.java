package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.policy.EnvironmentPolicy;
import io.jenkins.plugins.changegate.engine.policy.ScheduleEntry;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.EnvironmentEntry;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.GuaranteeEntry;
import io.jenkins.plugins.changegate.engine.text.Pointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks what a policy says of environments: who has to approve, and on which terms a change waits for them. */
final class EnvironmentChecker {

    private final PolicySource source;
    private final PeopleChecker people;
    private final RequirementChecker requirements;
    private final ScheduleChecker schedules;
    private final PromotionChecker promotions;

    EnvironmentChecker(PolicySource source, PeopleChecker people, RequirementChecker requirements) {
        this.source = source;
        this.people = people;
        this.requirements = requirements;
        this.schedules = new ScheduleChecker(source);
        this.promotions = new PromotionChecker(source);
    }

    Map<String, EnvironmentPolicy> environments(Map<String, EnvironmentEntry> written) {
        Map<String, EnvironmentPolicy> environments = new HashMap<>();
        written.forEach((name, entry) -> environments.put(name, environment(entry, Pointer.to("/environments", name))));
        return environments;
    }

    private EnvironmentPolicy environment(EnvironmentEntry entry, String path) {
        if (entry == null) {
            return EnvironmentPolicy.NONE;
        }
        return new EnvironmentPolicy(
                Optional.ofNullable(entry.tier()),
                Optional.ofNullable(entry.mode()),
                Optional.ofNullable(entry.passUpTo()),
                promotions.raise(entry, path),
                requirements.approvals(entry.approvals(), path + "/approvals"),
                requirements.requirements(entry.emergency(), path + "/emergency"),
                schedule(entry, path),
                new TermsChecker(source, people).terms(entry, path),
                promise(entry.guarantee(), path + "/guarantee"),
                percent(entry.audit(), path + "/audit", 0, 100).orElse(0));
    }

    private Optional<Promise> promise(GuaranteeEntry entry, String path) {
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.missRate() == null && !source.holds(path + "/miss-rate")) {
            source.mistake(path, "This guarantee has no share: add 'miss-rate: 10'");
        }
        Optional<Integer> missRate = percent(entry.missRate(), path + "/miss-rate", 1, 50);
        Optional<Integer> confidence = entry.confidence() == null
                ? Optional.of(Promise.USUAL_CONFIDENCE)
                : percent(entry.confidence(), path + "/confidence", 50, 99);
        return missRate.flatMap(share -> confidence.map(sure -> new Promise(share, sure)));
    }

    private Optional<Integer> percent(Integer written, String path, int least, int most) {
        if (written == null) {
            return Optional.empty();
        }
        if (written < least || written > most) {
            source.mistake(
                    path, "'" + written + "' is no such percentage; write a number from " + least + " to " + most);
            return Optional.empty();
        }
        return Optional.of(written);
    }

    private List<ScheduleEntry> schedule(EnvironmentEntry entry, String path) {
        List<ScheduleEntry> schedule = new ArrayList<>();
        schedule.addAll(schedules.entries(ScheduleEntry.Kind.FREEZE, entry.freezes(), path + "/freezes"));
        schedule.addAll(schedules.entries(ScheduleEntry.Kind.WINDOW, entry.windows(), path + "/windows"));
        return schedule;
    }
}
