package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the store tells for measures, compared with what the records themselves say. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SqlChangeStoreFactsTest {

    private static final long CHANGES = 400;

    @Parameter
    private Databases.Kind kind;

    private DataSource database;
    private SqlChangeStore store;

    @BeforeEach
    void open(Databases.Source databases) throws Exception {
        database = databases.empty(kind);
        store = new SqlChangeStore(database, "north");
    }

    private Map<Long, ChangeFact> fill() throws StoreException {
        MeasuredLedger ledger = new MeasuredLedger(20_261_123, CHANGES);
        Map<Long, ChangeFact> expected = new TreeMap<>();
        Map<List<String>, List<ChangeRecord>> deployed = new HashMap<>();
        for (long number = 1; number <= CHANGES; number++) {
            List<ChangeEvent> history = ledger.next(number);
            ChangeRecord record = store.open((ChangeEvent.Opened) history.get(0));
            for (ChangeEvent event : history.subList(1, history.size())) {
                record = store.append(record, event).orElseThrow();
            }
            Facts.of(record, "north", undone(record, deployed)).ifPresent(fact -> expected.put(fact.number(), fact));
        }
        return expected;
    }

    /** Returns which change the deployment took back: the one before, if what that one had found runs again. */
    private static long undone(ChangeRecord record, Map<List<String>, List<ChangeRecord>> deployed) {
        if (record.ended().isEmpty()) {
            return 0;
        }
        var target = record.opened().judgement().target();
        List<ChangeRecord> before =
                deployed.computeIfAbsent(List.of(target.service(), target.environment()), key -> new ArrayList<>());
        ChangeRecord last = before.isEmpty() ? null : before.get(before.size() - 1);
        if (record.outcome().orElseThrow().isDeployed()) {
            before.add(record);
        }
        return last != null
                        && record.ended().orElseThrow().outcome().isDeployed()
                        && last.opened().delta() != null
                        && last.opened().delta().base().equals(record.opened().head())
                        && !last.opened().head().equals(record.opened().head())
                ? last.number()
                : 0;
    }

    private Map<Long, ChangeFact> facts(SqlChangeStore of) throws StoreException {
        Map<Long, ChangeFact> facts = new TreeMap<>();
        of.facts(0, fact -> facts.put(fact.number(), fact));
        return facts;
    }

    @Test
    void factsAreWhatTheRecordsSay() throws StoreException {
        Map<Long, ChangeFact> expected = fill();
        assertThat(facts(store)).isEqualTo(expected);
        assertThat(expected.values()).anyMatch(fact -> fact.undoes() > 0).anyMatch(ChangeFact::incident);
    }

    @Test
    void whatIsOlderThanTheTableIsPutIn() throws Exception {
        Map<Long, ChangeFact> expected = fill();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE changegate_measure");
            statement.execute(
                    kind == Databases.Kind.H2
                            ? "DELETE FROM \"changegate_schema\" WHERE CAST(\"version\" AS INT) >= 10"
                            : "DELETE FROM changegate_schema WHERE CAST(version AS INT) >= 10");
        }
        assertThat(facts(new SqlChangeStore(database, "south"))).isEqualTo(expected);
    }

    @Test
    void onlyWhatChangedIsGivenAgain() throws StoreException {
        fill();
        List<Long> given = new ArrayList<>();
        long seen = store.facts(0, fact -> {});
        assertThat(store.facts(seen, fact -> given.add(fact.number()))).isEqualTo(seen);
        assertThat(given).isEmpty();
        ChangeRecord waiting = store.open(Events.opened("shop", "production"));
        assertThat(store.facts(seen, fact -> given.add(fact.number()))).isEqualTo(seen + 1);
        assertThat(given).isEmpty();
        ChangeRecord decided =
                store.append(waiting, Events.decided(Decision.APPROVED)).orElseThrow();
        store.append(decided, Events.ended(Outcome.UNSUCCESSFUL));
        ChangeRecord old = store.find(5).orElseThrow();
        store.append(old, new ChangeEvent.Linked(Events.AT, new Link(Link.Kind.INCIDENT, "INC1", ""), "ada"));
        assertThat(store.facts(seen, fact -> given.add(fact.number()))).isEqualTo(seen + 4);
        assertThat(given).containsExactlyInAnyOrder(5L, waiting.number());
    }

    @Test
    void ofAnotherLedgerAllIsGiven() throws StoreException {
        Map<Long, ChangeFact> expected = fill();
        List<Long> given = new ArrayList<>();
        assertThat(store.facts(Long.MAX_VALUE, fact -> given.add(fact.number())))
                .isLessThan(Long.MAX_VALUE);
        assertThat(given).hasSameSizeAs(expected.keySet());
    }

    @Test
    void everyTextComesBackAsOneLine() throws StoreException {
        ChangeRecord record = store.open(Events.opened("a\\b\0c", "d\ne", "who\tis\nthis\0\\"));
        store.append(record, Events.decided(Decision.APPROVED));
        ChangeFact fact = facts(store).get(record.number());
        assertThat(fact.target().service()).isEqualTo("a\\b\0c");
        assertThat(fact.target().environment()).isEqualTo("d\ne");
        assertThat(fact.rules()).containsExactly("who is this \\ of the repository's policy");
        assertThat(fact.waits()).containsExactly(new ChangeFact.Wait("2 of who is this \\", -1));
    }
}
