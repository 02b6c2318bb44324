package io.jenkins.plugins.changegate.authorise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Failure;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Opening;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeListener;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.step.ChangesAction;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import jenkins.security.ApiTokenProperty;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/**
 * Two hundred people and events act on one gate at the same moment, again and again: whatever wins, there is one
 * decision, and record, pipeline, log and prompt agree on it. {@code -Dchangegate.race.rounds} says how often,
 * {@code -Dchangegate.race.seed} repeats one sequence of acts (the order in which they arrive is the machine's).
 */
@WithJenkins
class RaceTest {

    private static final int ROUNDS = Integer.getInteger("changegate.race.rounds", 10);
    private static final long SEED = Long.getLong("changegate.race.seed", System.nanoTime());
    private static final int ACTORS = 200;
    private static final int VERIFY_EVERY = 10;

    private static final List<String> PEOPLE =
            List.of("dev", "lead", "lead2", "manager", "other", "reader", "approver", "admin");

    private static final String TERMS = """
                expire-after: 3 days
                remind-after: 4 hours
                escalate: { after: 8 hours, to: change-managers }
            """;

    /** What can happen to a waiting change. */
    private enum Kind {
        APPROVE,
        REJECT,
        WITHDRAW,
        OVERRIDE,
        TIME,
        NEWER_RECORD,
        NEWER_RUN,
        STOP,
        CLICK_APPROVE,
        CLICK_ABORT,
        HTTP
    }

    private final Map<String, Authentication> users = new ConcurrentHashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger others = new AtomicInteger();
    private ExecutorService actors;
    private JenkinsRule jenkins;
    private Gates gates;
    private ChangeStore store;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        gates = new Gates(rule).secured();
        ChangeGateConfiguration.get().setPolicy(Gates.POLICY + TERMS);
        store = ChangeRecords.get().store();
        actors = Executors.newFixedThreadPool(ACTORS);
        for (String name : PEOPLE) {
            User user = Objects.requireNonNull(User.getById(name, true));
            users.put(name, user.impersonate2());
            tokens.put(name, user.getProperty(ApiTokenProperty.class).generateNewToken("race").plainValue);
        }
        for (boolean propagate : new boolean[] {true, false}) {
            gates.pipeline("shop-" + propagate, """
                    def d = changeGate environment: 'production', service: 'shop', propagate: %s
                    echo "went on: ${d.outcome}"
                    """.formatted(propagate));
        }
    }

    @AfterEach
    void tearDown() {
        actors.shutdownNow();
    }

    @Test
    void oneDecisionWinsAndEverybodyAgreesOnIt() throws Exception {
        System.out.println("Race: " + ROUNDS + " rounds of " + ACTORS + " acts, -Dchangegate.race.seed=" + SEED);
        long begun = System.nanoTime();
        Map<String, Integer> winners = new TreeMap<>();
        for (int number = 0; number < ROUNDS; number++) {
            Random random = new Random(SEED + number);
            try {
                winners.merge(new Round(random).run(), 1, Integer::sum);
                if (number % VERIFY_EVERY == 0 || number == ROUNDS - 1) {
                    assertThat(store.verify()).isEmpty();
                }
            } catch (Exception | AssertionError e) {
                throw new AssertionError("Round " + number + " of seed " + SEED, e);
            }
        }
        System.out.println("Race: decisions " + winners + " in " + Duration.ofNanos(System.nanoTime() - begun));
    }

    @Test
    void aDecisionThatComesBeforeTheGateWaitsIsNotMissed() throws Exception {
        for (int round = 0; round < 5; round++) {
            WorkflowRun run = start(true);
            RaceAgreement.awaitEnd(run);
            jenkins.assertBuildStatus(Result.SUCCESS, run);
            jenkins.assertLogContains("went on: overridden", run);
            assertThat(Gates.prompts(run)).isZero();
            assertThat(PendingGates.get().all()).isEmpty();
        }
    }

    /** Overrides a change the moment it is opened. */
    @TestExtension("aDecisionThatComesBeforeTheGateWaitsIsNotMissed")
    public static class Hasty implements ChangeListener {
        @Override
        public void onChange(ChangeRecord record, ChangeEvent event) {
            if (event instanceof ChangeEvent.Opened) {
                try {
                    new Settlement(ChangeRecords.get().store(), record.number())
                            .decide(Decision.OVERRIDDEN, "admin", "It burns");
                } catch (StoreException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private WorkflowRun start(boolean propagate) throws Exception {
        return gates.start((WorkflowJob) Objects.requireNonNull(jenkins.jenkins.getItem("shop-" + propagate)), "dev");
    }

    /** One gate, and everybody at once. */
    private final class Round {
        private final Random random;
        private final boolean propagate;
        private final double[] weights = new double[Kind.values().length];
        private final RaceAgreement agreement = new RaceAgreement(store);
        private final List<WorkflowRun> newer = new ArrayList<>();
        private final List<RaceClaim> claims = new ArrayList<>();
        private WorkflowRun run;
        private long number;
        private volatile boolean stopped;

        Round(Random random) {
            this.random = random;
            this.propagate = random.nextInt(4) != 0;
            for (Kind kind : Kind.values()) {
                // Of the third power, so that a few kinds fill most rounds and each wins now and then.
                weights[kind.ordinal()] = Math.pow(random.nextDouble(), 3);
            }
            weights[Kind.APPROVE.ordinal()] *= 4;
            weights[Kind.CLICK_APPROVE.ordinal()] *= 4;
            weights[Kind.STOP.ordinal()] *= 0.1;
            weights[Kind.NEWER_RUN.ordinal()] = random.nextInt(10) == 0 ? 0.02 : 0;
            weights[Kind.HTTP.ordinal()] = random.nextInt(5) == 0 ? 0.1 : 0;
        }

        String run() throws Exception {
            run = start(propagate);
            if (random.nextInt(4) == 0) {
                // Whoever knows the number need not wait until the gate asks.
                Gates.await(run, r -> !ChangesAction.of(r).isEmpty());
            } else {
                gates.waitForPrompt(run);
            }
            number = Gates.record(run).number();
            actAll();
            String winner = "undecided, then ";
            if (current().decided().isPresent()) {
                winner = "";
            } else {
                Gates.await(run, r -> Gates.prompts(r) == 1 || !r.isBuilding());
                authorisation().approve(users.get("lead"), "");
                authorisation().approve(users.get("lead2"), "");
            }
            winner += current().decided().orElseThrow().decision().key();
            agreement.of(run, propagate, number, stopped);
            claims.forEach(claim -> claim.check(current()));
            for (WorkflowRun each : newer) {
                Gates.await(each, r -> !ChangesAction.of(r).isEmpty());
                each.doStop();
                agreement.of(each, propagate, Gates.record(each).number(), true);
            }
            return winner;
        }

        private void actAll() throws Exception {
            CyclicBarrier barrier = new CyclicBarrier(ACTORS);
            List<Future<RaceClaim>> acts = new ArrayList<>();
            for (int i = 0; i < ACTORS; i++) {
                Random own = new Random(random.nextLong());
                Kind kind = kind();
                acts.add(actors.submit(() -> {
                    barrier.await(30, TimeUnit.SECONDS);
                    return act(kind, own);
                }));
            }
            for (Future<RaceClaim> act : acts) {
                claims.add(act.get(60, TimeUnit.SECONDS));
            }
        }

        private Kind kind() {
            double left = random.nextDouble()
                    * Stream.of(Kind.values())
                            .mapToDouble(k -> weights[k.ordinal()])
                            .sum();
            for (Kind kind : Kind.values()) {
                left -= weights[kind.ordinal()];
                if (left < 0) {
                    return kind;
                }
            }
            return Kind.APPROVE;
        }

        private RaceClaim act(Kind kind, Random own) throws Exception {
            String name = PEOPLE.get(own.nextInt(PEOPLE.size()));
            Authentication user = users.get(name);
            return switch (kind) {
                case APPROVE -> RaceClaim.of(authorisation().approve(user, ""), RaceClaim.Kind.VOTED, name);
                case WITHDRAW -> RaceClaim.of(authorisation().withdraw(user), RaceClaim.Kind.WITHDRAWN, name);
                case REJECT -> RaceClaim.of(authorisation().reject(user, "Not today"), RaceClaim.Kind.REJECTED, name);
                case OVERRIDE ->
                    RaceClaim.of(authorisation().override(user, "It burns"), RaceClaim.Kind.OVERRIDDEN, name);
                case TIME -> {
                    Duration later = List.of(Duration.ofHours(5), Duration.ofHours(9), Duration.ofDays(4))
                            .get(own.nextInt(3));
                    Clock.catchUp(store, number, Instant.now().plus(later));
                    yield RaceClaim.NONE;
                }
                case NEWER_RECORD -> {
                    ChangeEvent.Opened opened = current().opened();
                    Supersession.by(store, store.open(elsewhere(opened)));
                    yield RaceClaim.NONE;
                }
                case NEWER_RUN -> {
                    WorkflowRun started = gates.start(run.getParent(), "dev");
                    synchronized (newer) {
                        newer.add(started);
                    }
                    yield RaceClaim.NONE;
                }
                case STOP -> {
                    stopped = true;
                    try (ACLContext ignored = ACL.as2(users.get("dev"))) {
                        run.doStop();
                    }
                    yield RaceClaim.NONE;
                }
                case CLICK_APPROVE -> click(user, true);
                case CLICK_ABORT -> click(user, false);
                case HTTP -> {
                    String button =
                            List.of("proceedEmpty", "abort", "abort?comment=no").get(own.nextInt(3));
                    assertThat(post(name, run.getUrl() + "input/" + current().id() + "/" + button))
                            .isLessThan(500);
                    yield RaceClaim.NONE;
                }
            };
        }

        /** What the prompt's own buttons call. */
        private RaceClaim click(Authentication user, boolean approve) throws Exception {
            InputAction prompts = run.getAction(InputAction.class);
            if (prompts == null) {
                return RaceClaim.NONE;
            }
            for (InputStepExecution prompt : prompts.getExecutions()) {
                try (ACLContext ignored = ACL.as2(user)) {
                    if (approve) {
                        prompt.doProceedEmpty();
                        return new RaceClaim(RaceClaim.Kind.VOTED, user.getName());
                    }
                    prompt.doAbort();
                } catch (Failure e) {
                    // Turned away, with a reason.
                }
            }
            return RaceClaim.NONE;
        }

        private ChangeEvent.Opened elsewhere(ChangeEvent.Opened opened) {
            return Opening.like(opened)
                    .at(Instant.now())
                    .origin(new Origin("elsewhere", others.incrementAndGet(), "3"))
                    .event();
        }

        private Authorisation authorisation() {
            return new Authorisation(store, number, run.getParent());
        }

        private ChangeRecord current() {
            return RaceTest.this.current(number);
        }
    }

    /** Sends a request as a script does, and returns the answer's status. */
    private int post(String user, String path) throws Exception {
        String credentials = user + ":" + tokens.get(user);
        HttpRequest request = HttpRequest.newBuilder(jenkins.getURL().toURI().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private ChangeRecord current(long number) {
        try {
            return store.find(number).orElseThrow();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }
}
