package io.jenkins.plugins.changegate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.User;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import hudson.security.HudsonPrivateSecurityRealm;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import jenkins.security.ApiTokenProperty;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * What many waiting gates cost, beside as many plain input steps that wait: the same controller process, options,
 * pipelines and sequence, with a new Jenkins home each time. Not part of the test suite; docs/performance.md says how
 * to run it.
 */
class ManyGatesBenchmark {

    private static final int BUILDS = Integer.getInteger("changegate.bench.builds", 1000);
    private static final int PASSES = Integer.getInteger("changegate.bench.passes", 2);
    private static final int SETTLE_SECONDS = Integer.getInteger("changegate.bench.settle", 60);
    private static final int BUILDS_OF_A_JOB = 10;
    private static final int WARM_UPS = 5;
    private static final int REQUESTS = 20;
    private static final String ANSWERABLE = "answerable";

    /** What waits. */
    private enum Step {
        GATE("changeGate environment: 'production', service: env.BUILD_TAG"),
        INPUT("input 'Deploy?'");

        private final String script;

        Step(String script) {
            this.script = script;
        }
    }

    /** What is measured; the controller's process knows none of our system properties. */
    private record Size(Step step, int builds, int settle) implements Serializable {}

    /**
     * What one process showed.
     *
     * @param seconds from the start of the first build until all ask
     * @param peak threads while they started
     * @param threads threads when all was quiet
     * @param heap bytes in use after a collection that the builds brought
     */
    private record Waiting(double seconds, int peak, int threads, long heap) implements Serializable {}

    /**
     * All that was measured of one step.
     *
     * @param restart seconds from the start of the process until all prompts could be answered
     * @param heap bytes in use after a collection, after the restart
     * @param page milliseconds for the page of all waiting changes; NaN if there is none
     */
    private record Measured(
            Step step, Waiting waiting, double restart, int threads, long heap, double page, double api) {}

    private static final List<Measured> ALL = new ArrayList<>();

    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().javaOptions("-Xmx2g", "-Xms2g").withTimeout(0);

    /** Alternating, and turned round with each pass, so that neither is always the first. */
    static Stream<Step> steps() {
        return Stream.iterate(0, pass -> pass + 1)
                .limit(PASSES)
                .flatMap(pass -> pass % 2 == 0 ? Stream.of(Step.GATE, Step.INPUT) : Stream.of(Step.INPUT, Step.GATE));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void measure(Step step) throws Throwable {
        controller.startJenkins();
        String token = controller.runRemotely((RealJenkinsExtension.Step2<String>) ManyGatesBenchmark::secure);
        Waiting waiting = controller.runRemotely(
                (RealJenkinsExtension.StepWithReturnAndOneArg<Waiting, Size>) ManyGatesBenchmark::startAll,
                new Size(step, BUILDS, SETTLE_SECONDS));
        watchTheRestart();
        controller.stopJenkins();
        controller.startJenkins();
        double restart = answerable();
        Thread.sleep(SETTLE_SECONDS * 1000L);
        boolean isGate = step == Step.GATE;
        double page = isGate ? median("changes/", token) : Double.NaN;
        double api = isGate ? median("changes/api/json", token) : Double.NaN;
        long heap = controller.runRemotely((RealJenkinsExtension.Step2<Long>) rule -> heap());
        int threads = controller.runRemotely((RealJenkinsExtension.Step2<Integer>)
                rule -> ManagementFactory.getThreadMXBean().getThreadCount());
        controller.stopJenkins();
        ALL.add(new Measured(step, waiting, restart, threads, heap, page, api));
    }

    @AfterAll
    static void print() {
        System.out.printf(
                Locale.ROOT,
                "%n%d builds, %d passes, Java %s, %d processors%n",
                BUILDS,
                PASSES,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        System.out.println("| what | gate | input | gate / input |");
        System.out.println("|---|---:|---:|---:|");
        row("seconds until all ask", m -> m.waiting().seconds());
        row("threads, peak", m -> m.waiting().peak());
        row("threads, waiting", m -> m.waiting().threads());
        row("KiB of heap for each build", m -> m.waiting().heap() / 1024.0 / BUILDS);
        row("seconds from start to all answerable", Measured::restart);
        row("threads, after a restart", Measured::threads);
        row("MiB of heap in all, after a restart", m -> m.heap() / 1024.0 / 1024);
        row("milliseconds for /changes/", Measured::page);
        row("milliseconds for /changes/api/json", Measured::api);
        ALL.forEach(System.out::println);
    }

    private static void row(String what, ToDoubleFunction<Measured> value) {
        double gate = mean(Step.GATE, value);
        double input = mean(Step.INPUT, value);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s |%n",
                what,
                number("%.1f", gate),
                number("%.1f", input),
                number("%.2f", gate / input));
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }

    private static double mean(Step step, ToDoubleFunction<Measured> value) {
        return ALL.stream()
                .filter(measured -> measured.step() == step)
                .mapToDouble(value)
                .average()
                .orElse(Double.NaN);
    }

    private static String secure(JenkinsRule rule) throws Exception {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false, false, null);
        for (String name : new String[] {"dev", "lead"}) {
            realm.createAccount(name, name);
        }
        rule.jenkins.setSecurityRealm(realm);
        rule.jenkins.setAuthorizationStrategy(new FullControlOnceLoggedInAuthorizationStrategy());
        rule.jenkins.save();
        ChangeGateConfiguration.get().setPolicy(Gates.POLICY + "groups:\n  team-leads: ['user:lead']\n");
        User lead = Objects.requireNonNull(User.getById("lead", false));
        String token = lead.getProperty(ApiTokenProperty.class).generateNewToken("bench").plainValue;
        lead.save();
        return token;
    }

    private static Waiting startAll(JenkinsRule rule, Size size) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Gates gates = new Gates(rule);
        WorkflowRun first = gates.start(gates.pipeline("warm-up", size.step().script), "dev");
        Gates.await(first, run -> Gates.prompts(run) == 1);
        first.doStop();
        rule.waitForCompletion(first);
        long before = heap();
        threads.resetPeakThreadCount();
        long begun = System.nanoTime();
        List<WorkflowRun> runs = new ArrayList<>();
        for (int i = 0; i < size.builds(); i++) {
            String name = "job" + i / BUILDS_OF_A_JOB;
            WorkflowJob job = i % BUILDS_OF_A_JOB == 0
                    ? gates.pipeline(name, size.step().script)
                    : rule.jenkins.getItemByFullName(name, WorkflowJob.class);
            runs.add(gates.start(job, "dev"));
        }
        for (WorkflowRun run : runs) {
            Gates.await(run, r -> Gates.prompts(r) == 1);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        runs.clear();
        Thread.sleep(size.settle() * 1000L);
        return new Waiting(seconds, threads.getPeakThreadCount(), threads.getThreadCount(), heap() - before);
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(500);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Has the next process note, from within and as soon as it can, when every prompt is there and unanswered. */
    private void watchTheRestart() throws Exception {
        Path scripts = Files.createDirectories(controller.getHome().toPath().resolve("init.groovy.d"));
        Files.writeString(scripts.resolve("answerable.groovy"), """
                import java.lang.management.ManagementFactory
                import org.jenkinsci.plugins.workflow.job.WorkflowJob
                import org.jenkinsci.plugins.workflow.support.steps.input.InputAction
                Thread.startDaemon('answerable') {
                  hudson.security.ACL.as2(hudson.security.ACL.SYSTEM2)
                  def jenkins = jenkins.model.Jenkins.get()
                  while (jenkins.initLevel != hudson.init.InitMilestone.COMPLETED) { sleep 50 }
                  def left = jenkins.allItems(WorkflowJob).collectMany { it.builds.findAll { b -> b.building } }
                  def all = left.size()
                  while (!left.empty) {
                    left = left.findAll { run ->
                      def prompts = run.getAction(InputAction)
                      prompts == null || prompts.executions.size() != 1 || prompts.executions[0].settled
                    }
                    if (!left.empty) { sleep 50 }
                  }
                  def seconds = (System.currentTimeMillis() - ManagementFactory.runtimeMXBean.startTime) / 1000.0
                  new File(jenkins.rootDir, 'answerable.new').text = all + ' ' + seconds
                  new File(jenkins.rootDir, 'answerable.new').renameTo(new File(jenkins.rootDir, 'answerable'))
                }
                """);
    }

    private double answerable() throws Exception {
        Path note = controller.getHome().toPath().resolve(ANSWERABLE);
        long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (!Files.exists(note)) {
            assertThat(System.nanoTime()).as("all prompts come back").isLessThan(end);
            Thread.sleep(100);
        }
        Iterator<String> parts = List.of(Files.readString(note).split(" ")).iterator();
        assertThat(parts.next()).isEqualTo(Integer.toString(BUILDS));
        return Double.parseDouble(parts.next());
    }

    /** Returns the median time that the lead waits for a page. */
    private double median(String path, String token) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(controller.getUrl() + path))
                .timeout(Duration.ofMinutes(1))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(("lead:" + token).getBytes(UTF_8)))
                .build();
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < WARM_UPS + REQUESTS; i++) {
            long begun = System.nanoTime();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 404) {
                return Double.NaN;
            }
            assertThat(response.statusCode()).isEqualTo(200);
            if (i == 0) {
                System.out.println(path + ": " + response.body().length() + " characters");
            }
            if (i >= WARM_UPS) {
                times.add((System.nanoTime() - begun) / 1e6);
            }
        }
        times.sort(null);
        return times.get(REQUESTS / 2);
    }
}
