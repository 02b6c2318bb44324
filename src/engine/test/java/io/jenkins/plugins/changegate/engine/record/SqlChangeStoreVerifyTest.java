package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever changes the ledger by hand is found out. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SqlChangeStoreVerifyTest {

    @Parameter
    private Databases.Kind kind;

    private DataSource database;
    private SqlChangeStore store;

    @BeforeEach
    void fill(Databases.Source databases) throws Exception {
        database = databases.empty(kind);
        store = new SqlChangeStore(database);
        for (int i = 0; i < 3; i++) {
            ChangeRecord record = store.open(Events.opened("shop", "production"));
            record = store.append(record, Events.decided(Decision.REJECTED)).orElseThrow();
        }
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void emptyStoreIsWell(Databases.Source databases) throws Exception {
        assertThat(new SqlChangeStore(databases.empty(kind)).verify()).isEmpty();
    }

    @Test
    void alteredBodyIsFound() throws Exception {
        tamper("UPDATE changegate_event SET body = REPLACE(body, 'rejected', 'approved') WHERE sequence = 2");
        assertThat(store.verify()).hasValueSatisfying(what -> assertThat(what).contains("Event 2 of CHG-000001"));
    }

    @Test
    void alteredLastBodyIsFound() throws Exception {
        tamper("UPDATE changegate_event SET body = REPLACE(body, 'rejected', 'approved') WHERE sequence = 6");
        assertThat(store.verify()).isPresent();
    }

    @Test
    void eventGivenToAnotherChangeIsFound() throws Exception {
        tamper("UPDATE changegate_event SET number = 9 WHERE sequence = 4");
        assertThat(store.verify()).isPresent();
    }

    @Test
    void eventWithAnotherVersionIsFound() throws Exception {
        tamper("UPDATE changegate_event SET version = 3 WHERE sequence = 2");
        assertThat(store.verify()).isPresent();
    }

    @Test
    void eventGivenToAnotherControllerIsFound() throws Exception {
        tamper("UPDATE changegate_event SET controller = 'another' WHERE sequence = 4");
        assertThat(store.verify()).hasValueSatisfying(what -> assertThat(what).contains("Event 4 of CHG-000002"));
    }

    @Test
    void removedEventIsFound() throws Exception {
        tamper("DELETE FROM changegate_event WHERE sequence = 3");
        assertThat(store.verify()).hasValueSatisfying(what -> assertThat(what).contains("Event 3 is missing"));
    }

    @Test
    void removedEventWhoseGapIsClosedIsFound() throws Exception {
        tamper("DELETE FROM changegate_event WHERE sequence = 3");
        for (int i = 4; i <= 6; i++) {
            tamper("UPDATE changegate_event SET sequence = " + (i - 1) + " WHERE sequence = " + i);
        }
        assertThat(store.verify()).isPresent();
    }

    @Test
    void swappedEventsAreFound() throws Exception {
        tamper("UPDATE changegate_event SET sequence = 100 WHERE sequence = 2");
        tamper("UPDATE changegate_event SET sequence = 2 WHERE sequence = 4");
        tamper("UPDATE changegate_event SET sequence = 4 WHERE sequence = 100");
        assertThat(store.verify()).isPresent();
    }

    @Test
    void truncationAtTheEndIsFound() throws Exception {
        tamper("DELETE FROM changegate_event WHERE sequence > 4");
        assertThat(store.verify()).hasValueSatisfying(what -> assertThat(what).contains("4 events, but 6"));
    }

    @Test
    void emptiedStoreIsFound() throws Exception {
        tamper("DELETE FROM changegate_event");
        assertThat(store.verify()).isPresent();
    }

    @Test
    void recordWithoutItsBeginningCannotBeRead() throws Exception {
        tamper("DELETE FROM changegate_event WHERE sequence = 1");
        assertThatThrownBy(() -> store.find(1))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("CHG-000001 has lost its beginning");
        tamper("UPDATE changegate_event SET body = '{' WHERE sequence = 3");
        assertThatThrownBy(() -> store.find(2)).isInstanceOf(StoreException.class);
        assertThat(store.find(3)).isPresent();
    }

    @Test
    void eventPutInIsFound() throws Exception {
        tamper("INSERT INTO changegate_event (sequence, number, version, body, previous, hash)"
                + " SELECT 7, 9, 1, body, hash, hash FROM changegate_event WHERE sequence = 6");
        assertThat(store.verify()).isPresent();
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
