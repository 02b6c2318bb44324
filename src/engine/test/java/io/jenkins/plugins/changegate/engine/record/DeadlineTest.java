package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What time does to a waiting change next. */
class DeadlineTest {

    private static final Instant OPENED = Events.AT;

    @Test
    void whatComesFirstIsNext() {
        assertThat(next(terms(50, 30, 40))).contains(deadline(Deadline.Kind.REMINDER, 30));
        assertThat(next(terms(50, 60, 40))).contains(deadline(Deadline.Kind.ESCALATION, 40));
        assertThat(next(terms(20, 60, 40))).contains(deadline(Deadline.Kind.EXPIRY, 20));
    }

    @Test
    void atTheSameMomentTheWeightiestComesFirst() {
        assertThat(next(terms(30, 30, 30))).contains(deadline(Deadline.Kind.EXPIRY, 30));
        assertThat(next(terms(40, 30, 30))).contains(deadline(Deadline.Kind.ESCALATION, 30));
        Terms late = terms(60, 30, 30);
        assertThat(next(late, escalated(late, 30))).contains(deadline(Deadline.Kind.EXPIRY, 60));
    }

    @Test
    void ofAllThatIsDueTheWeightiestIsDone() {
        ChangeRecord record = new ChangeRecord(1, List.of(Events.opened(terms(50, 30, 40))));
        assertThat(Deadline.due(record, at(29))).isEmpty();
        assertThat(Deadline.due(record, at(30))).contains(deadline(Deadline.Kind.REMINDER, 30));
        assertThat(Deadline.due(record, at(45))).contains(deadline(Deadline.Kind.ESCALATION, 40));
        assertThat(Deadline.due(record, at(90))).contains(deadline(Deadline.Kind.EXPIRY, 50));
    }

    @Test
    void termsThatKnowNoTimeHaveNoDeadline() {
        assertThat(next(Terms.NONE)).isEmpty();
        assertThat(next(terms(0, 30, 0))).contains(deadline(Deadline.Kind.REMINDER, 30));
    }

    @Test
    void reminderCountsFromTheLastReminderOrEscalation() {
        Terms terms = terms(0, 30, 70);
        ChangeEvent late = new ChangeEvent.Reminded(at(35));
        assertThat(next(terms, late)).contains(deadline(Deadline.Kind.REMINDER, 65));
        ChangeEvent again = new ChangeEvent.Reminded(at(65));
        assertThat(next(terms, late, again)).contains(deadline(Deadline.Kind.ESCALATION, 70));
        assertThat(next(terms, late, again, escalated(terms, 72))).contains(deadline(Deadline.Kind.REMINDER, 102));
    }

    @Test
    void voteIsNoReminder() {
        assertThat(next(terms(0, 30, 0), Events.approved("ada"), new ChangeEvent.Withdrawn(at(20), "ada", "Oops.")))
                .contains(deadline(Deadline.Kind.REMINDER, 30));
    }

    @Test
    void escalationHappensOnce() {
        Terms terms = terms(0, 0, 40);
        assertThat(next(terms)).contains(deadline(Deadline.Kind.ESCALATION, 40));
        assertThat(next(terms, escalated(terms, 41))).isEmpty();
    }

    @Test
    void expiryCountsFromTheOpeningWhateverHappens() {
        Terms terms = terms(100, 30, 40);
        assertThat(next(terms, new ChangeEvent.Reminded(at(30)), escalated(terms, 95)))
                .contains(deadline(Deadline.Kind.EXPIRY, 100));
    }

    @ParameterizedTest
    @EnumSource(Decision.class)
    void decidedChangeHasNoDeadline(Decision decision) {
        assertThat(next(terms(50, 30, 40), Events.decided(decision))).isEmpty();
    }

    /** In minutes; 0 for none. */
    private static Terms terms(int expiry, int reminder, int escalation) {
        return new Terms(
                minutes(expiry),
                minutes(reminder),
                minutes(escalation)
                        .map(after ->
                                new Terms.Escalation(after, "duty", Set.of(new Principal(Principal.Kind.USER, "zoe")))),
                false,
                Map.of());
    }

    private static Optional<Duration> minutes(int minutes) {
        return minutes == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(minutes));
    }

    private static Instant at(int minutes) {
        return OPENED.plus(Duration.ofMinutes(minutes));
    }

    private static ChangeEvent escalated(Terms terms, int minutes) {
        return new ChangeEvent.Escalated(at(minutes), terms.escalation().orElseThrow());
    }

    private static Deadline deadline(Deadline.Kind kind, int minutes) {
        return new Deadline(kind, at(minutes));
    }

    private static Optional<Deadline> next(Terms terms, ChangeEvent... events) {
        List<ChangeEvent> history = new ArrayList<>(List.of(Events.opened(terms)));
        history.addAll(List.of(events));
        return Deadline.next(new ChangeRecord(1, history));
    }
}
