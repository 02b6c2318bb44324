package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever changes the ledger by hand is found out. */
class SqlChangeStoreVerifyTest {

    private final JdbcDataSource database = SqlChangeStoreTest.memory();
    private SqlChangeStore store;

    @BeforeEach
    void fill() throws StoreException {
        store = new SqlChangeStore(database);
        for (int i = 0; i < 3; i++) {
            ChangeRecord record = store.open(Events.opened("shop", "production"));
            record = store.append(record, Events.decided(Decision.REJECTED)).orElseThrow();
        }
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void emptyStoreIsWell() throws StoreException {
        assertThat(new SqlChangeStore(SqlChangeStoreTest.memory()).verify()).isEmpty();
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
    void removedEventIsFound() throws Exception {
        tamper("DELETE FROM changegate_event WHERE sequence = 3");
        assertThat(store.verify()).isPresent();
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
        tamper(
                "INSERT INTO changegate_event SELECT 7, 9, 1, body, hash, hash FROM changegate_event WHERE sequence = 6");
        assertThat(store.verify()).isPresent();
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
