package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.changegate.engine.measure.FactTable;
import io.jenkins.plugins.changegate.engine.measure.Line;
import io.jenkins.plugins.changegate.engine.measure.Measures;
import io.jenkins.plugins.changegate.engine.measure.Question;
import io.jenkins.plugins.changegate.engine.measure.Share;
import io.jenkins.plugins.changegate.engine.measure.Spread;
import io.jenkins.plugins.changegate.engine.measure.Stretch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The measures are what {@code measures.sql}, which knows nothing of the table of facts, says of the same events. */
@ExtendWith(Databases.class)
class MeasuresBySqlTest {

    private static final long CHANGES = Long.getLong("changegate.measured.changes", 700);
    private static final long SEED = 20_261_123;

    private DataSource database;
    private SqlChangeStore store;

    private record Answer(long part, long whole, long median, long ninetieth, long sum) {}

    @BeforeEach
    void fill(Databases.Source databases) throws Exception {
        database = databases.empty(Databases.Kind.POSTGRESQL);
        store = new SqlChangeStore(database, "north");
        MeasuredLedger ledger = new MeasuredLedger(SEED, CHANGES);
        for (long number = 1; number <= CHANGES; number++) {
            List<ChangeEvent> history = ledger.next(number);
            ChangeRecord record = store.open((ChangeEvent.Opened) history.get(0));
            for (ChangeEvent event : history.subList(1, history.size())) {
                record = store.append(record, event).orElseThrow();
            }
        }
    }

    @Test
    void ofAllTime() throws Exception {
        same(Instant.parse("2000-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"));
    }

    @Test
    void ofThreeYears() throws Exception {
        same(Instant.parse("2018-02-10T11:12:13Z"), Instant.parse("2021-02-11T00:00:00Z"));
    }

    private void same(Instant from, Instant to) throws Exception {
        Map<String, Answer> answers = answers(from, to);
        FactTable table = new FactTable();
        store.facts(0, table::add);
        Measures measures = table.measure(new Question(
                target -> true, product -> true, (controller, job) -> true, false, from, to, ZoneOffset.UTC, ""));
        var delivery = measures.delivery();
        same(answers, "failed", delivery.failed());
        assertThat(part(answers, "deployed")).isEqualTo(delivery.deployments());
        assertThat(part(answers, "incident")).isEqualTo(delivery.incidents());
        assertThat(part(answers, "unsuccessful")).isEqualTo(delivery.unsuccessful());
        assertThat(part(answers, "unrecovered")).isEqualTo(delivery.unrecovered());
        assertThat(delivery.undone()).isPositive();
        same(answers, "lead", delivery.lead());
        same(answers, "before", delivery.before());
        same(answers, "gate", delivery.gate());
        same(answers, "after", delivery.after());
        same(answers, "recovery", delivery.recovery());
        var gate = measures.gate();
        gate.decisions()
                .forEach((decision, count) -> same(answers, "decision " + decision, new Share(count, gate.decided())));
        same(answers, "asked", gate.asked());
        same(answers, "emergency", gate.emergency());
        same(answers, "waiting", gate.waiting());
        assertThat(gate.hours()).isCloseTo(answers.get("hours").sum() / 3600.0, within(1e-6));
        for (Line.Waiting line : measures.byLevel()) {
            same(answers, "waiting-by-level " + line.name(), line.time());
        }
        assertThat(measures.byRequirement()).hasSize(1);
        same(
                answers,
                "waiting-by-requirement 1 of owners",
                measures.byRequirement().get(0).time());
        measures.byDecision().forEach(line -> same(answers, "failed-by-decision " + line.name(), line.failed()));
        measures.levels().forEach(line -> same(answers, "failed-by-level " + line.name(), line.failed()));
        measures.calibration().forEach(bin -> same(answers, "failed-by-score " + bin.from(), bin.failed()));
        assertThat(measures.rules()).hasSize(3);
        for (Line.Rule rule : measures.rules()) {
            same(answers, "failed-by-rule " + rule.name(), rule.failed());
            same(answers, "asked-by-rule " + rule.name(), new Share(rule.asked(), rule.matched()));
        }
        for (Stretch month : measures.trend()) {
            String name =
                    LocalDate.ofInstant(month.from(), ZoneOffset.UTC).toString().substring(0, 7);
            same(answers, "failed-by-month " + name, month.failed());
            same(answers, "passed-by-month " + name, month.passed());
        }
        assertThat(measures.services())
                .hasSize(25)
                .isSortedAccordingTo(
                        Comparator.comparingLong(service -> -service.delivery().deployments()));
        measures.services()
                .forEach(line -> same(
                        answers,
                        "failed-by-service " + line.name(),
                        line.delivery().failed()));
        assertThat(measures.products()).hasSize(3);
        measures.products()
                .forEach(line -> same(
                        answers,
                        "failed-by-product " + line.name(),
                        line.delivery().failed()));
        assertThat(answers.keySet().stream().filter(key -> key.startsWith("failed-by-service")))
                .hasSize(25 + measures.moreServices());
    }

    private static long part(Map<String, Answer> answers, String what) {
        return answers.get(what).part();
    }

    private static void same(Map<String, Answer> answers, String what, Share share) {
        Answer answer = answers.getOrDefault(what, new Answer(0, 0, 0, 0, 0));
        assertThat(new Share(answer.part(), answer.whole())).as(what).isEqualTo(share);
    }

    private static void same(Map<String, Answer> answers, String what, Spread spread) {
        Answer answer = answers.getOrDefault(what, new Answer(0, 0, 0, 0, 0));
        assertThat(new Spread(answer.whole(), answer.median(), answer.ninetieth()))
                .as(what)
                .isEqualTo(spread);
    }

    private Map<String, Answer> answers(Instant from, Instant to) throws SQLException, IOException {
        String sql;
        try (InputStream file = MeasuresBySqlTest.class.getResourceAsStream("measures.sql")) {
            sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        Map<String, Answer> answers = new TreeMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        sql.replace(":'from'", "'" + from + "'").replace(":'to'", "'" + to + "'"))) {
            while (row.next()) {
                answers.put(
                        (row.getString(1) + " " + row.getString(2)).trim(),
                        new Answer(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7)));
            }
        }
        return answers;
    }
}
