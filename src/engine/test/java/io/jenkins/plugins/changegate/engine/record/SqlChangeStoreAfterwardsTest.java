package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a deployment after it ended. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SqlChangeStoreAfterwardsTest {

    @Parameter
    private Databases.Kind kind;

    private SqlChangeStore store;

    @BeforeEach
    void open(Databases.Source databases) throws Exception {
        store = new SqlChangeStore(databases.empty(kind));
    }

    private ChangeRecord deployed(String base, String head, Outcome outcome) throws StoreException {
        ChangeRecord record = store.open(Events.between("shop", "production", base, head, Events.AT));
        return with(with(record, Events.decided(Decision.PASSED)), Events.ended(outcome));
    }

    private ChangeRecord with(ChangeRecord record, ChangeEvent event) throws StoreException {
        return store.append(record, event).orElseThrow();
    }

    private List<Outcome> outcomes() throws StoreException {
        return store.lastOutcomes("shop", "production", 9).stream()
                .map(ChangeEvent.Ended::outcome)
                .toList();
    }

    /** A base further back would make a deployment of what ran before look like no change at all. */
    @Test
    void whatIsSaidToHaveFailedAfterwardsRunsThereUntilSomethingElseDoes() throws StoreException {
        deployed("a", "b", Outcome.SUCCESSFUL);
        ChangeRecord bad = with(deployed("b", "c", Outcome.SUCCESSFUL), Events.corrected(Outcome.UNSUCCESSFUL));
        assertThat(store.lastDeployed("shop", "production")).contains(bad);
        assertThat(outcomes()).containsExactly(Outcome.UNSUCCESSFUL, Outcome.SUCCESSFUL);
        deployed("c", "d", Outcome.UNSUCCESSFUL);
        assertThat(store.lastDeployed("shop", "production")).contains(bad);
        assertThat(outcomes()).containsExactly(Outcome.UNSUCCESSFUL, Outcome.UNSUCCESSFUL, Outcome.SUCCESSFUL);
    }

    @Test
    void whatIsSaidToHaveWorkedAfterwardsRunsThere() throws StoreException {
        deployed("a", "b", Outcome.SUCCESSFUL);
        ChangeRecord good = deployed("b", "c", Outcome.UNSUCCESSFUL);
        assertThat(store.lastDeployed("shop", "production").orElseThrow().number())
                .isEqualTo(1);
        good = with(good, Events.corrected(Outcome.SUCCESSFUL_WITH_ISSUES));
        assertThat(store.lastDeployed("shop", "production")).contains(good);
        good = with(good, Events.corrected(Outcome.UNSUCCESSFUL));
        assertThat(store.lastDeployed("shop", "production")).contains(good);
    }

    @Test
    void anIncidentMakesADeploymentUnsuccessful() throws StoreException {
        ChangeRecord record = with(deployed("a", "b", Outcome.SUCCESSFUL), Events.incident("INC1"));
        assertThat(outcomes()).containsExactly(Outcome.UNSUCCESSFUL);
        assertThat(store.page(ChangeFilter.ALL.outcome(Outcome.SUCCESSFUL), 9, 9))
                .as("which it says itself is another thing")
                .containsExactly(ChangeSummary.of(record, ""));
        ChangeRecord cleared = with(record, Events.noIncident("INC1"));
        assertThat(outcomes()).containsExactly(Outcome.SUCCESSFUL);
        assertThat(due()).isEmpty();
        assertThat(store.page(ChangeFilter.ALL, 9, 9)).containsExactly(ChangeSummary.of(cleared, ""));
    }

    @Test
    void reviewsAreListedUntilTheyAreHeld() throws StoreException {
        deployed("a", "b", Outcome.SUCCESSFUL);
        ChangeRecord failed = deployed("b", "c", Outcome.UNSUCCESSFUL);
        ChangeRecord incident = with(deployed("b", "d", Outcome.SUCCESSFUL), Events.incident("INC1"));
        assertThat(due()).containsExactly(incident.number(), failed.number());
        with(failed, Events.reviewed());
        assertThat(due()).containsExactly(incident.number());
        with(with(incident, Events.reviewed()), Events.incident("INC2"));
        assertThat(due()).containsExactly(incident.number());
        assertThat(store.verify()).isEmpty();
    }

    private List<Long> due() throws StoreException {
        return store.page(ChangeFilter.ALL.reviewDue(), 99, 99).stream()
                .map(ChangeSummary::number)
                .toList();
    }

    @Test
    void aRollbackIsKnownOfBothChangesAlsoIfTheOneWasSaidToHaveFailedBefore() throws StoreException {
        ChangeRecord first = deployed("a", "b", Outcome.SUCCESSFUL);
        ChangeRecord bad = with(deployed("b", "c", Outcome.SUCCESSFUL), Events.corrected(Outcome.UNSUCCESSFUL));
        ChangeRecord back = deployed("c", "b", Outcome.SUCCESSFUL);
        ChangeRecord next = deployed("b", "e", Outcome.SUCCESSFUL);
        assertThat(store.rollback(bad.number())).isEqualTo(new Rollback(List.of(back.number()), List.of()));
        assertThat(store.rollback(back.number())).isEqualTo(new Rollback(List.of(), List.of(bad.number())));
        for (ChangeRecord other : List.of(first, next)) {
            assertThat(store.rollback(other.number())).isEqualTo(new Rollback(List.of(), List.of()));
        }
    }
}
