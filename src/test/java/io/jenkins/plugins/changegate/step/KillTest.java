package io.jenkins.plugins.changegate.step;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.User;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import hudson.security.HudsonPrivateSecurityRealm;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.authorise.PendingGates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.SqlChangeStore;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.io.File;
import java.io.Serializable;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jenkins.security.ApiTokenProperty;
import org.h2.jdbcx.JdbcDataSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A real Jenkins process is killed while gates wait, and while they are decided. {@code -Dchangegate.kill.rounds} says
 * how often, {@code -Dchangegate.kill.seed} repeats the acts and the moments.
 */
class KillTest {

    private static final int ROUNDS = Integer.getInteger("changegate.kill.rounds", 2);
    private static final long SEED = Long.getLong("changegate.kill.seed", System.nanoTime());
    private static final int GATES = 5;

    /** Within how many milliseconds everybody clicks, and the process is killed. */
    private static final int CLICKS_WITHIN = 100;

    private static final int KILLED_WITHIN = 400;

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().withTimeout(300 * ROUNDS);

    @TempDir
    Path directory;

    @Test
    void nothingIsLostWhenTheControllerIsKilled() throws Throwable {
        File repository = directory.toFile();
        controller.startJenkins();
        controller.runRemotely((RealJenkinsExtension.Step) rule -> waitAndApproveOnce(rule, repository));
        controller.stopJenkinsForcibly();
        controller.startJenkins();
        controller.runRemotely((RealJenkinsExtension.Step) KillTest::finish);
    }

    @Test
    void recordAndPipelineAgreeWheneverTheControllerIsKilled() throws Throwable {
        System.out.println("Kill: " + ROUNDS + " rounds of " + GATES + " gates, -Dchangegate.kill.seed=" + SEED);
        Random random = new Random(SEED);
        Map<String, Integer> moments = new TreeMap<>();
        Map<String, Integer> broken = new TreeMap<>();
        controller.startJenkins();
        controller.runRemotely((RealJenkinsExtension.Step) KillTest::secure);
        for (int round = 0; round < ROUNDS; round++) {
            Waiting waiting = controller.runRemotely((RealJenkinsExtension.Step2<Waiting>) KillTest::waitAtEachGate);
            ArrayList<Killed> killed = killWhileDeciding(waiting, random);
            killed.forEach(each -> moments.merge(each.moment(), 1, Integer::sum));
            System.out.println("Kill: round " + round + ": " + killed);
            controller.startJenkins();
            controller
                    .runRemotely(
                            (RealJenkinsExtension.StepWithReturnAndOneArg<HashMap<String, Integer>, ArrayList<Killed>>)
                                    KillTest::agree,
                            killed)
                    .forEach((what, count) -> broken.merge(what, count, Integer::sum));
        }
        controller.stopJenkins();
        System.out.println("Kill: moments " + moments + ", and " + broken);
    }

    /**
     * Gates that wait.
     *
     * @param numbers their changes'
     * @param tokens with which people click
     */
    private record Waiting(ArrayList<Long> numbers, HashMap<String, String> tokens) implements Serializable {}

    /** What would decide. */
    private enum Act {
        APPROVE(Decision.APPROVED),
        REJECT(Decision.REJECTED),
        OVERRIDE(Decision.OVERRIDDEN);

        private final Decision decision;

        Act(Decision decision) {
            this.decision = decision;
        }
    }

    /**
     * What was known of a change when the process was dead.
     *
     * @param answered whether the act was answered with success
     * @param decision what the store has; {@code null} if it is not decided there
     * @param version how many events the store has
     * @param wentOn whether the pipeline had gone on
     */
    private record Killed(
            String job, long number, Act act, boolean answered, Decision decision, int version, boolean wentOn)
            implements Serializable {

        String moment() {
            if (decision == null) {
                return "before the record";
            }
            return wentOn ? "after both" : "between record and pipeline";
        }

        @Override
        public String toString() {
            return act.name().toLowerCase(Locale.ROOT) + " of CHG-" + number + (answered ? " (answered)" : "") + " "
                    + moment();
        }
    }

    private static String job(int gate) {
        return "gate" + gate;
    }

    /** Stops at a plain input, for comparison. */
    private static String control(int gate) {
        return "input" + gate;
    }

    /** Every gate waits, with one vote given. */
    private static Waiting waitAtEachGate(JenkinsRule rule) throws Exception {
        Gates gates = new Gates(rule);
        List<WorkflowRun> runs = new ArrayList<>();
        for (int gate = 0; gate < GATES; gate++) {
            String script = """
                    stage('Deploy') {
                      def d = changeGate environment: 'production', service: '%s'
                      echo "went on: ${d.outcome}"
                    }
                    """.formatted(job(gate));
            runs.add(gates.start(gates.pipeline(job(gate), script), "dev"));
        }
        for (int gate = 0; gate < GATES; gate++) {
            String script = "stage('Deploy') { input id: 'Go', message: 'Deploy?'; echo 'went on' }";
            WorkflowRun run = gates.start(gates.pipeline(control(gate), script), "dev");
            Gates.await(run, r -> Gates.prompts(r) == 1);
        }
        ArrayList<Long> numbers = new ArrayList<>();
        for (WorkflowRun run : runs) {
            numbers.add(gates.waitForPrompt(run).number());
            assertThat(gates.clickAsScript("lead", run, "proceedEmpty").getStatusCode())
                    .isEqualTo(200);
            Gates.await(run, r -> Gates.prompts(r) == 1);
        }
        HashMap<String, String> tokens = new HashMap<>();
        for (String name : List.of("lead", "lead2")) {
            User user = Objects.requireNonNull(User.getById(name, false));
            tokens.put(name, user.getProperty(ApiTokenProperty.class).generateNewToken("kill").plainValue);
            user.save();
        }
        return new Waiting(numbers, tokens);
    }

    private ArrayList<Killed> killWhileDeciding(Waiting waiting, Random random) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        List<Act> acts = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int gate = 0; gate < GATES; gate++) {
            Act act = Act.values()[random.nextInt(Act.values().length)];
            acts.add(act);
            HttpRequest request = request(act, gate, waiting);
            answers.add(CompletableFuture.supplyAsync(
                            () -> request,
                            CompletableFuture.delayedExecutor(random.nextInt(CLICKS_WITHIN), TimeUnit.MILLISECONDS))
                    .thenCompose(r -> http.sendAsync(r, HttpResponse.BodyHandlers.ofString())));
            HttpRequest plain = post(
                    "job/" + control(gate) + "/lastBuild/input/Go/" + (random.nextBoolean() ? "proceedEmpty" : "abort"),
                    "lead",
                    waiting,
                    "");
            CompletableFuture.delayedExecutor(random.nextInt(CLICKS_WITHIN), TimeUnit.MILLISECONDS)
                    .execute(() -> http.sendAsync(plain, HttpResponse.BodyHandlers.ofString()));
        }
        Thread.sleep(random.nextInt(KILLED_WITHIN));
        ProcessHandle process = controller.getProcess().toHandle();
        controller.stopJenkinsForcibly();
        process.onExit().get(30, TimeUnit.SECONDS);
        ChangeStore store = storeOfTheDead();
        ArrayList<Killed> killed = new ArrayList<>();
        for (int gate = 0; gate < GATES; gate++) {
            ChangeRecord record = store.find(waiting.numbers().get(gate)).orElseThrow();
            killed.add(new Killed(
                    job(gate),
                    record.number(),
                    acts.get(gate),
                    hasSucceeded(answers.get(gate)),
                    record.decided().map(ChangeEvent.Decided::decision).orElse(null),
                    record.version(),
                    hasGoneOn(job(gate), record)));
        }
        return killed;
    }

    private HttpRequest request(Act act, int gate, Waiting waiting) throws Exception {
        String id = ChangeRecord.id(waiting.numbers().get(gate));
        String prompt = "job/" + job(gate) + "/lastBuild/input/" + id + "/";
        return switch (act) {
            case APPROVE -> post(prompt + "proceedEmpty", "lead2", waiting, "");
            case REJECT -> post(prompt + "abort?comment=Not+today", "lead", waiting, "");
            case OVERRIDE ->
                post(
                        "scriptText",
                        "lead",
                        waiting,
                        "script="
                                + URLEncoder.encode(
                                        """
                        def store = io.jenkins.plugins.changegate.ledger.ChangeRecords.get().store()
                        def job = jenkins.model.Jenkins.get().getItem('%s')
                        def answer = new io.jenkins.plugins.changegate.authorise.Authorisation(store, %dL, job)
                                .override(jenkins.model.Jenkins.getAuthentication2(), 'It burns')
                        if (answer.denied().isPresent()) { throw new Exception(answer.denied().get()) }
                        """.formatted(
                                                job(gate), waiting.numbers().get(gate)),
                                        UTF_8));
        };
    }

    private HttpRequest post(String path, String user, Waiting waiting, String form) throws Exception {
        String credentials = user + ":" + waiting.tokens().get(user);
        return HttpRequest.newBuilder(URI.create(controller.getUrl() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
    }

    /** An error of the script console is text in an answer with success. */
    private static boolean hasSucceeded(CompletableFuture<HttpResponse<String>> answer) {
        try {
            HttpResponse<String> response = answer.get(30, TimeUnit.SECONDS);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.body()).doesNotContain("Exception");
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    /** Opens a copy of the records, so that the next process finds them as they were left. */
    private ChangeStore storeOfTheDead() throws Exception {
        Path copy = Files.createTempDirectory(directory, "records");
        Files.copy(controller.getHome().toPath().resolve("change-gate/records.mv.db"), copy.resolve("records.mv.db"));
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + copy.resolve("records") + ";IFEXISTS=TRUE");
        database.setUser("sa");
        database.setPassword("");
        ChangeStore store = new SqlChangeStore(database);
        assertThat(store.verify()).isEmpty();
        return store;
    }

    /** Whether Pipeline's own files have a node after the gate's; the log on disk lags behind. */
    private boolean hasGoneOn(String job, ChangeRecord record) throws Exception {
        Path build = lastBuild(job);
        if (Files.exists(build.resolve("workflow-completed"))) {
            return true;
        }
        int gate = Integer.parseInt(record.opened().origin().node());
        try (Stream<Path> nodes = Files.list(build.resolve("workflow"))) {
            return nodes.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d+\\.xml"))
                    .anyMatch(name -> Integer.parseInt(name.replace(".xml", "")) > gate);
        }
    }

    private Path lastBuild(String job) {
        File[] builds = new File(controller.getHome(), "jobs/" + job + "/builds")
                .listFiles(file -> file.getName().matches("\\d+"));
        return Stream.of(Objects.requireNonNull(builds))
                .max(Comparator.comparingInt(file -> Integer.parseInt(file.getName())))
                .orElseThrow()
                .toPath();
    }

    /** Returns how many runs Pipeline itself broke, at gates and at plain inputs. */
    private static HashMap<String, Integer> agree(JenkinsRule rule, ArrayList<Killed> killed) throws Exception {
        HashMap<String, Integer> broken = new HashMap<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (int gate = 0; gate < GATES; gate++) {
            Broken control = brokenByPipeline(rule, control(gate), end);
            broken.merge("inputs: " + control, 1, Integer::sum);
            WorkflowRun run = lastRun(rule, control(gate));
            if (run.isBuilding()) {
                run.doKill();
            }
        }
        for (Killed each : killed) {
            try {
                Broken own = each.wentOn() ? brokenByPipeline(rule, each.job(), end) : Broken.NOT;
                broken.merge("gates: " + own, 1, Integer::sum);
                if (own == Broken.NOT) {
                    agree(rule, each);
                } else {
                    recordIsRight(rule, each);
                }
            } catch (Exception | AssertionError e) {
                throw new AssertionError(each + ": " + e.getMessage(), e);
            }
        }
        assertThat(PendingGates.get().all()).isEmpty();
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
        return broken;
    }

    /** What Pipeline can do to a run when it is killed between two of its files. */
    private enum Broken {
        NOT,
        STANDS_STILL,
        LOST_ITS_GRAPH
    }

    /**
     * Whether a run stands still or fails without that a step has a part in it: Pipeline saves its program and its
     * graph one after the other, and rewrites its graph at the end, and can be killed in between.
     *
     * @param end until when it is waited for, in nanoseconds
     */
    private static Broken brokenByPipeline(JenkinsRule rule, String job, long end) throws Exception {
        WorkflowRun run = lastRun(rule, job);
        while (run.isBuilding() && Gates.prompts(run) == 0 && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        if (run.isBuilding()) {
            return Gates.prompts(run) == 0 ? Broken.STANDS_STILL : Broken.NOT;
        }
        // What Pipeline writes whichever of its files it misses; plain inputs' runs have it too.
        return JenkinsRule.getLog(run).contains("Creating placeholder flownodes because failed loading originals")
                ? Broken.LOST_ITS_GRAPH
                : Broken.NOT;
    }

    private static WorkflowRun lastRun(JenkinsRule rule, String job) {
        return rule.jenkins.getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }

    /** The decision must be there all the same, and the gate have no part in what Pipeline broke. */
    private static void recordIsRight(JenkinsRule rule, Killed killed) throws Exception {
        WorkflowRun run = lastRun(rule, killed.job());
        if (run.isBuilding()) {
            assertThat(run.getExecution().getCurrentExecutions(true).get(30, TimeUnit.SECONDS))
                    .as("steps at work in " + run)
                    .noneMatch(step -> step.getClass().getSimpleName().equals("ChangeGateExecution"));
            assertThat(Gates.prompts(run)).isZero();
            // Not waited for: a plain input's run that stands still does not always end either.
            run.doKill();
        }
        assertThat(ChangeRecords.get()
                        .store()
                        .find(killed.number())
                        .orElseThrow()
                        .decided()
                        .orElseThrow()
                        .decision())
                .isEqualTo(killed.decision());
    }

    private static void agree(JenkinsRule rule, Killed killed) throws Exception {
        Gates gates = new Gates(rule);
        WorkflowRun run =
                rule.jenkins.getItemByFullName(killed.job(), WorkflowJob.class).getLastBuild();
        Gates.await(run, r -> !r.isBuilding() || Gates.prompts(r) == 1);
        ChangeRecord record = Gates.record(run);
        assertThat(record.number()).isEqualTo(killed.number());
        assertThat(record.version()).isGreaterThanOrEqualTo(killed.version());
        assertThat(record.ballot().votes()).isNotEmpty();
        if (record.decided().isEmpty()) {
            assertThat(killed.answered()).isFalse();
            assertThat(gates.clickAsScript("lead2", run, "proceedEmpty").getStatusCode())
                    .isEqualTo(200);
        }
        rule.waitForCompletion(run);
        record = Gates.record(run);
        assertThat(record.history().stream().filter(ChangeEvent.Decided.class::isInstance))
                .hasSize(1);
        Decision decision = record.decided().orElseThrow().decision();
        if (killed.decision() != null) {
            assertThat(decision).isEqualTo(killed.decision()).isEqualTo(killed.act().decision);
        }
        assertThat(Gates.prompts(run)).isZero();
        if (decision.lets()) {
            rule.assertBuildStatus(Result.SUCCESS, run);
            rule.assertLogContains("went on: " + decision.key(), run);
            assertThat(Gates.waitForOutcome(run).history().stream().filter(ChangeEvent.Ended.class::isInstance))
                    .hasSize(1);
        } else {
            rule.assertBuildStatus(Result.ABORTED, run);
            rule.assertLogNotContains("went on", run);
            // The build's own copy of the causes is saved last, and may be missing.
            FlowInterruptedException end =
                    (FlowInterruptedException) run.getExecution().getCauseOfFailure();
            assertThat(end.getCauses()).anyMatch(ChangeRejected.class::isInstance);
            assertThat(record.ended()).isEmpty();
        }
    }

    private static void waitAndApproveOnce(JenkinsRule rule, File directory) throws Throwable {
        secure(rule);
        Gates gates = new Gates(rule);
        TestRepository repository = Gates.repository(directory.toPath());
        WorkflowRun run = gates.start(gates.deploying(repository), "dev");
        gates.waitForPrompt(run);
        assertThat(gates.clickAsScript("lead", run, "proceedEmpty").getStatusCode())
                .isEqualTo(200);
        Gates.await(run, r -> Gates.prompts(r) == 1);
    }

    /** A real process can only load what real plugins bring, so the people are in Jenkins' own user database. */
    private static void secure(JenkinsRule rule) throws Exception {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false, false, null);
        for (String name : new String[] {"dev", "lead", "lead2"}) {
            realm.createAccount(name, name);
        }
        rule.jenkins.setSecurityRealm(realm);
        rule.jenkins.setAuthorizationStrategy(new FullControlOnceLoggedInAuthorizationStrategy());
        rule.jenkins.save();
        ChangeGateConfiguration.get().setPolicy(Gates.POLICY + "groups:\n  team-leads: ['user:lead', 'user:lead2']\n");
    }

    private static void finish(JenkinsRule rule) throws Throwable {
        Gates gates = new Gates(rule);
        WorkflowRun run =
                rule.jenkins.getItemByFullName("shop", WorkflowJob.class).getLastBuild();
        Gates.await(run, r -> Gates.prompts(r) == 1);
        ChangeRecord record = Gates.record(run);
        assertThat(record.ballot().votes()).hasSize(1);
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
        assertThat(gates.clickAsScript("lead2", run, "proceedEmpty").getStatusCode())
                .isEqualTo(200);
        rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run));
        assertThat(Gates.waitForOutcome(run).decided().orElseThrow().decision()).isEqualTo(Decision.APPROVED);
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
    }
}
