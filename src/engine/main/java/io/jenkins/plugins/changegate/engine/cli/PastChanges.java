package io.jenkins.plugins.changegate.engine.cli;

import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.content.ContentScan;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.GitHistory;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.policy.CalendarPlace;
import io.jenkins.plugins.changegate.engine.policy.CalendarText;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.UnreadCalendarException;
import io.jenkins.plugins.changegate.engine.replay.PastChange;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads past changes from a clone, some at a time: what changed, the repository's policies at base and at head, and
 * what is found in the text if a rule asks. Not thread-safe.
 */
final class PastChanges {

    /** Characters of an object name that are enough to find a commit by. */
    private static final int ABBREVIATED = 12;

    private static final Policy ABSENT = Policy.absent(Layer.REPOSITORY, Assessor.POLICY_FILE, "another commit");

    private final GitHistory git;
    private final PolicyReader reader;
    private final ContentQuestions asked;
    private final Target target;
    private final Map<String, OwnPolicy> known = new HashMap<>();

    /** What was read of each text. */
    private final Map<String, CalendarText> calendars = new HashMap<>();

    /** Addresses that a policy names: nothing is known of what they said. */
    private final Set<String> unread = new TreeSet<>();

    /**
     * Where everything goes.
     *
     * @param service what is deployed; empty for the repository's own name for it
     * @param serviceOtherwise the name if the repository has none
     * @param environment where to
     * @param ownPolicies whether the repository's policies apply
     */
    record Target(Optional<String> service, String serviceOtherwise, String environment, boolean ownPolicies) {}

    /** A policy of the repository, or why there is none. */
    private record OwnPolicy(Optional<Policy> policy, Optional<Gap> gap) {
        static final OwnPolicy NONE = new OwnPolicy(Optional.empty(), Optional.empty());
    }

    /**
     * @param asked what the policies above the repository's need to know of the text
     */
    PastChanges(GitHistory git, PolicyReader reader, ContentQuestions asked, Target target) {
        this.git = git;
        this.reader = reader;
        this.asked = asked;
        this.target = target;
    }

    /**
     * Reads some changes.
     *
     * @param deployments oldest first, on one line of first parents
     * @throws IOException if git fails
     */
    List<PastChange> read(List<Deployments.Deployment> deployments) throws IOException {
        List<GitHistory.Step> steps =
                deployments.stream().map(Deployments.Deployment::step).toList();
        List<Reading> readings = git.read(steps);
        Map<String, GitHistory.Version> versions = versions(steps);
        List<Delta> deltas =
                readings.stream().map(reading -> reading.delta().orElseThrow()).toList();
        Map<String, OwnPolicy> byCommit = withCalendars(versions);
        List<List<OwnPolicy>> own = steps.stream()
                .map(step -> Stream.of(step.base(), step.head())
                        .map(commit -> byCommit.getOrDefault(commit, OwnPolicy.NONE))
                        .distinct()
                        .toList())
                .toList();
        ContentQuestions questions = own.stream()
                .flatMap(List::stream)
                .flatMap(each -> each.policy().stream())
                .map(Policy::questions)
                .reduce(asked, ContentQuestions::and);
        List<ContentFacts> text = ContentScan.scan(git, deltas, questions);
        List<PastChange> changes = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            changes.add(change(deployments.get(i), readings.get(i), text.get(i), own.get(i), versions));
        }
        return changes;
    }

    private PastChange change(
            Deployments.Deployment deployment,
            Reading read,
            ContentFacts text,
            List<OwnPolicy> own,
            Map<String, GitHistory.Version> versions) {
        Reading reading = read;
        for (OwnPolicy each : own) {
            if (each.gap().isPresent()) {
                reading = reading.with(each.gap().get());
            }
        }
        GitHistory.Step step = deployment.step();
        String service = service(own(versions.get(step.head())));
        String before = service(own(versions.get(step.base())));
        if (!service.equals(before) && own.stream().allMatch(each -> each.gap().isEmpty())) {
            reading = reading.with(new Gap(
                    Gap.Kind.BASE_CLAIMED,
                    "The change renames its service from " + before + " to " + service
                            + ", and so chooses what it is compared with."));
        }
        return new PastChange(
                step.head().substring(0, ABBREVIATED),
                read.delta().flatMap(PastChanges::newest).map(Commit::subject).orElse(""),
                deployment.when(),
                service,
                target.environment(),
                reading,
                Optional.of(text),
                Circumstances.at(deployment.when()),
                policies(own),
                Optional.empty(),
                Optional.empty());
    }

    /** A version that is missing, or that cannot be read, says nothing; and what it does not say loosens nothing. */
    private static List<Policy> policies(List<OwnPolicy> own) {
        return own.equals(List.of(OwnPolicy.NONE))
                ? List.of()
                : own.stream()
                        .map(each -> each.policy().orElse(ABSENT))
                        .distinct()
                        .toList();
    }

    private static Optional<Commit> newest(Delta delta) {
        return delta.commits().stream()
                .filter(commit -> commit.id().equals(delta.head()))
                .findFirst();
    }

    private Map<String, GitHistory.Version> versions(List<GitHistory.Step> steps) throws IOException {
        if (!target.ownPolicies()) {
            return Map.of();
        }
        List<String> commits = steps.stream()
                .flatMap(step -> Stream.of(step.base(), step.head()))
                .distinct()
                .toList();
        return git.versions(commits, Assessor.POLICY_FILE);
    }

    /** Returns the policies with what their calendars say in the same commits; addresses are left out. */
    private Map<String, OwnPolicy> withCalendars(Map<String, GitHistory.Version> versions) throws IOException {
        Map<String, OwnPolicy> byCommit = new HashMap<>();
        Map<CalendarPlace, List<String>> asked = new HashMap<>();
        versions.forEach((commit, version) -> {
            OwnPolicy own = own(version);
            byCommit.put(commit, own);
            own.policy().stream()
                    .flatMap(policy -> policy.calendars().stream())
                    .forEach(place -> asked.computeIfAbsent(place, all -> new ArrayList<>())
                            .add(commit));
        });
        Map<CalendarPlace, Map<String, GitHistory.Version>> files = new HashMap<>();
        for (Map.Entry<CalendarPlace, List<String>> each : asked.entrySet()) {
            if (each.getKey().isUrl()) {
                unread.add(each.getKey().words());
            } else {
                files.put(
                        each.getKey(),
                        git.versions(each.getValue(), each.getKey().written()));
            }
        }
        if (!asked.isEmpty()) {
            byCommit.replaceAll((commit, own) -> new OwnPolicy(
                    own.policy()
                            .map(policy -> policy.withoutCalendars(CalendarPlace::isUrl)
                                    .withCalendars(
                                            place -> calendar(files.get(place).get(commit)))),
                    own.gap()));
        }
        return byCommit;
    }

    private CalendarText calendar(GitHistory.Version version) throws UnreadCalendarException {
        if (version.text() == null) {
            throw new UnreadCalendarException(
                    version.tooLarge() ? "It is too large; possible: 1 MiB." : "There is no such file in the commit.");
        }
        return calendars.computeIfAbsent(version.text(), CalendarText::new);
    }

    /** Returns the calendars that policies named so far and that are not at hand, sorted. */
    Set<String> unread() {
        return unread;
    }

    private String service(OwnPolicy own) {
        return target.service().or(() -> own.policy().flatMap(Policy::service)).orElse(target.serviceOtherwise());
    }

    private OwnPolicy own(GitHistory.Version version) {
        if (version == null || version.text() == null && !version.tooLarge()) {
            return OwnPolicy.NONE;
        }
        return version.tooLarge()
                ? unreadable(Assessor.POLICY_FILE + " is too large")
                : known.computeIfAbsent(version.text(), this::parse);
    }

    private OwnPolicy parse(String text) {
        try {
            return new OwnPolicy(
                    Optional.of(reader.read(Layer.REPOSITORY, Assessor.POLICY_FILE, text)), Optional.empty());
        } catch (PolicyException e) {
            return unreadable(e.getMessage());
        }
    }

    private static OwnPolicy unreadable(String why) {
        return new OwnPolicy(
                Optional.empty(),
                Optional.of(new Gap(Gap.Kind.POLICY_UNREADABLE, "The repository's policy cannot be read: " + why)));
    }
}
