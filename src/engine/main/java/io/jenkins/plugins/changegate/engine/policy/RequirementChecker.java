package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.policy.PolicyFile.RequirementEntry;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks what a policy asks of people. */
final class RequirementChecker {

    private static final int LAST_STAGE = 9;
    private static final int MOST_REQUIREMENTS = 100;

    private final PolicySource source;
    private final PeopleChecker people;

    RequirementChecker(PolicySource source, PeopleChecker people) {
        this.source = source;
        this.people = people;
    }

    /**
     * Returns what each level needs.
     *
     * @param path where it stands
     */
    Map<RiskLevel, List<Requirement>> approvals(Map<RiskLevel, List<RequirementEntry>> written, String path)
            throws PolicyException {
        Map<RiskLevel, List<Requirement>> approvals = new EnumMap<>(RiskLevel.class);
        for (Map.Entry<RiskLevel, List<RequirementEntry>> level : written.entrySet()) {
            approvals.put(
                    level.getKey(),
                    requirements(level.getValue(), path + "/" + level.getKey().key()));
        }
        return approvals;
    }

    /**
     * @param written at least one
     * @param path where they stand
     * @throws PolicyException if one of them cannot be met, or there are too many
     */
    List<Requirement> requirements(List<RequirementEntry> written, String path) throws PolicyException {
        List<Requirement> requirements = new ArrayList<>();
        List<RequirementEntry> entries = source.written(written, path);
        for (int i = 0; i < entries.size(); i++) {
            requirements.addAll(expand(entries.get(i), path + "/" + i));
        }
        if (requirements.size() > MOST_REQUIREMENTS) {
            throw source.mistake(
                    path, "There are " + requirements.size() + " requirements here; at most: " + MOST_REQUIREMENTS);
        }
        return List.copyOf(requirements);
    }

    /** Whoever must be among those who are asked is a requirement of its own; the others make up the number. */
    private List<Requirement> expand(RequirementEntry entry, String path) throws PolicyException {
        int atLeast = source.written(entry, path).atLeast();
        if (atLeast < 1) {
            throw source.mistake(
                    path + "/at-least", "At least " + atLeast + " cannot be asked for; possible: 1 and more");
        }
        int stage = entry.stage();
        if (stage < Requirement.FIRST_STAGE || stage > LAST_STAGE) {
            throw source.mistake(
                    path + "/stage",
                    "There is no stage " + stage + "; possible: " + Requirement.FIRST_STAGE + " to " + LAST_STAGE);
        }
        int included = entry.including().size();
        if (included > atLeast) {
            throw source.mistake(
                    path + "/including",
                    included + " cannot be among " + atLeast + ": include fewer, or write 'at-least: " + included
                            + "'");
        }
        Map<PeopleChecker.Named, Integer> asked = new LinkedHashMap<>();
        for (int i = 0; i < included; i++) {
            asked.merge(people.named(entry.including().get(i), path + "/including/" + i), 1, Integer::sum);
        }
        PeopleChecker.Named from = entry.from().isEmpty()
                ? new PeopleChecker.Named(Requirement.ONE_APPROVER.who(), Requirement.ONE_APPROVER.from())
                : people.named(entry.from(), path + "/from");
        if (atLeast > included) {
            asked.merge(from, atLeast - included, Integer::sum);
        }
        return asked.entrySet().stream()
                .map(each -> new Requirement(
                        each.getValue(), each.getKey().who(), each.getKey().principals(), stage))
                .toList();
    }
}
