package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FactsTest {

    private static final Requirement OWNERS =
            new Requirement(1, "owners", Set.of(new Principal(Principal.Kind.GROUP, "owners")));
    private static final Requirement MANAGERS =
            new Requirement(2, "managers", Set.of(new Principal(Principal.Kind.GROUP, "managers")), 2);

    private static ChangeEvent.Opened opened(List<Requirement> requirements, List<String> reasons) {
        ChangeEvent.Opened opened = Events.opened("shop", "production");
        Judgement judged = opened.judgement();
        return new ChangeEvent.Opened(
                opened.at(),
                opened.origin(),
                "",
                "",
                new Judgement(
                        judged.target(),
                        judged.assessment(),
                        new Verdict(Verdict.Kind.ASK, requirements, reasons),
                        "",
                        Terms.NONE),
                "",
                List.of(),
                null,
                List.of(),
                "");
    }

    private static ChangeFact fact(ChangeEvent... events) {
        List<ChangeEvent> history = new ArrayList<>(Arrays.asList(events));
        history.add(new ChangeEvent.Decided(Events.AT.plusSeconds(9_000), Decision.APPROVED, "", ""));
        return Facts.of(new ChangeRecord(1, history), "", 0).orElseThrow();
    }

    private static ChangeEvent.Approved approved(long seconds, String voter, int requirement) {
        return new ChangeEvent.Approved(Events.AT.plusSeconds(seconds), new Vote(voter, "", Set.of(requirement)));
    }

    @Test
    void aRequirementWaitsFromWhenItIsAskedToItsLastApproval() {
        ChangeFact fact = fact(
                opened(List.of(OWNERS, MANAGERS), List.of("Why")),
                approved(100, "a", 0),
                approved(150, "b", 1),
                approved(400, "c", 1));
        assertThat(fact.waits())
                .containsExactly(new ChangeFact.Wait("1 of owners", 100), new ChangeFact.Wait("2 of managers", 300));
    }

    @Test
    void anApprovalThatWasTakenBackMetNothing() {
        ChangeFact fact = fact(
                opened(List.of(OWNERS), List.of("Why")),
                approved(100, "a", 0),
                new ChangeEvent.Withdrawn(Events.AT.plusSeconds(200), "a", ""),
                approved(500, "b", 0));
        assertThat(fact.waits()).containsExactly(new ChangeFact.Wait("1 of owners", 500));
        assertThat(fact(opened(List.of(OWNERS), List.of("Why"))).waits())
                .containsExactly(new ChangeFact.Wait("1 of owners", -1));
    }

    @Test
    void whoIsAskedByNameIsNotNamed() {
        Requirement lead = new Requirement(1, "ada", Set.of(new Principal(Principal.Kind.USER, "ada")));
        Requirement group = new Requirement(1, "team", Set.of(new Principal(Principal.Kind.USER, "bob", "team")));
        assertThat(fact(opened(List.of(lead, group), List.of("Why"))).waits())
                .extracting(ChangeFact.Wait::requirement)
                .containsExactly("1 of people named by the policy", "1 of team");
    }

    @Test
    void noPersonIsInThem() {
        MeasuredLedger ledger = new MeasuredLedger(20_261_123, 500);
        for (long number = 1; number <= 500; number++) {
            ChangeRecord record = new ChangeRecord(number, ledger.next(number));
            assertThat(record.toString()).contains("Somebody Particular");
            Facts.of(record, "", 0)
                    .ifPresent(fact -> assertThat(fact.toString())
                            .doesNotContainIgnoringCase("somebody")
                            .doesNotContainIgnoringCase("author")
                            .doesNotContainIgnoringCase("user"));
        }
    }

    @Test
    void rulesAreThoseThatReasonsAndTheScoreName() {
        ChangeFact fact = fact(opened(
                List.of(OWNERS),
                List.of(
                        "It is (so). (rule big: a/b.c, d)",
                        "It is. (rule no way back of the policy of the folder Shop/Web)",
                        "It is. (rule tables of the organisation's policy: db/V1.sql (new))",
                        "Risk is high (55 of 100); up to low passes by itself.")));
        assertThat(fact.rules())
                .containsExactly(
                        "big",
                        "no way back of the policy of the folder Shop/Web",
                        "tables of the organisation's policy",
                        "text of the repository's policy");
    }

    @Test
    void theAgeOfCommitsIsTheirLowerMedianWithoutThoseTakenBack() {
        assertThat(age()).isEqualTo(-1);
        assertThat(age(commit(50, true))).isEqualTo(-1);
        assertThat(age(commit(10, false), commit(40, false), commit(50, true), commit(20, false)))
                .isEqualTo(20);
        assertThat(age(commit(10, false), commit(40, false))).isEqualTo(10);
        assertThat(age(commit(-10, false))).isZero();
    }

    private static Commit commit(long age, boolean undone) {
        Commit plain = Events.opened("shop", "production").delta().commits().get(0);
        return new Commit(
                plain.id(), undone, Events.AT.getEpochSecond() - age, plain.author(), plain.author(), List.of(), "");
    }

    private static long age(Commit... commits) {
        ChangeEvent.Opened opened = Events.opened("shop", "production");
        Delta delta = opened.delta();
        Instant at = opened.at();
        return fact(new ChangeEvent.Opened(
                        at,
                        opened.origin(),
                        "",
                        "",
                        opened.judgement(),
                        "",
                        List.of(),
                        new Delta("", "", delta.files(), delta.totals(), List.of(commits), List.of()),
                        List.of(),
                        ""))
                .commitAge();
    }
}
