package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.approval.Ballot;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.judge.Hold;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The durable record of one change: its number, and everything that happened to it.
 *
 * @param number from 1, without gaps within one store
 * @param history the events, oldest first; the first is always {@link ChangeEvent.Opened}
 */
public record ChangeRecord(long number, List<ChangeEvent> history) {

    private static final Pattern ID = Pattern.compile("CHG-\\d{6,18}");

    public ChangeRecord {
        history = List.copyOf(history);
        if (history.isEmpty() || !(history.get(0) instanceof ChangeEvent.Opened)) {
            throw new IllegalArgumentException("A change record begins with its opening");
        }
    }

    /** Returns its number as people write it: {@code CHG-000123}. */
    public String id() {
        return id(number);
    }

    /** Returns a change's number as people write it. */
    public static String id(long number) {
        return String.format("CHG-%06d", number);
    }

    /** Returns the number in a text of the form {@code CHG-000123}; empty if it is not of that form. */
    public static Optional<Long> number(String id) {
        return ID.matcher(id).matches() ? Optional.of(Long.parseLong(id.substring("CHG-".length()))) : Optional.empty();
    }

    /** Returns how many events there are; what the next one has to build on. */
    public int version() {
        return history.size();
    }

    /** Returns how it was opened. */
    public ChangeEvent.Opened opened() {
        return (ChangeEvent.Opened) history.get(0);
    }

    /**
     * Returns what is asked for, and who has approved so far. Those who were named as stand-ins when nobody decided
     * may vote for every requirement.
     */
    public Ballot ballot() {
        Ballot ballot = new Ballot(opened().judgement().verdict().requirements(), List.of());
        for (ChangeEvent event : history) {
            if (event instanceof ChangeEvent.Approved approved) {
                ballot = ballot.with(approved.vote());
            } else if (event instanceof ChangeEvent.Withdrawn withdrawn) {
                ballot = ballot.without(withdrawn.voter());
            } else if (event instanceof ChangeEvent.Escalated escalated) {
                Terms.Escalation to = escalated.escalation();
                ballot = ballot.on(ballot.requirements().stream()
                        .map(requirement -> requirement.or(to.who(), to.to()))
                        .toList());
            }
        }
        return ballot;
    }

    /** Returns why it may not be deployed yet, though nobody is needed any more; empty if it does not wait for that. */
    public Optional<Hold> held() {
        // What is linked to it meanwhile tells nothing of that.
        List<ChangeEvent> own = history.stream()
                .filter(event -> !(event instanceof ChangeEvent.Linked || event instanceof ChangeEvent.Unlinked))
                .toList();
        return own.get(own.size() - 1) instanceof ChangeEvent.Held held ? Optional.of(held.hold()) : Optional.empty();
    }

    /** Returns how it was decided, if it was. */
    public Optional<ChangeEvent.Decided> decided() {
        return events(ChangeEvent.Decided.class).stream().findFirst();
    }

    /** Returns how the deployment ended, if it has. */
    public Optional<ChangeEvent.Ended> ended() {
        return events(ChangeEvent.Ended.class).stream().findFirst();
    }

    /**
     * Returns how the deployment ended, if it has: what was said of it last, when it ended or afterwards.
     */
    public Optional<Outcome> outcome() {
        List<ChangeEvent.Corrected> corrections = events(ChangeEvent.Corrected.class);
        return corrections.isEmpty()
                ? ended().map(ChangeEvent.Ended::outcome)
                : Optional.of(corrections.get(corrections.size() - 1).outcome());
    }

    /**
     * Whether its commit is held to run in the environment since: its deployment ended well, or somebody said afterwards
     * that it had. What was deployed and then said to have failed runs there until another change takes its place.
     */
    public boolean isDeployed() {
        return ended().filter(ended -> ended.outcome().isDeployed()).isPresent()
                || events(ChangeEvent.Corrected.class).stream()
                        .anyMatch(corrected -> corrected.outcome().isDeployed());
    }

    /**
     * Returns what outside belongs to it, in the order in which that was found; each once, with the address that was
     * given last. What was taken back since is not among it.
     */
    public List<Link> links() {
        Map<List<Object>, Link> links = new LinkedHashMap<>();
        opened().particulars().workItems().forEach(link -> add(links, link));
        for (ChangeEvent event : history) {
            if (event instanceof ChangeEvent.Linked linked) {
                add(links, linked.link());
            } else if (event instanceof ChangeEvent.Unlinked unlinked) {
                links.remove(name(unlinked.link()));
            }
        }
        return List.copyOf(links.values());
    }

    private static void add(Map<List<Object>, Link> links, Link link) {
        links.merge(name(link), link, (earlier, later) -> later.url().isEmpty() ? earlier : later);
    }

    private static List<Object> name(Link link) {
        return List.of(link.kind(), link.key());
    }

    /** Whether its deployment failed: it was unsuccessful, or caused an incident. */
    public boolean isFailed() {
        return outcome().filter(outcome -> outcome == Outcome.UNSUCCESSFUL).isPresent()
                || links().stream().anyMatch(link -> link.kind() == Link.Kind.INCIDENT);
    }

    /**
     * Whether the pipeline says that something else runs there than the gate last let through: somebody may have changed
     * it past the gate.
     */
    public boolean isDoubtful() {
        return !doubts().isEmpty();
    }

    /** Returns what says so, a sentence each. */
    public List<String> doubts() {
        return opened().gaps().stream()
                .filter(gap -> gap.kind() == Gap.Kind.BASE_CLAIMED)
                .map(Gap::because)
                .toList();
    }

    /** Returns that its post-implementation review was held, if it was; the last one. */
    public Optional<ChangeEvent.Reviewed> reviewed() {
        List<ChangeEvent.Reviewed> reviews = events(ChangeEvent.Reviewed.class);
        return reviews.isEmpty() ? Optional.empty() : Optional.of(reviews.get(reviews.size() - 1));
    }

    /** Whether the gate let it through and its deployment has not ended yet. */
    public boolean isDeploying() {
        return decided().filter(d -> d.decision().lets()).isPresent() && ended().isEmpty();
    }

    /**
     * Returns the same record without the delta, which may be large: all that is needed while it waits.
     */
    public ChangeRecord withoutDelta() {
        List<ChangeEvent> slim = new ArrayList<>(history);
        slim.set(0, opened().withoutDelta());
        return new ChangeRecord(number, slim);
    }

    /**
     * Returns why a post-implementation review is due, one sentence: it was overridden or an emergency, or it failed, and
     * none was held since. Empty if none is.
     */
    public Optional<String> review() {
        return Review.due(this);
    }

    private <T extends ChangeEvent> List<T> events(Class<T> type) {
        return history.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
