package io.jenkins.plugins.changegate.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.learn.Experience;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.SqlChangeStore;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose past deployments a gate learns from, when, and how often. Without Jenkins. */
class ExperiencesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant BELIEVED = NOW.minus(Duration.ofDays(31));
    private static final Instant TOO_NEW = NOW.minus(Duration.ofDays(29));

    private final Experiences experiences = new Experiences();
    private final AtomicInteger learnt = new AtomicInteger();
    private ChangeStore store;

    @BeforeEach
    void open() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        ChangeStore real = new SqlChangeStore(database);
        store = (ChangeStore) Proxy.newProxyInstance(
                ChangeStore.class.getClassLoader(), new Class<?>[] {ChangeStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("pastDeployments") && arguments[2].equals(Experience.WINDOW)) {
                        learnt.incrementAndGet();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private String because(String service, Instant now) throws Exception {
        return experiences.of(store, service, now).score(Features.NONE, -1).because();
    }

    @Test
    void ofAnEmptyStoreThereIsNothingToLearn() throws Exception {
        assertThat(because("shop", NOW))
                .isEqualTo("Scored by its size: 0 deployments of all services are known, 0 of which failed;"
                        + " to learn from them, 50 and 11 are needed.");
    }

    @Test
    void aServiceWithFewFailuresOfItsOwnIsJudgedByThoseOfAll() throws Exception {
        PastDeployments.record(store, "cart", BELIEVED, 120);
        PastDeployments.record(store, "shop", BELIEVED.plusSeconds(200), 100);
        assertThat(because("cart", NOW))
                .isEqualTo("Scored by what was learnt: 120 deployments of cart are known, 48 of which failed.");
        assertThat(because("shop", NOW))
                .isEqualTo("Scored by what was learnt: 220 deployments of all services are known, 88 of which failed.");
    }

    @Test
    void howTheNewestEndedIsNotBelievedYet() throws Exception {
        PastDeployments.record(store, "shop", TOO_NEW, 120);
        assertThat(because("shop", NOW)).startsWith("Scored by its size: 0 deployments of all services");
        assertThat(because("shop", NOW.plus(Duration.ofDays(2)))).contains("120 deployments of shop");
    }

    @Test
    void nothingIsLearntTwice() throws Exception {
        PastDeployments.record(store, "shop", BELIEVED, 60);
        experiences.of(store, "shop", NOW);
        // Of the service, which has too few failures, and of all.
        assertThat(learnt).hasValue(2);
        assertThat(experiences.of(store, "shop", NOW)).isSameAs(experiences.of(store, "shop", NOW.plusSeconds(60)));
        assertThat(learnt).hasValue(2);
        PastDeployments.record(store, "shop", TOO_NEW, 1);
        experiences.of(store, "shop", NOW);
        assertThat(learnt).hasValue(2);
        PastDeployments.record(store, "cart", BELIEVED.plusSeconds(60), 1);
        experiences.of(store, "shop", NOW);
        assertThat(learnt).hasValue(3);
    }

    @Test
    void onlySoManyServicesAreRemembered() throws Exception {
        PastDeployments.record(store, "shop", BELIEVED, 120);
        for (int i = 0; i < 60; i++) {
            experiences.of(store, "shop" + i, NOW);
        }
        int before = learnt.get();
        experiences.of(store, "shop59", NOW);
        assertThat(learnt).hasValue(before);
        experiences.of(store, "shop0", NOW);
        assertThat(learnt).hasValue(before + 1);
    }
}
