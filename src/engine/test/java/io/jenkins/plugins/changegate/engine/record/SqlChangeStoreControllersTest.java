package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Several controllers with one ledger. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SqlChangeStoreControllersTest {

    @Parameter
    private Databases.Kind kind;

    private SqlChangeStore one;
    private SqlChangeStore other;

    @BeforeEach
    void open(Databases.Source databases) throws Exception {
        DataSource database = databases.empty(kind);
        one = new SqlChangeStore(database, "one");
        other = new SqlChangeStore(database, "other");
    }

    @Test
    void numbersAreOneSequence() throws StoreException {
        assertThat(one.open(Events.opened("shop", "production")).number()).isEqualTo(1);
        assertThat(other.open(Events.opened("shop", "production")).number()).isEqualTo(2);
        assertThat(one.open(Events.opened("shop", "production")).number()).isEqualTo(3);
        assertThat(one.verify()).isEmpty();
        assertThat(other.verify()).isEmpty();
    }

    /** Another controller's open changes would look as if their builds were gone. */
    @Test
    void eachSeesOnlyItsOwnOpenChanges() throws StoreException {
        ChangeRecord waiting = one.open(Events.opened("shop", "production"));
        ChangeRecord deploying = one.open(Events.opened("cart", "production"));
        deploying = one.append(deploying, Events.decided(Decision.PASSED)).orElseThrow();
        assertThat(one.waiting()).containsExactly(waiting);
        assertThat(one.deploying()).containsExactly(deploying);
        assertThat(other.waiting()).isEmpty();
        assertThat(other.deploying()).isEmpty();
    }

    @Test
    void whatRunsSomewhereIsWhatAnyOfThemDeployedLast() throws StoreException {
        ChangeRecord first = deploy(one, Outcome.SUCCESSFUL);
        assertThat(other.lastDeployed("shop", "production")).contains(first);
        ChangeRecord second = deploy(other, Outcome.SUCCESSFUL_WITH_ISSUES);
        assertThat(one.lastDeployed("shop", "production")).contains(second);
        assertThat(one.after(1, "shop", "production")).containsExactly(second);
        deploy(one, Outcome.UNSUCCESSFUL);
        assertThat(other.lastOutcomes("shop", "production", 2))
                .extracting(ChangeEvent.Ended::outcome)
                .containsExactly(Outcome.UNSUCCESSFUL, Outcome.SUCCESSFUL_WITH_ISSUES);
    }

    @Test
    void ofTwoThatSawTheSameOnlyTheFirstAdds() throws StoreException {
        ChangeRecord seen = one.open(Events.opened("shop", "production"));
        assertThat(other.append(seen, Events.approved("ada"))).isPresent();
        assertThat(one.append(seen, Events.approved("bob"))).isEmpty();
        assertThat(one.verify()).isEmpty();
    }

    private static ChangeRecord deploy(SqlChangeStore store, Outcome outcome) throws StoreException {
        ChangeRecord record = store.open(Events.opened("shop", "production"));
        record = store.append(record, Events.decided(Decision.PASSED)).orElseThrow();
        return store.append(record, Events.ended(outcome)).orElseThrow();
    }
}
