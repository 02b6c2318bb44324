package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the store keeps, and what it finds again. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SqlChangeStoreTest {

    @Parameter
    private Databases.Kind kind;

    private SqlChangeStore store;

    @BeforeEach
    void open(Databases.Source databases) throws Exception {
        store = new SqlChangeStore(databases.empty(kind));
    }

    @Test
    void recordsAreNumberedFromOneWithoutGaps() throws StoreException {
        for (int i = 1; i <= 5; i++) {
            ChangeRecord record = store.open(Events.opened("shop", "production"));
            assertThat(record.number()).isEqualTo(i);
            assertThat(record.id()).isEqualTo("CHG-00000" + i);
            assertThatThrownBy(() -> store.open(Events.opened("x".repeat(2_000), "too long")))
                    .isInstanceOf(StoreException.class);
        }
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void recordIsFoundAsItWasWritten() throws StoreException {
        ChangeRecord record = store.open(Events.opened("shop", "production"));
        record = store.append(record, Events.approved("ada")).orElseThrow();
        record = store.append(record, Events.decided(Decision.APPROVED)).orElseThrow();
        record = store.append(record, Events.ended(Outcome.SUCCESSFUL)).orElseThrow();
        store.open(Events.opened("other", "production"));
        assertThat(store.find(1)).contains(record);
        assertThat(record.history()).hasSize(4);
        assertThat(record.ballot().votes()).hasSize(1);
        assertThat(store.find(99)).isEmpty();
        assertThat(store.find(-1)).isEmpty();
    }

    @Test
    void eventIsOnlyAddedToWhatTheCallerSaw() throws StoreException {
        ChangeRecord seen = store.open(Events.opened("shop", "production"));
        ChangeRecord rejected =
                store.append(seen, Events.decided(Decision.REJECTED)).orElseThrow();
        assertThat(store.append(seen, Events.decided(Decision.APPROVED))).isEmpty();
        assertThat(store.find(1)).contains(rejected);
        ChangeRecord stranger = new ChangeRecord(77, seen.history());
        assertThat(store.append(stranger, Events.approved("ada"))).isEmpty();
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void lastDeployedIsTheNewestThatEndedWell() throws StoreException {
        assertThat(store.lastDeployed("shop", "production")).isEmpty();
        deploy("shop", "production", Outcome.SUCCESSFUL);
        ChangeRecord second = deploy("shop", "production", Outcome.SUCCESSFUL_WITH_ISSUES);
        deploy("shop", "production", Outcome.UNSUCCESSFUL);
        deploy("shop", "qa", Outcome.SUCCESSFUL);
        deploy("cart", "production", Outcome.SUCCESSFUL);
        store.open(Events.opened("shop", "production"));
        let("shop", "production");
        ChangeRecord rejected = store.open(Events.opened("shop", "production"));
        store.append(rejected, Events.decided(Decision.REJECTED));
        assertThat(store.lastDeployed("shop", "production")).contains(second);
        assertThat(store.lastDeployed("SHOP", "production")).isEmpty();
        assertThat(store.lastDeployed("shop", "staging")).isEmpty();
    }

    @Test
    void lastDeployedIsTheOneThatEndedLastAndNotTheOneThatBeganLast() throws StoreException {
        ChangeRecord slow = let("shop", "production");
        deploy("shop", "production", Outcome.SUCCESSFUL);
        slow = store.append(slow, Events.ended(Outcome.SUCCESSFUL)).orElseThrow();
        assertThat(store.lastDeployed("shop", "production")).contains(slow);
    }

    @Test
    void deployingAreThoseLetThroughAndNotEnded() throws StoreException {
        store.open(Events.opened("shop", "production"));
        deploy("shop", "production", Outcome.UNSUCCESSFUL);
        ChangeRecord refused = store.open(Events.opened("shop", "production"));
        store.append(refused, Events.decided(Decision.REFUSED));
        ChangeRecord one = let("shop", "production");
        ChangeRecord two = let("cart", "qa");
        assertThat(store.deploying()).containsExactly(one, two);
        store.append(one, Events.ended(Outcome.SUCCESSFUL));
        assertThat(store.deploying()).containsExactly(two);
    }

    @Test
    void waitingAreThoseNotDecided() throws StoreException {
        deploy("shop", "production", Outcome.SUCCESSFUL);
        ChangeRecord one = store.open(Events.opened("shop", "production"));
        ChangeRecord two = store.open(Events.opened("cart", "production"));
        two = store.append(two, Events.approved("ada")).orElseThrow();
        assertThat(store.waiting()).containsExactly(one, two);
        store.append(one, Events.decided(Decision.EXPIRED));
        assertThat(store.waiting()).containsExactly(two);
    }

    @Test
    void afterAreThoseOfTheSameTargetThatWereOpenedLater() throws StoreException {
        ChangeRecord first = deploy("shop", "production", Outcome.SUCCESSFUL);
        ChangeRecord waiting = store.open(Events.opened("shop", "production"));
        store.open(Events.opened("shop", "qa"));
        store.open(Events.opened("cart", "production"));
        ChangeRecord let = let("shop", "production");
        ChangeRecord deployed = deploy("shop", "production", Outcome.SUCCESSFUL);
        assertThat(store.after(first.number(), "shop", "production")).containsExactly(waiting, let, deployed);
        waiting = store.append(waiting, Events.decided(Decision.SUPERSEDED)).orElseThrow();
        assertThat(store.after(0, "shop", "production")).containsExactly(first, waiting, let, deployed);
        assertThat(store.after(let.number(), "shop", "production")).containsExactly(deployed);
        assertThat(store.after(deployed.number(), "shop", "production")).isEmpty();
        assertThat(store.after(0, "SHOP", "production")).isEmpty();
        assertThat(store.after(first.number(), "shop", "qa")).hasSize(1);
    }

    @Test
    void namesAreOnlyNames() throws StoreException {
        List<String> names = List.of(
                "'; DROP TABLE changegate_event; --",
                "' OR '1'='1",
                "%",
                "_",
                "",
                " ",
                "a\0b",
                "\\",
                "\"quoted\"",
                "\u00fc\ud83d\ude80",
                "x'), (1, 'y");
        for (String name : names) {
            assertThat(store.lastDeployed(name, name)).as(name).isEmpty();
            ChangeRecord deployed = deploy(name, name, Outcome.SUCCESSFUL);
            assertThat(store.lastDeployed(name, name)).as(name).contains(deployed);
            assertThat(store.after(0, name, name)).as(name).containsExactly(deployed);
        }
        assertThat(store.verify()).isEmpty();
    }

    private ChangeRecord let(String service, String environment) throws StoreException {
        ChangeRecord record = store.open(Events.opened(service, environment));
        return store.append(record, Events.decided(Decision.PASSED)).orElseThrow();
    }

    private ChangeRecord deploy(String service, String environment, Outcome outcome) throws StoreException {
        return store.append(let(service, environment), Events.ended(outcome)).orElseThrow();
    }
}
