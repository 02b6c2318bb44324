package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.policy.CalendarSource;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One change to production that is judged by policies as people write them. */
final class Judging {

    private static final PolicyReader READER = new PolicyReader();

    private final List<Policy> policies = new ArrayList<>();
    private Circumstances circumstances = Circumstances.at(Instant.parse("2026-11-23T12:00:00Z"));
    private int added = 1;

    static Judging by(String organisation) {
        return new Judging().and(Layer.ORGANISATION, "organisation", organisation);
    }

    Judging folder(String folder, String text) {
        return and(Layer.ofFolder(folder), folder, text);
    }

    /** The repository's policy, the same in the commit that runs now and in the one about to be deployed. */
    Judging repository(String text) {
        return and(Layer.REPOSITORY, ".changegate.yml", text);
    }

    /** The repository's policy that only this change brings. */
    Judging repositoryAtHeadOnly(String text) {
        policies.add(Policy.absent(Layer.REPOSITORY, ".changegate.yml", "base"));
        return repository(text);
    }

    private Judging and(Layer layer, String file, String text) {
        try {
            policies.add(READER.read(layer, file, file + " at head", text));
            return this;
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    /** What the calendars of all policies that are there by now say. */
    Judging calendars(CalendarSource source) {
        policies.replaceAll(policy -> policy.withCalendars(source));
        return this;
    }

    Judging of(Circumstances known) {
        circumstances = known;
        return this;
    }

    Judging at(String now) {
        return of(Circumstances.at(Instant.parse(now)));
    }

    Judging job(String job) {
        return of(new Circumstances(
                job, Optional.empty(), "", ChangeType.NORMAL, "", circumstances.now(), Optional.empty(), Map.of()));
    }

    Judging emergency() {
        return of(new Circumstances(
                "",
                Optional.empty(),
                "",
                ChangeType.EMERGENCY,
                "It burns",
                circumstances.now(),
                Optional.empty(),
                Map.of()));
    }

    /** Lines that the change adds to its one file. */
    Judging lines(int number) {
        added = number;
        return this;
    }

    Judgement judgement() {
        FileChange file =
                new FileChange("src/A.java", null, FileChange.Status.MODIFIED, added, 0, false, false, false, false);
        Delta delta = new Delta("b", "h", List.of(file), new Totals(1, 0, 0, added, 0), List.of(), List.of());
        return new Judge(policies, List.of())
                .judge("shop", "production", new Reading(delta, List.of()), ContentFacts.NONE, circumstances);
    }

    Verdict.Kind kind() {
        return judgement().verdict().kind();
    }

    List<String> needs() {
        return judgement().verdict().requirements().stream()
                .map(Requirement::words)
                .toList();
    }

    List<String> reasons() {
        return judgement().verdict().reasons();
    }
}
