package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Stores of older versions are brought up to date, with all that is in them. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SchemaTest {

    private static final List<ChangeEvent> HISTORY = List.of(
            Events.opened("shop", "production"),
            Events.decided(Decision.APPROVED),
            Events.ended(Outcome.UNSUCCESSFUL),
            Events.opened("shop", "production"),
            Events.decided(Decision.PASSED),
            Events.ended(Outcome.SUCCESSFUL),
            Events.partOf("retail", Events.opened("cart", "qa")),
            Events.decided(Decision.REJECTED),
            Events.opened("cart", "qa"));

    @Parameter
    private Databases.Kind kind;

    private DataSource database;

    @BeforeEach
    void open(Databases.Source databases) throws Exception {
        database = databases.empty(kind);
    }

    @Test
    void whatTheFirstVersionWroteIsAllThere() throws Exception {
        writeAsTheFirstVersionDid();
        SqlChangeStore store = new SqlChangeStore(database);
        assertThat(store.verify()).isEmpty();
        assertThat(store.find(1).orElseThrow().history()).isEqualTo(HISTORY.subList(0, 3));
        assertThat(store.lastDeployed("shop", "production").orElseThrow().number())
                .isEqualTo(2);
        assertThat(store.lastOutcomes("shop", "production", 9))
                .extracting(ChangeEvent.Ended::outcome)
                .containsExactly(Outcome.SUCCESSFUL, Outcome.UNSUCCESSFUL);
        ChangeRecord waiting = store.find(4).orElseThrow();
        assertThat(store.waiting()).containsExactly(waiting);
        assertThat(store.append(waiting, Events.approved("ada"))).isPresent();
        assertThat(store.open(Events.opened("shop", "production")).number()).isEqualTo(5);
        assertThat(store.page(ChangeFilter.ALL.reviewDue(), 9, 9))
                .containsExactly(ChangeSummary.of(store.find(1).orElseThrow(), ""));
        assertThat(store.page(ChangeFilter.ALL.decision(Decision.REJECTED), 9, 9))
                .containsExactly(ChangeSummary.of(store.find(3).orElseThrow(), ""));
        assertThat(store.page(ChangeFilter.ALL.product("retail"), 9, 9))
                .containsExactly(ChangeSummary.of(store.find(3).orElseThrow(), ""));
        List<ChangeFact> facts = new ArrayList<>();
        store.facts(0, facts::add);
        assertThat(facts).extracting(ChangeFact::product).containsExactly("", "", "retail");
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void openingTwiceChangesNothing() throws Exception {
        writeAsTheFirstVersionDid();
        List<ChangeSummary> first = new SqlChangeStore(database).page(ChangeFilter.ALL, 9, 9);
        assertThat(new SqlChangeStore(database).page(ChangeFilter.ALL, 9, 9)).isEqualTo(first);
    }

    @Test
    void aStepThatWasCutOffHalfWayIsDoneAgain() throws Exception {
        writeAsTheFirstVersionDid();
        run("ALTER TABLE changegate_event ADD COLUMN controller VARCHAR(200)");
        run("ALTER TABLE changegate_change ADD COLUMN version INT");
        assertThat(new SqlChangeStore(database).waiting()).hasSize(1);
    }

    @Test
    void tablesOfOthersInTheSameSchemaAreNoRecords() throws Exception {
        run("CREATE TABLE somebody_elses (id INT)");
        SqlChangeStore store = new SqlChangeStore(database);
        assertThat(store.open(Events.opened("shop", "production")).number()).isEqualTo(1);
    }

    @Test
    void aRecordThatSomebodyDamagedKeepsNobodyFromTheOthers() throws Exception {
        writeAsTheFirstVersionDid();
        run("DELETE FROM changegate_event WHERE sequence = 1");
        SqlChangeStore store = new SqlChangeStore(database);
        assertThat(store.verify()).hasValueSatisfying(what -> assertThat(what).contains("Event 1 is missing"));
        assertThat(store.lastDeployed("shop", "production")).isPresent();
    }

    @Test
    void aSchemaOfANewerVersionIsNotTouched() throws Exception {
        new SqlChangeStore(database);
        run(
                "INSERT INTO \"changegate_schema\" SELECT \"installed_rank\" + 100, '99', \"description\", \"type\", \"script\","
                        + " \"checksum\", \"installed_by\", \"installed_on\", \"execution_time\", \"success\""
                        + " FROM \"changegate_schema\" WHERE \"version\" = '4'");
        assertThatThrownBy(() -> new SqlChangeStore(database))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("99");
    }

    private void writeAsTheFirstVersionDid() throws SQLException {
        for (String sql : SchemaStep.all()[0].statements()) {
            run(sql);
        }
        String hash = Chain.GENESIS;
        long number = 0;
        int version = 0;
        for (int sequence = 1; sequence <= HISTORY.size(); sequence++) {
            ChangeEvent event = HISTORY.get(sequence - 1);
            if (event instanceof ChangeEvent.Opened opened) {
                number++;
                version = 0;
                update(
                        "INSERT INTO changegate_change (number, service, environment, head, state, settled)"
                                + " VALUES (?, ?, ?, ?, 'CLOSED', 1)",
                        number,
                        opened.judgement().target().service(),
                        opened.judgement().target().environment(),
                        opened.head());
            }
            version++;
            String body = new RecordJson().write(event);
            String next = Chain.hash(hash, sequence, number, version, body, "");
            update(
                    "INSERT INTO changegate_event (sequence, number, version, body, previous, hash)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    sequence,
                    number,
                    version,
                    body,
                    hash,
                    next);
            hash = next;
        }
        update("INSERT INTO changegate_ledger VALUES (1, ?, ?, ?)", number, HISTORY.size(), hash);
    }

    private void update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
