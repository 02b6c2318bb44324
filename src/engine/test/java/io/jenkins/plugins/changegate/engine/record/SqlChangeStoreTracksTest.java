package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.judge.PromotableModel;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.ModelVersion;
import io.jenkins.plugins.changegate.engine.policy.Promotion;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the store knows of promotions, compared with what the events themselves say. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SqlChangeStoreTracksTest {

    private static final long SEED = 20_261_123;
    private static final int STEPS = 300;

    private static final Route SHOP = new Route("shop/main", "shop", "production");
    private static final List<Route> ROUTES = List.of(
            SHOP, new Route("shop/other", "shop", "production"), new Route("shop/main", "shop", "staging \\ \u00e4"));
    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);

    private static final Promotion ALL = new Promotion(1, Duration.ZERO, RiskLevel.LOW, false);

    @Parameter
    private Databases.Kind kind;

    private DataSource database;
    private SqlChangeStore store;

    @BeforeEach
    void open(Databases.Source databases) throws Exception {
        database = databases.empty(kind);
        store = new SqlChangeStore(database);
    }

    private static PromotableModel model(String version) {
        return new PromotableModel(Layer.REPOSITORY, "values", version, Optional.empty());
    }

    private ChangeRecord deployed(Route route, String version, String head, Outcome outcome) throws StoreException {
        ChangeRecord record = store.open(Events.promotable(route, head, model(version)));
        record = store.append(record, Events.decided(Decision.APPROVED)).orElseThrow();
        return store.append(record, Events.ended(outcome)).orElseThrow();
    }

    private ChangeRecord promoted(ChangeRecord newest, String version, List<Long> evidence) throws StoreException {
        ModelVersion model = new ModelVersion(Layer.REPOSITORY, "values", version);
        return store.append(
                        newest, new ChangeEvent.Promoted(Events.AT, model, RiskLevel.LOW, "jane", "Fine.", evidence))
                .orElseThrow();
    }

    @Test
    void aPromotionIsFoundByTheRouteAndTheVersionOfTheModel() throws StoreException {
        ChangeRecord record = deployed(SHOP, ONE, "a", Outcome.SUCCESSFUL);
        promoted(record, ONE, List.of(record.number()));
        assertThat(store.standings(SHOP))
                .containsExactly(
                        Map.entry(ONE, new Standing("jane", Events.AT, 1, RiskLevel.LOW, "", record.number())));
        assertThat(store.standings(ROUTES.get(1))).isEmpty();
        assertThat(store.standings(ROUTES.get(2))).isEmpty();
        assertThat(store.routes("shop/main")).containsExactly(SHOP);
        assertThat(new SqlChangeStore(database).standings(SHOP)).isEqualTo(store.standings(SHOP));
        assertThat(store.verify()).isEmpty();
    }

    /** A later event on its record must not make an older change the one that runs there now. */
    @Test
    void aPromotionDoesNotChangeWhatWasDeployedLast() throws StoreException {
        ChangeRecord first = deployed(SHOP, ONE, "a", Outcome.SUCCESSFUL);
        ChangeRecord second = deployed(SHOP, TWO, "b", Outcome.SUCCESSFUL_WITH_ISSUES);
        promoted(first, ONE, List.of(first.number()));
        assertThat(store.lastDeployed("shop", "production")).contains(second);
        assertThat(store.lastOutcomes("shop", "production", 9))
                .extracting(ChangeEvent.Ended::outcome)
                .containsExactly(Outcome.SUCCESSFUL_WITH_ISSUES, Outcome.SUCCESSFUL);
        assertThat(store.deploying()).isEmpty();
    }

    @Test
    void theCommitThatRanBeforeIsARollbackOfTheLastOne() throws StoreException {
        deployed(SHOP, TWO, "a", Outcome.SUCCESSFUL);
        ChangeRecord bad = deployed(SHOP, ONE, "b", Outcome.SUCCESSFUL);
        promoted(bad, ONE, List.of(bad.number()));
        deployed(SHOP, TWO, "b", Outcome.SUCCESSFUL);
        assertThat(store.standings(SHOP).get(ONE).isStandard()).isTrue();
        deployed(SHOP, TWO, "c", Outcome.SUCCESSFUL);
        deployed(SHOP, TWO, "b", Outcome.SUCCESSFUL);
        assertThat(store.standings(SHOP).get(ONE).isStandard()).isTrue();
        ChangeRecord worse = deployed(SHOP, ONE, "d", Outcome.SUCCESSFUL);
        ChangeRecord back = deployed(SHOP, TWO, "b", Outcome.SUCCESSFUL);
        assertThat(store.standings(SHOP).get(ONE).lost())
                .isEqualTo("since " + worse.id() + " was rolled back by " + back.id());
        assertThat(store.track(SHOP, ONE).evidence(ALL)).isEmpty();
    }

    @Test
    void whatTurnsOutWorseTakesThePromotionBackAndWhatTurnsOutBetterDoesNotGiveItBack() throws StoreException {
        ChangeRecord old = deployed(SHOP, ONE, "a", Outcome.SUCCESSFUL);
        ChangeRecord newest = deployed(SHOP, ONE, "b", Outcome.SUCCESSFUL);
        promoted(newest, ONE, List.of(newest.number(), old.number()));
        assertThat(store.standings(SHOP).get(ONE).isStandard()).isTrue();
        old = store.append(old, Events.corrected(Outcome.UNSUCCESSFUL)).orElseThrow();
        assertThat(store.standings(SHOP).get(ONE).lost()).isEqualTo("since " + old.id() + " was unsuccessful");
        assertThat(store.track(SHOP, ONE).evidence(ALL)).isEmpty();
        store.append(old, Events.corrected(Outcome.SUCCESSFUL));
        assertThat(store.standings(SHOP).get(ONE).isStandard()).isFalse();
        ChangeRecord later = deployed(SHOP, ONE, "c", Outcome.SUCCESSFUL);
        assertThat(store.track(SHOP, ONE).evidence(ALL)).containsExactly(later.number());
    }

    @Test
    void anIncidentTakesThePromotionBackAndAWorkItemDoesNot() throws StoreException {
        ChangeRecord record = deployed(SHOP, ONE, "a", Outcome.SUCCESSFUL);
        record = promoted(record, ONE, List.of(record.number()));
        Link story = new Link(Link.Kind.WORK_ITEM, "SHOP-42", "");
        record = store.append(record, new ChangeEvent.Linked(Events.AT, story, "ada"))
                .orElseThrow();
        assertThat(store.standings(SHOP).get(ONE).isStandard()).isTrue();
        record = store.append(record, Events.incident("INC1")).orElseThrow();
        assertThat(store.standings(SHOP).get(ONE).isStandard()).isFalse();
        store.append(record, Events.noIncident("INC1"));
        assertThat(store.standings(SHOP).get(ONE).isStandard())
                .as("what was lost comes back by evidence only")
                .isFalse();
    }

    /** Job names are those of one Jenkins: another one's job of the same name is another job. */
    @Test
    void ofTwoControllersWithAJobOfTheSameNameNeitherProfitsFromTheOther() throws StoreException {
        SqlChangeStore other = new SqlChangeStore(database, "other");
        ChangeRecord record = deployed(SHOP, ONE, "a", Outcome.SUCCESSFUL);
        assertThat(other.routes("shop/main")).isEmpty();
        assertThat(other.track(SHOP, ONE).evidence(ALL)).isEmpty();
        promoted(record, ONE, List.of(record.number()));
        assertThat(store.standings(SHOP).get(ONE).isStandard()).isTrue();
        assertThat(other.standings(SHOP)).isEmpty();
        assertThat(other.track(SHOP, ONE).acts()).isEmpty();
        // A failure is one, whosever it is: it is the same service in the same environment.
        SqlChangeStore own = store;
        store = other;
        ChangeRecord failed = deployed(SHOP, ONE, "b", Outcome.UNSUCCESSFUL);
        assertThat(own.standings(SHOP).get(ONE).lost()).isEqualTo("since " + failed.id() + " was unsuccessful");
        assertThat(other.routes("shop/main")).containsExactly(SHOP);
    }

    @Test
    void theStoreSaysWhatTheEventsSay() throws StoreException {
        Random random = new Random(SEED);
        int lost = 0;
        for (int step = 0; step < STEPS; step++) {
            Route route = ROUTES.get(random.nextInt(ROUTES.size()));
            String version = random.nextBoolean() ? ONE : TWO;
            Track before = store.track(route, version);
            if (random.nextInt(4) == 0 && !before.evidence(ALL).isEmpty()) {
                long newest = before.evidence(ALL).get(0);
                promoted(store.find(newest).orElseThrow(), version, before.evidence(ALL));
            } else {
                Outcome outcome = random.nextInt(6) == 0 ? Outcome.UNSUCCESSFUL : Outcome.SUCCESSFUL;
                deployed(route, version, "h" + step, outcome);
            }
            for (Route each : ROUTES) {
                Map<String, Standing> expected = new HashMap<>();
                for (String one : List.of(ONE, TWO)) {
                    Track track = new Track(
                            each, all(each, one), store.track(each, one).acts());
                    track.standing().ifPresent(standing -> expected.put(one, standing));
                    assertThat(store.track(each, one).evidence(ALL)).isEqualTo(track.evidence(ALL));
                }
                assertThat(store.standings(each)).isEqualTo(expected);
                lost += expected.values().stream().anyMatch(standing -> !standing.isStandard()) ? 1 : 0;
            }
        }
        assertThat(lost).isPositive();
        assertThat(store.verify()).isEmpty();
    }

    /** Returns the deployments of a version to a target as the records have them; here the ledger's order is that of numbers. */
    private List<Track.Deployment> all(Route route, String version) throws StoreException {
        List<Track.Deployment> known = store.track(route, version).deployments();
        Map<Long, Track.Deployment> byChange = new HashMap<>();
        known.forEach(deployment -> byChange.put(deployment.change(), deployment));
        for (ChangeRecord record : store.after(0, route.service(), route.environment())) {
            boolean of =
                    record.opened().judgement().promotable().get(0).version().equals(version);
            assertThat(byChange.containsKey(record.number())).isEqualTo(of);
            if (of) {
                Track.Deployment deployment = byChange.get(record.number());
                assertThat(deployment.outcome())
                        .isEqualTo(record.ended().orElseThrow().outcome());
                assertThat(deployment.own())
                        .isEqualTo(record.opened().origin().job().equals(route.job()));
                assertThat(deployment.level())
                        .isEqualTo(record.opened().judgement().assessment().level());
                assertThat(deployment.opened()).isEqualTo(record.opened().at());
                assertThat(deployment.head()).isEqualTo(record.opened().head());
            }
        }
        return List.copyOf(byChange.values());
    }
}
