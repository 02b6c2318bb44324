package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Which changes were opened since some time. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SqlChangeStoreSinceTest {

    private static final Optional<String> ANY = Optional.empty();

    @Parameter
    private Databases.Kind kind;

    private SqlChangeStore store;

    @BeforeEach
    void open(Databases.Source databases) throws Exception {
        store = new SqlChangeStore(databases.empty(kind));
    }

    private static Instant hour(long hour) {
        return Events.AT.plus(Duration.ofHours(hour));
    }

    private static List<Long> down(long from, long to) {
        return LongStream.iterate(from, n -> n >= to, n -> n - 1).boxed().toList();
    }

    @Test
    void anEmptyStoreHasNone() throws StoreException {
        assertThat(store.since(Instant.EPOCH, ANY, ANY)).isEmpty();
    }

    @Test
    void theNewestComeFirstAndTheTimeItselfCounts() throws StoreException {
        for (int i = 1; i <= 9; i++) {
            store.open(Events.opened("shop", "production", hour(i)));
        }
        assertThat(store.since(Instant.EPOCH, ANY, ANY)).isEqualTo(down(9, 1));
        for (int i = 1; i <= 9; i++) {
            assertThat(store.since(hour(i), ANY, ANY)).as("hour " + i).isEqualTo(down(9, i));
            assertThat(store.since(hour(i).plusNanos(1), ANY, ANY))
                    .as("after hour " + i)
                    .isEqualTo(down(9, i + 1L));
        }
    }

    @Test
    void laterEventsDoNotMakeAChangeNewer() throws StoreException {
        ChangeRecord old = store.open(Events.opened("shop", "production", hour(1)));
        store.open(Events.opened("shop", "production", hour(3)));
        store.append(old, new ChangeEvent.Decided(hour(5), Decision.PASSED, "", "because"))
                .orElseThrow();
        assertThat(store.since(hour(2), ANY, ANY)).containsExactly(2L);
    }

    @Test
    void onlyTheServiceAndTheEnvironmentThatAreAskedForCount() throws StoreException {
        store.open(Events.opened("shop", "production", hour(1)));
        store.open(Events.opened("shop", "staging", hour(2)));
        store.open(Events.opened("cart", "production", hour(3)));
        store.open(Events.opened("shop", "production", hour(4)));
        assertThat(store.since(hour(1), Optional.of("shop"), ANY)).containsExactly(4L, 2L, 1L);
        assertThat(store.since(hour(1), ANY, Optional.of("production"))).containsExactly(4L, 3L, 1L);
        assertThat(store.since(hour(1), Optional.of("shop"), Optional.of("production")))
                .containsExactly(4L, 1L);
        assertThat(store.since(hour(2), Optional.of("shop"), Optional.of("production")))
                .containsExactly(4L);
        assertThat(store.since(hour(1), Optional.of("'; --"), ANY)).isEmpty();
    }

    @Test
    void changesOfTheSameMomentAreAllFound() throws StoreException {
        for (int i = 1; i <= 300; i++) {
            store.open(Events.opened("shop", "production", hour(i / 3)));
        }
        // Three share each hour; all of them count.
        assertThat(store.since(hour(50), ANY, ANY)).isEqualTo(down(300, 150));
        assertThat(store.since(hour(1_000), ANY, ANY)).isEmpty();
    }
}
