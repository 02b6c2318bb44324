package io.jenkins.plugins.changegate.step;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.User;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import hudson.security.HudsonPrivateSecurityRealm;
import io.jenkins.plugins.changegate.Gates;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A real Jenkins process is killed while gates wait, and while they are decided. {@code -Dchangegate.kill.rounds} says
 * how often, {@code -Dchangegate.kill.seed} repeats the acts and the moments. How long it may take is the extension's
 * matter, which knows how many rounds there are; the usual few minutes for a test are too short for many.
 */
@Timeout(value = 1, unit = TimeUnit.DAYS)
class KillTest {

    private static final int ROUNDS = Integer.getInteger("changegate.kill.rounds", 2);
    private static final long SEED = Long.getLong("changegate.kill.seed", System.nanoTime());
    static final int GATES = 5;

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
                                    KillAgreement::agree,
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

    private static String job(int gate) {
        return "gate" + gate;
    }

    /** Stops at a plain input, for comparison. */
    static String control(int gate) {
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
        List<Killed.Act> acts = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int gate = 0; gate < GATES; gate++) {
            Killed.Act act = Killed.Act.values()[random.nextInt(Killed.Act.values().length)];
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

    private HttpRequest request(Killed.Act act, int gate, Waiting waiting) throws Exception {
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
