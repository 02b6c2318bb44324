package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.RequirementEntry;
import io.jenkins.plugins.changegate.engine.text.Pointer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks what a policy asks of people. */
final class RequirementChecker {

    static final int LAST_STAGE = 9;
    static final int MOST_REQUIREMENTS = 100;

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
    Map<RiskLevel, List<Requirement>> approvals(Map<RiskLevel, List<RequirementEntry>> written, String path) {
        Map<RiskLevel, List<Requirement>> approvals = new EnumMap<>(RiskLevel.class);
        written.forEach((level, entries) -> approvals.put(level, requirements(entries, Pointer.to(path, level.key()))));
        return approvals;
    }

    /**
     * Returns what is asked; what can't be met is a mistake and left out.
     *
     * @param written null if nothing is
     * @param path where they stand
     */
    List<Requirement> requirements(List<RequirementEntry> written, String path) {
        List<Requirement> requirements = new ArrayList<>();
        List<RequirementEntry> entries = written == null ? List.of() : written;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) != null && !source.enoughBefore(Pointer.to(path, i))) {
                requirements.addAll(expand(entries.get(i), Pointer.to(path, i)));
            }
        }
        if (requirements.size() > MOST_REQUIREMENTS) {
            source.mistake(
                    path, "There are " + requirements.size() + " requirements here; at most: " + MOST_REQUIREMENTS);
        }
        return List.copyOf(requirements);
    }

    /** Whoever must be among those who are asked is a requirement of its own; the others make up the number. */
    private List<Requirement> expand(RequirementEntry entry, String path) {
        int stage = stage(entry, path + "/stage");
        List<Text> including = entry.including() == null ? List.of() : entry.including();
        int atLeast = atLeast(entry, including.size(), path);
        Map<PeopleChecker.Named, Integer> asked = new LinkedHashMap<>();
        if (entry.including() != null && including.isEmpty()) {
            people.named(including, path + "/including");
        }
        including.forEach(name -> asked.merge(people.named(name), 1, Integer::sum));
        PeopleChecker.Named from = entry.from() == null
                ? new PeopleChecker.Named(Requirement.ONE_APPROVER.who(), Requirement.ONE_APPROVER.from())
                : people.named(entry.from(), path + "/from");
        if (atLeast > including.size()) {
            asked.merge(from, atLeast - including.size(), Integer::sum);
        }
        return asked.entrySet().stream()
                .filter(each -> !each.getKey().principals().isEmpty())
                .map(each -> new Requirement(
                        each.getValue(), each.getKey().who(), each.getKey().principals(), stage))
                .toList();
    }

    private int stage(RequirementEntry entry, String path) {
        int stage = entry.stage() == null ? Requirement.FIRST_STAGE : entry.stage();
        if (stage < Requirement.FIRST_STAGE || stage > LAST_STAGE) {
            source.mistake(
                    path,
                    "There is no stage " + stage + "; possible: " + Requirement.FIRST_STAGE + " to " + LAST_STAGE);
            return Requirement.FIRST_STAGE;
        }
        return stage;
    }

    private int atLeast(RequirementEntry entry, int included, String path) {
        if (entry.atLeast() == null && source.holds(path + "/at-least")) {
            return included;
        }
        int atLeast = entry.atLeast() == null ? 1 : entry.atLeast();
        if (atLeast < 1) {
            source.mistake(path + "/at-least", "At least " + atLeast + " cannot be asked for; possible: 1 and more");
        } else if (included > atLeast) {
            source.mistake(
                    path + "/including",
                    included + " cannot be among " + atLeast + ": include fewer, or write 'at-least: " + included
                            + "'");
        }
        return atLeast;
    }
}
