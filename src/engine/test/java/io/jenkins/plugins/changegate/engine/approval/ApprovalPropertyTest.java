package io.jenkins.plugins.changegate.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.approval.Approval.Ruling;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds whoever clicks what in which order: random people, ballots and clicks. */
class ApprovalPropertyTest {

    /** Another one each time; put a printed one here to see its cases again. */
    private static final long SEED = new Random().nextLong();

    private static final int CASES = 400;
    private static final List<String> GROUPS = List.of("leads", "owners", "managers");
    private static final List<String> PEOPLE = List.of("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7");

    private final Random random = new Random(SEED);
    private final PolicyReader reader = new PolicyReader();

    @BeforeEach
    void printSeed() {
        System.out.println("Seed: " + SEED);
    }

    @Test
    void ballotIsOnlyCompleteByDifferentPeopleWhoMay() throws PolicyException {
        int complete = 0;
        int deputies = 0;
        int withdrawn = 0;
        for (int i = 0; i < CASES; i++) {
            Case one = new Case(true, 3);
            Ballot ballot = one.ballot;
            for (int click = 0; click < 25; click++) {
                String id = oneOf(PEOPLE);
                if (random.nextInt(6) == 0) {
                    withdrawn += ballot.votes().stream()
                                    .anyMatch(vote -> vote.voter().equals(id))
                            ? 1
                            : 0;
                    ballot = ballot.without(id);
                } else {
                    ballot = one.click(ballot, id);
                }
                one.assertSound(ballot, "seed " + SEED + ", case " + i + ": " + ballot + "\n" + one.people);
            }
            complete += ballot.isComplete() ? 1 : 0;
            deputies += (int) ballot.votes().stream()
                    .filter(vote -> !vote.standsInFor().isEmpty())
                    .count();
        }
        // Else nothing was shown.
        assertThat(List.of(complete, deputies, withdrawn)).allMatch(times -> times > CASES / 20);
    }

    @Test
    void orderOfVotesWithinAStageMakesNoDifference() throws PolicyException {
        int complete = 0;
        for (int i = 0; i < CASES; i++) {
            Case one = new Case(false, 1);
            List<String> order = new ArrayList<>(PEOPLE.subList(0, 2 + random.nextInt(PEOPLE.size() - 1)));
            Ballot first = one.clicks(order);
            complete += first.isComplete() ? 1 : 0;
            for (int n = 0; n < 5; n++) {
                Collections.shuffle(order, random);
                assertThat(one.clicks(order).isComplete())
                        .as("seed %s, case %s: %s %s", SEED, i, order, first)
                        .isEqualTo(first.isComplete());
            }
        }
        assertThat(complete).isBetween(CASES / 20, CASES - CASES / 20);
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private List<String> someOf(List<String> all) {
        return all.stream().filter(one -> random.nextInt(3) == 0).toList();
    }

    /** A ballot and people, some of them authors, some of them each other's deputies. */
    private final class Case {
        private final Map<String, Voter> people = new HashMap<>();
        private final Ballot ballot;
        private final Set<String> excluded = new HashSet<>(List.of(oneOf(PEOPLE), oneOf(PEOPLE)));
        private final Approval approval;

        Case(boolean withDeputies, int stages) throws PolicyException {
            Map<String, Voter> alone = new HashMap<>();
            for (String id : PEOPLE) {
                Set<String> groups = Set.copyOf(someOf(GROUPS));
                alone.put(id, new Voter(id, "Name of " + id, "", groups, random.nextBoolean()));
            }
            alone.values().forEach(voter -> people.put(voter.id(), withDeputies ? deputy(voter, alone) : voter));
            List<String> own = new ArrayList<>(excluded);
            List<Person> authors =
                    own.stream().skip(1).map(id -> new Person(id, "")).toList();
            approval = new Approval(new Separation(own.get(0), authors), String::equals, String::equals);
            ballot = new Ballot(requirements(stages), List.of());
        }

        private Voter deputy(Voter voter, Map<String, Voter> alone) {
            List<Voter> absent = someOf(PEOPLE).stream()
                    .filter(id -> random.nextBoolean() && !id.equals(voter.id()))
                    .map(alone::get)
                    .toList();
            return new Voter(voter.id(), voter.name(), "", voter.groups(), voter.approver(), absent);
        }

        /** As a policy writes them. */
        private List<Requirement> requirements(int stages) throws PolicyException {
            List<String> names = List.of("leads", "owners", "managers", "some", "user:p3");
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(3); n >= 0; n--) {
                List<String> including = random.nextBoolean() ? List.of() : List.of(oneOf(names));
                List<String> from = someOf(names);
                text.append("{").append(from.isEmpty() ? "" : "from: " + from + ", ");
                text.append(including.isEmpty() ? "" : "including: " + including + ", ");
                text.append("at-least: ").append(1 + random.nextInt(2));
                text.append(", stage: ").append(1 + random.nextInt(stages)).append("}, ");
            }
            return reader.read(
                            Layer.ORGANISATION,
                            "random",
                            "groups: {some: ['user:p1', 'user:p5', owners]}\nenvironments: {e: {approvals: {low: ["
                                    + text + "]}}}")
                    .environment("e")
                    .approvals(RiskLevel.LOW);
        }

        Ballot clicks(List<String> order) {
            Ballot now = ballot;
            for (String id : order) {
                now = click(now, id);
            }
            return now;
        }

        Ballot click(Ballot before, String id) {
            Voter voter = people.get(id);
            if (approval.approve(before, voter, "") instanceof Ruling.Counted counted) {
                assertThat(approval.mayReject(before, voter)).as(id).isTrue();
                assertThat(approval.mayReject(counted.ballot(), voter)).as(id).isTrue();
                return counted.ballot();
            }
            return before;
        }

        void assertSound(Ballot now, String what) {
            List<String> voters = now.votes().stream().map(Vote::voter).toList();
            List<String> absent = now.votes().stream()
                    .map(Vote::standsInFor)
                    .filter(id -> !id.isEmpty())
                    .toList();
            assertThat(Stream.concat(voters.stream(), absent.stream()))
                    .as(what)
                    .doesNotHaveDuplicates()
                    .doesNotContainAnyElementsOf(excluded);
            excluded.forEach(id ->
                    assertThat(approval.mayReject(now, people.get(id))).as(what).isFalse());
            assertThat(approval.lapsed(now, id -> Optional.of(people.get(id))))
                    .as(what)
                    .isEmpty();
            List<Requirement> slots = now.requirements().stream()
                    .flatMap(each -> Collections.nCopies(each.atLeast(), each).stream())
                    .toList();
            List<Voter> places = now.votes().stream()
                    .map(vote -> people.get(vote.standsInFor().isEmpty() ? vote.voter() : vote.standsInFor()))
                    .toList();
            if (now.isComplete()) {
                assertThat(canFill(slots, 0, new ArrayList<>(places))).as(what).isTrue();
            }
        }

        /** Whether there is somebody for each slot, by trying all; written without what is tested. */
        private boolean canFill(List<Requirement> slots, int slot, List<Voter> left) {
            if (slot == slots.size()) {
                return true;
            }
            for (Voter one : left) {
                List<Voter> others = new ArrayList<>(left);
                others.remove(one);
                if (slots.get(slot).from().stream().anyMatch(principal -> is(one, principal))
                        && canFill(slots, slot + 1, others)) {
                    return true;
                }
            }
            return false;
        }

        private boolean is(Voter voter, Principal principal) {
            return switch (principal.kind()) {
                case USER -> voter.id().equals(principal.name());
                case GROUP -> voter.groups().contains(principal.name());
                case APPROVER -> voter.approver();
            };
        }
    }
}
