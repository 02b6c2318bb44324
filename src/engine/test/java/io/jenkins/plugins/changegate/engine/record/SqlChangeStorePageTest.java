package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of changes, page by page. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SqlChangeStorePageTest {

    private static final long END = Long.MAX_VALUE;

    @Parameter
    private Databases.Kind kind;

    private SqlChangeStore store;
    private SqlChangeStore other;

    @BeforeEach
    void open(Databases.Source databases) throws Exception {
        DataSource database = databases.empty(kind);
        store = new SqlChangeStore(database, "here");
        other = new SqlChangeStore(database, "there");
    }

    @Test
    void anEmptyStoreHasAnEmptyPage() throws StoreException {
        assertThat(store.page(ChangeFilter.ALL, END, 10)).isEmpty();
    }

    @Test
    void aLineSaysWhatTheRecordSays() throws StoreException {
        ChangeRecord record = other.open(Events.opened("a\0\\0b", "x\\", "text"));
        ChangeSummary waiting = store.page(ChangeFilter.ALL, END, 1).get(0);
        assertThat(waiting)
                .isEqualTo(new ChangeSummary(
                        1,
                        "there",
                        Events.AT,
                        "a\0\\0b",
                        "x\\",
                        ChangeType.NORMAL,
                        "",
                        RiskLevel.VERY_HIGH,
                        100,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        false,
                        record.opened().head(),
                        record.opened().origin().job(),
                        record.opened().origin().build(),
                        "",
                        false));
        record = other.append(record, Events.decided(Decision.OVERRIDDEN)).orElseThrow();
        record = other.append(record, Events.ended(Outcome.SUCCESSFUL_WITH_ISSUES))
                .orElseThrow();
        assertThat(store.page(ChangeFilter.ALL, END, 1)).containsExactly(ChangeSummary.of(record, "there"));
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrDouble() throws StoreException {
        for (int i = 0; i < 23; i++) {
            store.open(Events.opened("shop", "production"));
        }
        List<Long> seen = new ArrayList<>();
        long before = END;
        List<ChangeSummary> page = store.page(ChangeFilter.ALL, before, 5);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(5);
            page.forEach(line -> seen.add(line.number()));
            before = page.get(page.size() - 1).number();
            page = store.page(ChangeFilter.ALL, before, 5);
        }
        assertThat(seen).isSortedAccordingTo((a, b) -> Long.compare(b, a)).hasSize(23);
        assertThat(seen.get(22)).isEqualTo(1);
    }

    /** Each filter against a plain look at all lines. */
    @Test
    void everyFilterFindsWhatAPlainLookFinds() throws StoreException {
        long seed = Long.getLong("changegate.page.seed", System.nanoTime());
        System.out.println("-Dchangegate.page.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            fill(random, i);
        }
        List<ChangeSummary> all = store.page(ChangeFilter.ALL, END, 1_000);
        assertThat(all).hasSize(150);
        for (int i = 0; i < 200; i++) {
            ChangeFilter filter = filter(random);
            Predicate<ChangeSummary> plain = plain(filter);
            List<ChangeSummary> expected = all.stream().filter(plain).toList();
            assertThat(store.page(filter, END, 1_000)).as("%s", filter).isEqualTo(expected);
            if (!expected.isEmpty()) {
                int from = random.nextInt(expected.size());
                int most = 1 + random.nextInt(5);
                assertThat(store.page(filter, expected.get(from).number(), most))
                        .as("%s from the %d. on", filter, from)
                        .isEqualTo(expected.subList(from + 1, Math.min(from + 1 + most, expected.size())));
            }
        }
    }

    private void fill(Random random, int i) throws StoreException {
        SqlChangeStore of = random.nextInt(4) == 0 ? other : store;
        ChangeEvent.Opened opened =
                Events.opened("service " + random.nextInt(4), "environment " + random.nextInt(3), time(i));
        opened = random.nextInt(4) == 0 ? Events.doubtful(opened) : opened;
        opened = random.nextInt(3) == 0 ? opened : Events.partOf("product " + random.nextInt(2), opened);
        String model = random.nextInt(3) == 0 ? "" : "model " + random.nextInt(2);
        ChangeRecord record = of.open(Events.in("folder/job " + random.nextInt(3), Events.of(opened, model)));
        if (random.nextInt(5) > 0) {
            Decision decision = Decision.values()[random.nextInt(Decision.values().length)];
            record = of.append(record, Events.decided(decision)).orElseThrow();
            if (decision.lets() && random.nextInt(5) > 0) {
                Outcome outcome = Outcome.values()[random.nextInt(Outcome.values().length)];
                record = of.append(record, Events.ended(outcome)).orElseThrow();
            }
            if (random.nextInt(4) == 0) {
                record = of.append(record, Events.incident("INC" + i)).orElseThrow();
            }
            if (random.nextInt(4) == 0) {
                of.append(record, Events.reviewed()).orElseThrow();
            }
        }
    }

    private static Instant time(int i) {
        return Events.AT.plus(Duration.ofMinutes(i));
    }

    private static ChangeFilter filter(Random random) {
        ChangeFilter filter = ChangeFilter.ALL;
        if (random.nextInt(3) == 0) {
            filter = filter.service("service " + random.nextInt(5));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.environment("environment " + random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            filter = filter.product("product " + random.nextInt(2));
        }
        if (random.nextInt(4) == 0) {
            filter = filter.model("model " + random.nextInt(2));
        }
        if (random.nextInt(4) == 0) {
            filter = filter.decision(Decision.values()[random.nextInt(Decision.values().length)]);
        }
        if (random.nextInt(4) == 0) {
            filter = filter.outcome(Outcome.values()[random.nextInt(Outcome.values().length)]);
        }
        if (random.nextInt(4) == 0) {
            filter = filter.job("folder/job " + random.nextInt(3));
        }
        if (random.nextInt(5) == 0) {
            filter = filter.state(ChangeState.values()[random.nextInt(ChangeState.values().length)]);
        }
        if (random.nextInt(5) == 0) {
            filter = filter.level(random.nextInt(3) == 0 ? RiskLevel.LOW : RiskLevel.VERY_HIGH);
        }
        if (random.nextInt(5) == 0) {
            filter = filter.type(random.nextInt(3) == 0 ? ChangeType.EMERGENCY : ChangeType.NORMAL);
        }
        if (random.nextInt(5) == 0) {
            filter = filter.reviewDue();
        }
        if (random.nextInt(5) == 0) {
            filter = filter.doubtful();
        }
        if (random.nextInt(5) == 0) {
            filter = filter.least(1 + random.nextInt(160));
        }
        if (random.nextInt(5) == 0) {
            filter = filter.until(time(random.nextInt(160)));
        }
        if (random.nextInt(5) == 0) {
            filter = filter.controller(random.nextBoolean() ? "here" : "there");
        }
        return random.nextInt(3) == 0 ? filter.since(time(random.nextInt(160))) : filter;
    }

    private static Predicate<ChangeSummary> plain(ChangeFilter filter) {
        return line -> filter.exactly().entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(part(line, wanted.getKey())))
                && line.number() >= filter.least()
                && filter.since().filter(since -> line.opened().isBefore(since)).isEmpty()
                && filter.until()
                        .filter(until -> !line.opened().isBefore(until))
                        .isEmpty();
    }

    private static String part(ChangeSummary line, ChangeFilter.Part part) {
        return switch (part) {
            case SERVICE -> line.service();
            case ENVIRONMENT -> line.environment();
            case PRODUCT -> line.product();
            case MODEL -> line.model();
            case TYPE -> line.type().name();
            case LEVEL -> line.level().name();
            case JOB -> line.job();
            case STATE -> state(line).name();
            case DECISION -> line.decision().map(Enum::name).orElse("");
            case OUTCOME -> line.outcome().map(Enum::name).orElse("");
            case REVIEW -> line.reviewDue() ? ChangeIndex.YES : "";
            case DOUBTFUL -> line.doubtful() ? ChangeIndex.YES : "";
            case CONTROLLER -> line.controller();
        };
    }

    private static ChangeState state(ChangeSummary line) {
        if (line.isOpen()) {
            return line.decision().isEmpty() ? ChangeState.WAITING : ChangeState.DEPLOYING;
        }
        return line.outcome().filter(Outcome::isDeployed).isPresent() ? ChangeState.DEPLOYED : ChangeState.CLOSED;
    }

    @Test
    void theEventsOfAChangeAreThoseThatWereChained() throws Exception {
        ChangeRecord first = store.open(Events.opened("shop", "production"));
        other.open(Events.opened("a\0\\0b", "x\\", "text"));
        store.append(first, Events.decided(Decision.APPROVED));
        List<ChainedEvent> events = store.events(1);
        assertThat(events).extracting(ChainedEvent::sequence).containsExactly(1L, 3L);
        assertThat(events).extracting(ChainedEvent::version).containsExactly(1, 2);
        ChainedEvent between = store.events(2).get(0);
        assertThat(between.controller()).isEqualTo("there");
        assertThat(between.previous()).isEqualTo(events.get(0).hash());
        assertThat(events.get(1).previous()).isEqualTo(between.hash());
        for (ChainedEvent event : events) {
            assertThat(event.hash()).isEqualTo(byTheWordsOfTheJavadoc(event, 1));
        }
        assertThat(store.events(3)).isEmpty();
    }

    private static String byTheWordsOfTheJavadoc(ChainedEvent event, long number) throws Exception {
        StringBuilder hashed = new StringBuilder();
        for (Object part : List.of(
                event.previous(), event.sequence(), number, event.version(), event.text(), event.controller())) {
            hashed.append(part.toString().length()).append(':').append(part);
        }
        byte[] bytes = hashed.toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
