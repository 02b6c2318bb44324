package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept no longer: contents go, places and hashes stay, and nothing goes that is needed still. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SealingTest {

    private static final String POLICY = "p".repeat(64);
    private static final Instant LATER = Events.AT.plusSeconds(1);

    @Parameter
    private Databases.Kind kind;

    private DataSource database;
    private SqlChangeStore store;

    @BeforeEach
    void open(Databases.Source databases) throws Exception {
        database = databases.empty(kind);
        store = new SqlChangeStore(database, "one");
    }

    private ChangeRecord deployed(String service, Outcome outcome) throws StoreException {
        ChangeRecord record = store.open(Events.opened(service, "production"));
        record = store.append(record, Events.decided(Decision.PASSED)).orElseThrow();
        return store.append(record, Events.ended(outcome)).orElseThrow();
    }

    private int seal(Instant before) throws StoreException {
        return store.seal(before, 0, 100, "It is kept for 1 year.", POLICY).sealed();
    }

    @Test
    void contentsGoAndPlacesAndHashesStayAndTheSealSaysWhy() throws Exception {
        ChangeRecord old = deployed("shop", Outcome.SUCCESSFUL);
        List<ChainedEvent> before = store.events(old.number());
        ChangeRecord last = deployed("shop", Outcome.SUCCESSFUL);
        assertThat(seal(LATER)).isEqualTo(1);
        assertThat(store.find(old.number())).isEmpty();
        assertThat(store.find(last.number())).contains(last);
        List<ChainedEvent> after = store.events(old.number());
        assertThat(after).hasSize(4);
        for (int i = 0; i < 3; i++) {
            assertThat(after.get(i).text()).isEmpty();
            assertThat(after.get(i).hash()).isEqualTo(before.get(i).hash());
            assertThat(after.get(i).sequence()).isEqualTo(before.get(i).sequence());
        }
        assertThat(after.get(3).text())
                .contains(
                        "\"event\":\"sealed\"",
                        "It is kept for 1 year.",
                        POLICY,
                        before.get(0).hash());
        assertThat(store.verify()).isEmpty();
        // Whoever looks for it finds that there was one, and no more.
        ChangeSummary stub = store.page(ChangeFilter.ALL, 2, 1).get(0);
        assertThat(stub.isSealed()).isTrue();
        assertThat(stub.outcome()).contains(Outcome.SUCCESSFUL);
        assertThat(store.page(ChangeFilter.ALL, 3, 1).get(0).isSealed()).isFalse();
    }

    @Test
    void aSecondTimeThereIsNothingToSealAndTheLedgerGoesOn() throws Exception {
        deployed("shop", Outcome.SUCCESSFUL);
        deployed("shop", Outcome.SUCCESSFUL);
        assertThat(seal(LATER)).isEqualTo(1);
        assertThat(seal(Instant.now().plusSeconds(100))).isZero();
        assertThat(deployed("shop", Outcome.SUCCESSFUL).number()).isEqualTo(3);
        assertThat(store.lastDeployed("shop", "production").orElseThrow().number())
                .isEqualTo(3);
        assertThat(store.lastOutcomes("shop", "production", 20)).hasSize(2);
        assertThat(store.after(0, "shop", "production"))
                .extracting(ChangeRecord::number)
                .containsExactly(2L, 3L);
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void whatIsOpenOrYoungOrRunsOrIsToBeReviewedStays() throws Exception {
        store.open(Events.opened("shop", "production"));
        ChangeRecord deploying = store.open(Events.opened("shop", "production"));
        store.append(deploying, Events.decided(Decision.PASSED)).orElseThrow();
        deployed("cart", Outcome.SUCCESSFUL);
        ChangeRecord failed = deployed("shop", Outcome.UNSUCCESSFUL);
        assertThat(seal(Events.AT)).isZero();
        assertThat(seal(LATER)).isZero();
        failed = store.append(failed, new ChangeEvent.Reviewed(Events.AT, "ada", "Held."))
                .orElseThrow();
        assertThat(seal(LATER)).isEqualTo(1);
        assertThat(store.find(failed.number())).isEmpty();
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void anotherControllersChangesStay() throws Exception {
        deployed("shop", Outcome.SUCCESSFUL);
        deployed("shop", Outcome.SUCCESSFUL);
        SqlChangeStore other = new SqlChangeStore(database, "other");
        assertThat(other.seal(LATER, 0, 100, "because", POLICY).sealed()).isZero();
    }

    @Test
    void batchesGoOnWhereTheLastOneEnded() throws Exception {
        for (int i = 0; i < 5; i++) {
            deployed("shop", Outcome.SUCCESSFUL);
        }
        ChangeStore.SealedBatch first = store.seal(LATER, 0, 2, "because", POLICY);
        assertThat(first).isEqualTo(new ChangeStore.SealedBatch(List.of(1L, 2L), 2));
        ChangeStore.SealedBatch second = store.seal(LATER, first.last(), 2, "because", POLICY);
        assertThat(second).isEqualTo(new ChangeStore.SealedBatch(List.of(3L, 4L), 4));
        // The fifth is what runs there.
        assertThat(store.seal(LATER, second.last(), 2, "because", POLICY))
                .isEqualTo(new ChangeStore.SealedBatch(List.of(), 0));
        assertThat(store.verify()).isEmpty();
    }
}
