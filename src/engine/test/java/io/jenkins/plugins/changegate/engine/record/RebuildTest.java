package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.judge.PromotableModel;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.ModelVersion;
import io.jenkins.plugins.changegate.engine.record.Rebuilt.Range;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that was lost is made again from copies: all that they have, nothing else, and it says what is missing. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class RebuildTest {

    private static final long SEED = Long.getLong("changegate.rebuild.seed", 20_261_123);
    private static final int CHANGES = 120;

    @Parameter
    private Databases.Kind kind;

    private Databases.Source databases;
    private SqlChangeStore lost;
    private DataSource database;
    private SqlChangeStore store;

    @BeforeEach
    void open(Databases.Source source) throws Exception {
        databases = source;
        lost = new SqlChangeStore(databases.empty(kind), "one");
        database = databases.empty(kind);
        store = new SqlChangeStore(database, "one");
    }

    private static Map<Long, String> copies(ChangeStore from) throws StoreException {
        Map<Long, String> lines = new TreeMap<>();
        for (ChangeSummary change : from.page(ChangeFilter.ALL, Long.MAX_VALUE, 1_000)) {
            lines.put(
                    change.number(),
                    ChangeCopy.line(from.find(change.number()).orElseThrow(), from.events(change.number())));
        }
        return lines;
    }

    private Rebuild.Report rebuild(Map<Long, String> copies, long... mentioned) throws StoreException {
        List<Map.Entry<Long, String>> shuffled = new ArrayList<>(copies.entrySet());
        Collections.shuffle(shuffled, new Random(SEED));
        return store.rebuild(
                taker -> {
                    for (Map.Entry<Long, String> copy : shuffled) {
                        taker.copy("build " + copy.getKey(), copy.getValue());
                    }
                    for (long number : mentioned) {
                        taker.mentioned(number);
                    }
                },
                "ada");
    }

    /** Three changes of three events each, one after the other: places 1 to 3, 4 to 6, 7 to 9. */
    private Map<Long, String> three() throws StoreException {
        for (int i = 0; i < 3; i++) {
            ChangeRecord record = lost.open(Events.opened("shop", "production"));
            record = lost.append(record, Events.decided(Decision.PASSED)).orElseThrow();
            lost.append(record, Events.ended(Outcome.SUCCESSFUL)).orElseThrow();
        }
        return copies(lost);
    }

    @Test
    void fromCopiesOfAllChangesEveryTableIsWhatItWas() throws Exception {
        DataSource before = databases.empty(kind);
        SqlChangeStore original = new SqlChangeStore(before, "one");
        fill(original);
        Rebuild.Report report = rebuild(copies(original));
        assertThat(report.damaged()).isEmpty();
        assertThat(report.missing()).isEmpty();
        assertThat(report.rebuilt().lost()).isEmpty();
        List<StoredEvents.Row> events = new StoredEvents(before).read();
        List<StoredEvents.Row> now = new StoredEvents(database).read();
        assertThat(report.rebuilt().events()).isEqualTo(events.size());
        assertThat(now.subList(0, events.size())).isEqualTo(events);
        assertThat(now).hasSize(events.size() + 1);
        for (String table : List.of("change", "track", "promotion", "deployment", "measure")) {
            assertThat(rows(before, table)).as(table).isNotEmpty();
            assertThat(rows(database, table)).as(table).isEqualTo(rows(before, table));
        }
        assertThat(store.verify()).isEmpty();
        assertThat(store.rebuilt()).contains(report.rebuilt());
        assertThat(store.open(Events.opened("shop", "production")).number()).isEqualTo(CHANGES + 1);
        assertThat(store.verify()).isEmpty();
    }

    /** Changes of all kinds, some at the same time, with promotions and what is said afterwards. */
    private static void fill(SqlChangeStore store) throws StoreException {
        MeasuredLedger ledger = new MeasuredLedger(SEED, 1_000);
        Random random = new Random(SEED);
        Map<ChangeRecord, List<ChangeEvent>> open = new LinkedHashMap<>();
        int opened = 0;
        while (opened < CHANGES || !open.isEmpty()) {
            if (opened < CHANGES && (open.isEmpty() || random.nextInt(3) == 0)) {
                opened++;
                if (opened % 10 == 0) {
                    promote(store, opened);
                } else {
                    List<ChangeEvent> history = ledger.next(opened);
                    open.put(
                            store.open((ChangeEvent.Opened) history.get(0)),
                            new ArrayList<>(history.subList(1, history.size())));
                }
                continue;
            }
            ChangeRecord record = new ArrayList<>(open.keySet()).get(random.nextInt(open.size()));
            List<ChangeEvent> rest = open.remove(record);
            if (!rest.isEmpty()) {
                open.put(store.append(record, rest.remove(0)).orElseThrow(), rest);
            }
        }
    }

    private static void promote(SqlChangeStore store, int opened) throws StoreException {
        PromotableModel model = new PromotableModel(Layer.REPOSITORY, "values", "1".repeat(64), Optional.empty());
        Route route = new Route("shop/main", "shop", "production");
        ChangeRecord record = store.open(Events.promotable(route, "abc".repeat(13) + opened % 3, model));
        record = store.append(record, Events.decided(Decision.PASSED)).orElseThrow();
        record = store.append(record, Events.ended(opened % 40 == 0 ? Outcome.UNSUCCESSFUL : Outcome.SUCCESSFUL))
                .orElseThrow();
        ModelVersion version = new ModelVersion(Layer.REPOSITORY, "values", "1".repeat(64));
        store.append(
                record,
                new ChangeEvent.Promoted(Events.AT, version, RiskLevel.LOW, "grace", "Fine", List.of(record.number())));
    }

    private static List<Map<String, Object>> rows(DataSource database, String table) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT * FROM changegate_" + table)) {
            while (row.next()) {
                Map<String, Object> values = new HashMap<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.put(row.getMetaData().getColumnName(i), row.getObject(i));
                }
                rows.add(values);
            }
        }
        rows.sort((one, other) -> new TreeMap<>(one).toString().compareTo(new TreeMap<>(other).toString()));
        return rows;
    }

    @Test
    void whatIsMissingIsNamedAndIsNotTamperingAndNumbersGoOnAfterTheGreatest() throws Exception {
        Map<Long, String> copies = three();
        copies.remove(2L);
        Rebuild.Report report = rebuild(copies, 5, 4);
        assertThat(report.rebuilt().lost()).containsExactly(new Range(4, 6));
        assertThat(report.missing()).containsExactly(new Range(2, 2), new Range(4, 5));
        assertThat(report.missed()).isEqualTo(3);
        assertThat(report.rebuilt().words())
                .startsWith("3 of 9 events were lost before the rebuild of ")
                .endsWith(" by ada: events 4 to 6.");
        assertThat(store.verify()).isEmpty();
        assertThat(store.find(2)).isEmpty();
        assertThat(store.find(Rebuilt.CHANGE)).isEmpty();
        assertThat(store.open(Events.opened("shop", "production")).number()).isEqualTo(6);
        assertThat(store.verify()).isEmpty();
        assertThat(store.page(ChangeFilter.ALL, Long.MAX_VALUE, 2))
                .extracting(ChangeSummary::number)
                .containsExactly(6L, 3L);
        assertThat(store.page(ChangeFilter.ALL, 3, 2))
                .extracting(ChangeSummary::number)
                .containsExactly(1L);
        assertThat(store.since(Events.AT.minusSeconds(1), Optional.empty(), Optional.empty()))
                .containsExactly(6L, 3L, 1L);
        assertThat(store.since(Events.AT.plusSeconds(1), Optional.empty(), Optional.empty()))
                .isEmpty();
    }

    @Test
    void eachLossOfCopiesLeavesAStoreThatVerifiesAndSaysHowMuchIsMissing() throws Exception {
        fill(lost);
        Map<Long, String> all = copies(lost);
        long events = lost.page(ChangeFilter.ALL, Long.MAX_VALUE, 1_000).stream()
                .mapToLong(change -> all.get(change.number()).split("\"sequence\":").length - 1L)
                .sum();
        Random random = new Random(SEED);
        for (int round = 0; round < 10; round++) {
            store = new SqlChangeStore(databases.empty(kind), "one");
            Map<Long, String> copies = new TreeMap<>(all);
            int share = 1 + random.nextInt(9);
            copies.keySet().removeIf(number -> random.nextInt(10) < share);
            Rebuild.Report report = rebuild(copies);
            assertThat(report.damaged()).isEmpty();
            assertThat(store.verify()).isEmpty();
            for (long number = 1; number <= CHANGES; number++) {
                assertThat(store.events(number))
                        .isEqualTo(copies.containsKey(number) ? lost.events(number) : List.of());
            }
            Rebuilt rebuilt = report.rebuilt();
            assertThat(rebuilt.events() + rebuilt.lostEvents()).isLessThanOrEqualTo(events);
            assertThat(rebuilt.changes()).isEqualTo(copies.size());
            assertThat(copies(store)).isEqualTo(copies);
        }
    }

    @Test
    void aDamagedCopyIsNamedAndLeftOut() throws Exception {
        Map<Long, String> copies = three();
        copies.put(1L, copies.get(1L).replace("because", "Because"));
        copies.put(2L, copies.get(2L).substring(0, 900));
        copies.put(4L, "{\"number\":4,\"events\":[]}");
        copies.put(5L, copies.get(3L).replace("\"version\":2", "\"version\":3"));
        copies.put(6L, "null");
        Rebuild.Report report = rebuild(copies);
        assertThat(report.damages()).isEqualTo(5);
        assertThat(report.damaged())
                .anySatisfy(what -> assertThat(what).matches("build 1: event \\d is not what was written\\."))
                .anySatisfy(what -> assertThat(what).startsWith("build 2: It is no ChangeCopy"))
                .anySatisfy(what -> assertThat(what).isEqualTo("build 4: it is no copy of a change."))
                .anySatisfy(what -> assertThat(what).isEqualTo("build 5: event 2 is missing."))
                .anySatisfy(what -> assertThat(what).isEqualTo("build 6: it is no copy of a change."));
        assertThat(report.rebuilt().lost()).containsExactly(new Range(1, 6));
        assertThat(store.find(3)).isPresent();
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void copiesOfAnotherLedgerAreNotMixedIn() throws Exception {
        Map<Long, String> copies = three();
        SqlChangeStore other = new SqlChangeStore(databases.empty(kind), "two");
        for (int i = 0; i < 3; i++) {
            other.open(Events.opened("other", "production"));
        }
        Map<Long, String> others = copies(other);
        Rebuild.Report report = store.rebuild(
                taker -> {
                    taker.copy("first", copies.get(1L));
                    taker.copy("its own number", others.get(1L));
                    taker.copy("its place", others.get(3L));
                    taker.copy("third", copies.get(3L));
                },
                "ada");
        assertThat(report.damaged())
                .containsExactly(
                        "its own number: CHG-000001 was found in another place with other events.",
                        "its place: event 1 is not of the same chain as what was found in other places.");
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void aChangeThatIsFoundTwiceIsPutBackOnceWithAllThatEitherCopyHas() throws Exception {
        ChangeRecord record = lost.open(Events.opened("shop", "production"));
        String early = copies(lost).get(1L);
        lost.append(record, Events.decided(Decision.PASSED)).orElseThrow();
        String late = copies(lost).get(1L);
        for (List<String> order : List.of(List.of(early, late), List.of(late, early), List.of(late, late))) {
            store = new SqlChangeStore(databases.empty(kind), "one");
            Rebuild.Report report = store.rebuild(
                    taker -> {
                        for (String line : order) {
                            taker.copy("somewhere", line);
                        }
                    },
                    "ada");
            assertThat(report.damaged()).isEmpty();
            assertThat(report.rebuilt().changes()).isEqualTo(1);
            assertThat(report.rebuilt().events()).isEqualTo(2);
            assertThat(store.events(1)).isEqualTo(lost.events(1));
            assertThat(store.verify()).isEmpty();
        }
    }

    @Test
    void onlyAnEmptyStoreIsRebuilt() throws Exception {
        Map<Long, String> copies = three();
        store.open(Events.opened("shop", "production"));
        assertThatThrownBy(() -> rebuild(copies))
                .isInstanceOf(Rebuild.NotEmptyException.class)
                .hasMessageContaining("has 1 events. Only an empty one is rebuilt");
        assertThat(store.find(2)).isEmpty();
        assertThat(store.rebuilt()).isEmpty();
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void aRebuildThatFailsHalfWayLeavesTheStoreEmpty() throws Exception {
        Map<Long, String> copies = three();
        assertThatThrownBy(() -> store.rebuild(
                        taker -> {
                            taker.copy("first", copies.get(1L));
                            throw new StoreException("The disk cannot be read.", null);
                        },
                        "ada"))
                .hasMessage("The disk cannot be read.");
        assertThat(store.isEmpty()).isTrue();
        assertThat(rows(database, "event")).isEmpty();
        assertThat(rows(database, "change")).isEmpty();
        rebuild(copies);
        assertThat(store.isEmpty()).isFalse();
    }

    @Test
    void withoutAnyCopyNumbersGoOnAfterThoseThatBuildsMention() throws Exception {
        Rebuild.Report report = rebuild(Map.of(), 17);
        assertThat(report.rebuilt().events()).isZero();
        assertThat(report.missing()).containsExactly(new Range(1, 17));
        assertThat(store.verify()).isEmpty();
        assertThat(store.page(ChangeFilter.ALL, Long.MAX_VALUE, 5)).isEmpty();
        assertThat(store.open(Events.opened("shop", "production")).number()).isEqualTo(18);
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void whoeverRemovesMoreAfterARebuildIsFound() throws Exception {
        Map<Long, String> copies = three();
        copies.remove(2L);
        rebuild(copies);
        ChangeRecord later = store.open(Events.opened("shop", "production"));
        store.append(later, Events.decided(Decision.REJECTED));
        assertThat(store.verify()).isEmpty();
        List<StoredEvents.Row> rows = new StoredEvents(database).read();
        assertThat(rows).extracting(StoredEvents.Row::sequence).containsExactly(1L, 2L, 3L, 7L, 8L, 9L, 10L, 11L, 12L);
        for (int i = 0; i < rows.size(); i++) {
            List<StoredEvents.Row> fewer = new ArrayList<>(rows);
            StoredEvents.Row removed = fewer.remove(i);
            new StoredEvents(database).write(fewer);
            assertThat(store.verify()).as("without event " + removed.sequence()).isPresent();
        }
    }

    @Test
    void aRebuildThatIsClaimedForMoreOrForLessIsFound() throws Exception {
        Map<Long, String> copies = three();
        copies.remove(2L);
        rebuild(copies);
        store.open(Events.opened("shop", "production"));
        StoredEvents events = new StoredEvents(database);
        List<StoredEvents.Row> rows = events.read();
        int place = 6;
        String text = rows.get(place).body();
        assertThat(text).contains("\"lost\":[{\"first\":4,\"last\":6}]");
        List<String> claims = List.of(
                text.replace("\"first\":4", "\"first\":3"),
                text.replace("[{", "[{\"first\":1,\"last\":1},{"),
                text.replace("\"events\":6", "\"events\":5"),
                text.replace("\"number\":3", "\"number\":2"),
                text.replace("ada", "eve"),
                "nothing");
        for (String claim : claims) {
            List<StoredEvents.Row> altered = new ArrayList<>(rows);
            altered.set(place, rows.get(place).withBody(claim));
            events.write(altered);
            assertThat(store.verify()).as(claim).isPresent();
            if (!claim.contains("eve")) {
                // Also with a chain that was written anew from there on.
                altered.set(place, altered.get(place).hashed());
                StoredEvents.Row next = altered.get(place + 1);
                altered.set(
                        place + 1, next.withPrevious(altered.get(place).hash()).hashed());
                events.write(altered);
                assertThat(store.verify()).as(claim).isPresent();
            }
        }
        List<StoredEvents.Row> second = new ArrayList<>(rows);
        StoredEvents.Row last = rows.get(rows.size() - 1);
        second.add(new StoredEvents.Row(12, Rebuilt.CHANGE, 2, text, "one", last.hash(), "").hashed());
        events.write(second);
        assertThat(store.verify()).isPresent();
    }
}
