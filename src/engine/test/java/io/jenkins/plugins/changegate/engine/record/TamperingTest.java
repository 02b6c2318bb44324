package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many tamperings at random, by a seed, each with a ledger that is whole before and after: every one is found, and the
 * event that it was done to is named.
 */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class TamperingTest {

    private static final int CHANGES = 15;
    private static final int ROUNDS = Integer.getInteger("changegate.tamper.rounds", 1_000);

    @Parameter
    private Databases.Kind kind;

    private DataSource database;
    private SqlChangeStore store;

    @BeforeEach
    void fill(Databases.Source databases) throws Exception {
        database = databases.empty(kind);
        SqlChangeStore one = new SqlChangeStore(database, "one");
        store = new SqlChangeStore(database, "other");
        for (int i = 0; i < CHANGES; i++) {
            SqlChangeStore of = i % 2 == 0 ? one : store;
            ChangeRecord record = of.open(Events.opened("shop", "production"));
            record = of.append(record, Events.approved("ada")).orElseThrow();
            record = of.append(record, Events.decided(Decision.APPROVED)).orElseThrow();
            if (i % 3 == 0) {
                of.append(record, Events.ended(Outcome.SUCCESSFUL)).orElseThrow();
            }
        }
        // Some of both controllers have lost their contents as they may.
        Instant later = Events.AT.plusSeconds(1);
        assertThat(one.seal(later, 0, 4, "because", "v".repeat(64)).sealed()).isPositive();
        assertThat(store.seal(later, 0, 4, "because", "v".repeat(64)).sealed()).isPositive();
        for (int i = 0; i < 3; i++) {
            store.open(Events.opened("shop", "production"));
        }
    }

    @Test
    void everyOneIsFoundAndNamed() throws Exception {
        long seed = Long.getLong("changegate.tamper.seed", System.nanoTime());
        System.out.println("-Dchangegate.tamper.seed=" + seed);
        Random random = new Random(seed);
        StoredEvents events = new StoredEvents(database);
        List<StoredEvents.Row> whole = events.read();
        assertThat(store.verify()).isEmpty();
        int[] times = new int[Tampering.values().length];
        for (int round = 0; round < ROUNDS; round++) {
            Tampering how = Tampering.values()[random.nextInt(times.length)];
            List<StoredEvents.Row> rows = new ArrayList<>(whole);
            String named = how.on(rows, random);
            events.write(rows);
            assertThat(store.verify())
                    .as("%s in round %d of seed %d, of which %s is to be named", how, round, seed, named)
                    .hasValueSatisfying(what -> assertThat(what).containsPattern(named + "\\b"));
            times[how.ordinal()]++;
        }
        events.write(whole);
        assertThat(store.verify()).isEmpty();
        for (Tampering how : Tampering.values()) {
            System.out.println(kind + " " + how + ": " + times[how.ordinal()] + " found and named");
        }
    }
}
