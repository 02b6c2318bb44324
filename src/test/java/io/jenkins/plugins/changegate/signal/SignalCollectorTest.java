package io.jenkins.plugins.changegate.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How sources are asked, and what becomes of those that do not answer. */
@Timeout(60)
class SignalCollectorTest {

    private static final SignalSource.Request REQUEST = new SignalSource.Request(null, "shop", "production", "", null);

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** What a source does. */
    private interface Answer {
        Optional<Signal> of(String name) throws Exception;
    }

    private static SignalSource source(Set<String> gives, Answer answer) {
        return new SignalSource() {
            @Override
            public boolean gives(String name) {
                return gives.contains(name);
            }

            @Override
            public Optional<Signal> find(String name, Request request) throws IOException, UnknownSignalException {
                try {
                    return answer.of(name);
                } catch (IOException | UnknownSignalException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static Optional<Signal> signal(long value) {
        return Optional.of(new Signal(value, "test", false));
    }

    private SignalCollector.Collected collect(Duration limit, Set<String> names, SignalSource... sources)
            throws InterruptedException {
        return new SignalCollector(List.of(sources), threads, limit).collect(names, Map.of(), REQUEST);
    }

    private SignalCollector.Collected collect(Set<String> names, SignalSource... sources) throws InterruptedException {
        return collect(Duration.ofSeconds(30), names, sources);
    }

    @Test
    void onlyWhatIsAskedForIsFetchedAndOfTheFirstSourceThatGivesIt() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        SignalSource first = source(Set.of("a", "b"), name -> {
            asked.add("first " + name);
            return signal(1);
        });
        SignalSource second = source(Set.of("b", "c"), name -> {
            asked.add("second " + name);
            return signal(2);
        });
        SignalCollector.Collected found = collect(Set.of("b", "c"), first, second);
        assertThat(found.known()).containsOnlyKeys("b", "c");
        assertThat(asked).containsExactlyInAnyOrder("first b", "second c");
        assertThat(found.unknown()).isEmpty();
    }

    @Test
    void sourcesAreAskedAtTheSameTime() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        SignalSource source = source(Set.of("a", "b"), name -> {
            both.await(30, TimeUnit.SECONDS);
            return signal(1);
        });
        assertThat(collect(Set.of("a", "b"), source).known()).containsOnlyKeys("a", "b");
    }

    @Test
    void whateverASourceDoesLeavesOnlyItsOwnSignalUnknownWithAReason() throws Exception {
        SignalSource wrong =
                source(Set.of("empty", "said", "io", "runtime", "null", "long", "hostile"), name -> switch (name) {
                    case "empty" -> Optional.empty();
                    case "said" -> throw new UnknownSignalException("the moon is full");
                    case "io" -> throw new IOException("s3cret");
                    case "runtime" -> throw new IllegalStateException("s3cret");
                    case "long" -> throw new UnknownSignalException("x".repeat(10_000));
                    case "hostile" -> throw new UnknownSignalException("one\nline\u202e");
                    default -> null;
                });
        SignalSource breaks = new SignalSource() {
            @Override
            public boolean gives(String name) {
                if (name.equals("gives")) {
                    throw new NoClassDefFoundError("some/Type");
                }
                return name.equals("good");
            }

            @Override
            public Optional<Signal> find(String name, Request request) {
                return signal(7);
            }
        };
        Set<String> names =
                Set.of("empty", "said", "io", "runtime", "null", "long", "hostile", "gives", "good", "nobody");
        SignalCollector.Collected found = collect(names, wrong, breaks);
        assertThat(found.known()).containsOnlyKeys("good");
        assertThat(found.unknown())
                .containsEntry("empty", "where it comes from does not know it")
                .containsEntry("said", "the moon is full")
                .containsEntry("io", "it could not be found out (IOException)")
                .containsEntry("runtime", "it could not be found out (IllegalStateException)")
                .containsEntry("null", "it could not be found out (NullPointerException)")
                .containsEntry("hostile", "one?line?")
                .containsEntry("gives", "it could not be found out (NoClassDefFoundError)")
                .containsEntry("nobody", "nothing gives it")
                .hasSize(9);
        assertThat(found.unknown().get("long")).hasSize(301);
    }

    @Test
    void whoDoesNotAnswerInTimeIsInterruptedAndTheOthersCount() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        SignalSource source = source(Set.of("slow", "quick"), name -> {
            if (name.equals("quick")) {
                return signal(1);
            }
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return signal(2);
        });
        SignalCollector.Collected found = collect(Duration.ofSeconds(2), Set.of("slow", "quick"), source);
        assertThat(found.known()).containsOnlyKeys("quick");
        assertThat(found.unknown()).containsExactly(Map.entry("slow", "there was no answer within 2 seconds"));
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onlyThePipelineGivesWhatIsClaimedAndNothingElse() throws Exception {
        Set<String> all = Set.of("claimed.coverage", "claimed.none", "coverage", "a");
        SignalSource greedy = source(Set.of("claimed.coverage", "claimed.none", "a"), name -> signal(2));
        SignalCollector.Collected found = new SignalCollector(List.of(greedy), threads, Duration.ofSeconds(30))
                .collect(all, Map.of("coverage", 81.5, "a", 1L), REQUEST);
        assertThat(found.known())
                .containsOnlyKeys("claimed.coverage", "claimed.a", "a")
                .containsEntry("claimed.coverage", new Signal(81.5, "the pipeline", true))
                .containsEntry("a", new Signal(2L, "test", false));
        assertThat(found.unknown())
                .containsOnlyKeys("claimed.none", "coverage")
                .containsEntry("claimed.none", "the pipeline says nothing of it")
                .containsEntry("coverage", "nothing gives it");
    }

    private static SignalSource evident(Set<String> gives, Set<String> evidence) {
        return new SignalSource() {
            @Override
            public boolean gives(String name) {
                return gives.contains(name);
            }

            @Override
            public Set<String> evidence(Request request) {
                if (evidence.contains("broken")) {
                    throw new NoClassDefFoundError("s3cret");
                }
                return evidence;
            }

            @Override
            public Optional<Signal> find(String name, Request request) throws UnknownSignalException {
                if (name.equals("away")) {
                    throw new UnknownSignalException("it is away");
                }
                return signal(3);
            }
        };
    }

    @Test
    void whatIsEvidenceIsFoundAlthoughNoRuleAsks() throws Exception {
        SignalSource source = evident(
                Set.of("tests", "away", "other", "claimed.x"), Set.of("tests", "away", "claimed.x", "not mine"));
        SignalCollector.Collected found = collect(Set.of(), source, evident(Set.of("broken"), Set.of("broken")));
        assertThat(found.known()).containsOnly(Map.entry("tests", new Signal(3L, "test", false)));
        assertThat(found.unknown()).containsOnly(Map.entry("away", "it is away"));
        // What one source calls evidence is still given by the first one that gives it.
        assertThat(collect(Set.of(), source(Set.of("tests"), name -> signal(4)), source)
                        .known()
                        .get("tests"))
                .isEqualTo(new Signal(4L, "test", false));
    }

    @Test
    void thereIsABoundToEvidenceAndNoneToWhatRulesAskAbout() throws Exception {
        Set<String> many = IntStream.range(0, 300).mapToObj(i -> "s" + i).collect(Collectors.toSet());
        assertThat(collect(Set.of(), evident(many, many)).known()).hasSize(100);
        assertThat(collect(many, evident(many, many)).known()).hasSize(300);
    }

    @Test
    void whenThreadsAreStoppedAllIsUnknown() throws Exception {
        threads.shutdownNow();
        assertThat(collect(Set.of("a"), source(Set.of("a"), name -> signal(1))).unknown())
                .containsExactly(Map.entry("a", "Jenkins stops"));
    }
}
