package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.approval.Ballot;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import java.util.ArrayList;
import java.util.List;
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

    /** Returns what is asked for, and who has approved so far. */
    public Ballot ballot() {
        List<Vote> votes = new ArrayList<>();
        events(ChangeEvent.Approved.class).forEach(approved -> votes.add(approved.vote()));
        List<Requirement> requirements = opened().judgement().verdict().requirements();
        return new Ballot(requirements, votes);
    }

    /** Returns how it was decided, if it was. */
    public Optional<ChangeEvent.Decided> decided() {
        return events(ChangeEvent.Decided.class).stream().findFirst();
    }

    /** Returns how the deployment ended, if it has. */
    public Optional<ChangeEvent.Ended> ended() {
        return events(ChangeEvent.Ended.class).stream().findFirst();
    }

    /** Whether the gate let it through and its deployment has not ended yet. */
    public boolean isDeploying() {
        return decided().filter(d -> d.decision().lets()).isPresent() && ended().isEmpty();
    }

    private <T extends ChangeEvent> List<T> events(Class<T> type) {
        return history.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
