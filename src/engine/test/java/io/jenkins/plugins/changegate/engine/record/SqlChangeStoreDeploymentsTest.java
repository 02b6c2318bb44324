package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the store tells of past deployments, compared with what the events themselves say. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SqlChangeStoreDeploymentsTest {

    private static final long SEED = 20_261_124;
    private static final int STEPS = 200;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");
    private static final List<String> SERVICES = List.of("shop", "cart \\ \u00e4");

    @Parameter
    private Databases.Kind kind;

    private DataSource database;
    private SqlChangeStore store;

    @BeforeEach
    void open(Databases.Source databases) throws Exception {
        database = databases.empty(kind);
        store = new SqlChangeStore(database);
    }

    private ChangeRecord deployed(String service, String base, String head, Outcome outcome, Instant at)
            throws StoreException {
        ChangeRecord record = store.open(Events.between(service, "production", base, head, at));
        record = store.append(record, Events.decided(Decision.APPROVED)).orElseThrow();
        return store.append(record, new ChangeEvent.Ended(at, outcome, "because"))
                .orElseThrow();
    }

    @Test
    void aDeploymentIsTheChangeAsNumbersItsScoreAndHowItEnded() throws StoreException {
        ChangeRecord good = deployed("shop", "a", "b", Outcome.SUCCESSFUL_WITH_ISSUES, START);
        ChangeRecord bad = deployed("shop", "b", "c", Outcome.UNSUCCESSFUL, START.plusSeconds(1));
        Features features = Features.of(good.opened().delta());
        assertThat(features.value(Feature.LINES_ADDED)).hasValue(5e9);
        int score = good.opened().judgement().assessment().score();
        assertThat(store.pastDeployments(Optional.of("shop"), LATER, 9))
                .containsExactly(
                        new PastDeployment(good.number(), features, score, false, 3),
                        new PastDeployment(bad.number(), features, score, true, 6));
        assertThat(store.recentFeatures(Optional.empty(), 9)).containsExactly(features, features);
        assertThat(store.pastDeployments(Optional.of("cart"), LATER, 9)).isEmpty();
        assertThat(store.recentFeatures(Optional.of("cart"), 9)).isEmpty();
    }

    @Test
    void whatPutsBackWhatRanBeforeMakesTheLastOneAFailure() throws StoreException {
        deployed("shop", "a", "b", Outcome.SUCCESSFUL, START);
        deployed("shop", "b", "c", Outcome.SUCCESSFUL, START);
        deployed("cart", "c", "b", Outcome.SUCCESSFUL, START);
        deployed("shop", "c", "d", Outcome.UNSUCCESSFUL, START);
        deployed("shop", "c", "b", Outcome.UNSUCCESSFUL, START);
        assertThat(failed()).containsExactly(4L, 5L);
        deployed("shop", "c", "b", Outcome.SUCCESSFUL, START);
        assertThat(failed()).containsExactly(2L, 4L, 5L);
    }

    @Test
    void whatIsSaidOfADeploymentAfterwardsCounts() throws StoreException {
        ChangeRecord good = deployed("shop", "a", "b", Outcome.SUCCESSFUL, START);
        ChangeRecord bad = deployed("shop", "b", "c", Outcome.UNSUCCESSFUL, START);
        ChangeRecord worse = deployed("shop", "c", "d", Outcome.SUCCESSFUL, START);
        List<Long> at = store.pastDeployments(Optional.empty(), LATER, 9).stream()
                .map(PastDeployment::at)
                .toList();
        store.append(good, new ChangeEvent.Corrected(LATER, Outcome.UNSUCCESSFUL, "ada", "Lost orders."));
        store.append(bad, new ChangeEvent.Corrected(LATER, Outcome.SUCCESSFUL, "ada", "The check was wrong."));
        Link story = new Link(Link.Kind.WORK_ITEM, "SHOP-42", "");
        worse = store.append(worse, new ChangeEvent.Linked(LATER, story, "ada")).orElseThrow();
        assertThat(failed()).containsExactly(1L);
        Link incident = new Link(Link.Kind.INCIDENT, "INC0010023", "");
        worse = store.append(worse, new ChangeEvent.Linked(LATER, incident, "ada"))
                .orElseThrow();
        // An incident stays one, however the deployment is said to have ended.
        worse = store.append(worse, new ChangeEvent.Corrected(LATER, Outcome.SUCCESSFUL, "ada", "It ended well."))
                .orElseThrow();
        assertThat(failed()).containsExactly(1L, 3L);
        // Unless it was another change that caused it.
        store.append(worse, new ChangeEvent.Unlinked(LATER, incident, "tom", "It was another change."));
        assertThat(failed()).containsExactly(1L);
        // Nothing is learnt later, or in another order, because something was said later.
        assertThat(store.pastDeployments(Optional.empty(), START, 9))
                .extracting(PastDeployment::at)
                .isEqualTo(at);
    }

    @Test
    void anIncidentThatIsKnownBeforeTheDeploymentEndsCounts() throws StoreException {
        ChangeRecord record = store.open(Events.between("shop", "production", "a", "b", START));
        record = store.append(record, Events.decided(Decision.APPROVED)).orElseThrow();
        Link incident = new Link(Link.Kind.INCIDENT, "INC0010023", "");
        record = store.append(record, new ChangeEvent.Linked(START, incident, "ada"))
                .orElseThrow();
        assertThat(failed()).isEmpty();
        store.append(record, new ChangeEvent.Ended(START, Outcome.SUCCESSFUL, "because"));
        assertThat(failed()).containsExactly(1L);
    }

    private List<Long> failed() throws StoreException {
        return store.pastDeployments(Optional.empty(), LATER, 99).stream()
                .filter(PastDeployment::failed)
                .map(PastDeployment::change)
                .sorted()
                .toList();
    }

    @Test
    void aChangeOfWhichNothingIsKnownOrThatHasNotEndedIsNothingToLearnFrom() throws StoreException {
        store.open(Events.between("shop", "production", "a", "b", START));
        ChangeRecord unknown =
                store.open(Events.between("shop", "production", "a", "b", START).withoutDelta());
        unknown = store.append(unknown, Events.decided(Decision.APPROVED)).orElseThrow();
        store.append(unknown, Events.ended(Outcome.SUCCESSFUL));
        assertThat(store.pastDeployments(Optional.empty(), LATER, 9)).isEmpty();
        assertThat(store.recentFeatures(Optional.empty(), 9)).hasSize(1);
    }

    @Test
    void theStoreSaysWhatTheEventsSayAlsoOfThoseOlderThanTheTable() throws Exception {
        Random random = new Random(SEED);
        for (int step = 0; step < STEPS; step++) {
            Outcome outcome = random.nextInt(6) == 0 ? Outcome.UNSUCCESSFUL : Outcome.SUCCESSFUL;
            String base = "h" + random.nextInt(3);
            deployed(SERVICES.get(random.nextInt(2)), base, "h" + random.nextInt(3), outcome, START.plusSeconds(step));
        }
        compare(random);
        for (long number = 1; number <= STEPS; number += 7) {
            ChangeRecord record = store.find(number).orElseThrow();
            Outcome other = record.isFailed() ? Outcome.SUCCESSFUL : Outcome.UNSUCCESSFUL;
            store.append(record, new ChangeEvent.Corrected(LATER, other, "ada", ""));
        }
        List<PastDeployment> before = store.pastDeployments(Optional.empty(), LATER, STEPS);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM changegate_deployment");
            assertThat(store.pastDeployments(Optional.empty(), LATER, STEPS)).isEmpty();
            DeploymentReindexing.last(connection);
            // As after a start that was cut off half way.
            DeploymentReindexing.last(connection);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
        assertThat(store.pastDeployments(Optional.empty(), LATER, STEPS)).isEqualTo(before);
        assertThat(before).extracting(PastDeployment::failed).contains(true, false);
        assertThat(store.verify()).isEmpty();
    }

    private void compare(Random random) throws StoreException {
        for (int i = 0; i < 20; i++) {
            Optional<String> service = i % 3 == 0 ? Optional.empty() : Optional.of(SERVICES.get(i % 3 - 1));
            Instant until = START.plusSeconds(random.nextInt(STEPS + 10));
            int most = 1 + random.nextInt(STEPS);
            List<PastDeployment> all = new ArrayList<>();
            for (String name : SERVICES) {
                if (service.isEmpty() || service.get().equals(name)) {
                    all.addAll(of(store.after(0, name, "production"), until));
                }
            }
            all.sort(Comparator.comparing(PastDeployment::at));
            assertThat(store.pastDeployments(service, until, most))
                    .isEqualTo(all.subList(Math.max(0, all.size() - most), all.size()));
        }
    }

    /** Here the ledger's order is that of numbers. */
    private static List<PastDeployment> of(List<ChangeRecord> records, Instant until) {
        List<PastDeployment> past = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            ChangeRecord record = records.get(i);
            boolean failed = record.ended().orElseThrow().outcome() == Outcome.UNSUCCESSFUL;
            for (int j = i + 1; !failed && j < records.size(); j++) {
                if (records.get(j).ended().orElseThrow().outcome().isDeployed()) {
                    String next = records.get(j).opened().head();
                    failed = record.opened().delta().base().equals(next)
                            && !record.opened().head().equals(next);
                    break;
                }
            }
            if (!record.ended().orElseThrow().at().isAfter(until)) {
                past.add(new PastDeployment(
                        record.number(),
                        Features.of(record.opened().delta()),
                        record.opened().judgement().assessment().score(),
                        failed,
                        3 * record.number()));
            }
        }
        return past;
    }
}
