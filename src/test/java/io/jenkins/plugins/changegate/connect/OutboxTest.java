package io.jenkins.plugins.changegate.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.connect.CallException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What waits for another system: each change once, and never a storm. */
class OutboxTest {

    private static final Outbox.Pace SOON = new Outbox.Pace(Duration.ofMillis(1), Duration.ofMillis(2));
    private static final Outbox.Pace NEVER = new Outbox.Pace(Duration.ofDays(1), Duration.ofDays(1));

    private final List<Long> sent = new ArrayList<>();
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final Map<Long, Kind> failing = new HashMap<>();
    private boolean emptied;

    private Outbox outbox(int room, Outbox.Pace pace) {
        return new Outbox("there", room, this::send, work::add, pace, outbox -> emptied = true);
    }

    private boolean send(long number) throws CallException {
        sent.add(number);
        if (failing.containsKey(number)) {
            throw new CallException(failing.get(number), "no");
        }
        return number < 100;
    }

    private void run() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    @Test
    void aChangeWaitsOnceWhateverHappensToIt() {
        Outbox outbox = outbox(10, NEVER);
        List.of(1L, 2L, 1L, 1L).forEach(outbox::add);
        assertThat(work).hasSize(1);
        run();
        assertThat(sent).containsExactly(1L, 2L);
        outbox.add(1);
        run();
        assertThat(sent).containsExactly(1L, 2L, 1L);
    }

    @Test
    void whatIsRefusedIsNotAskedAgainAndHoldsUpNobody() {
        failing.put(1L, Kind.REFUSED);
        Outbox outbox = outbox(10, NEVER);
        outbox.add(1);
        run();
        assertThat(outbox.problem().orElseThrow().message()).isEqualTo("CHG-000001: no");
        outbox.add(2);
        run();
        assertThat(sent).containsExactly(1L, 2L);
        assertThat(outbox.problem()).isEmpty();
    }

    @Test
    void aSystemThatDoesNotKnowUsIsAskedOnce() {
        failing.put(1L, Kind.UNAUTHORISED);
        failing.put(2L, Kind.UNAUTHORISED);
        Outbox outbox = outbox(10, NEVER);
        List.of(1L, 2L, 3L).forEach(outbox::add);
        run();
        outbox.add(4);
        run();
        assertThat(sent).containsExactly(1L);
        assertThat(outbox.problem()).isPresent();
        assertThat(outbox.waiting()).isEqualTo(4);
    }

    @Test
    void whatIsPassedOverSaysNothingOfTheSystem() {
        failing.put(1L, Kind.REFUSED);
        Outbox outbox = outbox(10, NEVER);
        List.of(1L, 100L).forEach(outbox::add);
        run();
        assertThat(sent).containsExactly(1L, 100L);
        assertThat(outbox.problem()).isPresent();
    }

    @Test
    void whatFindsNoRoomIsLookedForWhenTheOthersAreDone() {
        Outbox outbox = outbox(2, NEVER);
        List.of(1L, 2L, 3L, 1L).forEach(outbox::add);
        assertThat(emptied).isFalse();
        run();
        assertThat(sent).containsExactly(1L, 2L);
        assertThat(emptied).isTrue();
    }

    @Test
    void aSystemThatCannotIsAskedAgainUntilItCan() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        CountDownLatch done = new CountDownLatch(1);
        try {
            Outbox.Sender sender = number -> {
                sent.add(number);
                if (sent.size() < 8) {
                    throw new CallException(Kind.UNAVAILABLE, "busy");
                }
                done.countDown();
                return true;
            };
            new Outbox("there", 10, sender, thread, SOON, outbox -> {}).add(1);
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            thread.shutdownNow();
        }
        assertThat(sent).hasSize(8).containsOnly(1L);
    }

    @Test
    void nothingIsToldOnceItIsClosed() {
        Outbox outbox = outbox(10, NEVER);
        outbox.add(1);
        outbox.close();
        outbox.add(2);
        run();
        assertThat(sent).isEmpty();
    }
}
