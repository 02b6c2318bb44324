package io.jenkins.plugins.changegate.engine.benchmark;

import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.assess.GitRepository;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.learn.LabelledChange;
import io.jenkins.plugins.changegate.engine.learn.Learner;
import io.jenkins.plugins.changegate.engine.learn.RiskModel;
import io.jenkins.plugins.changegate.engine.learn.ScoredChange;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an assessment costs, part by part. What git and others take for the same range is measured in the same run. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class AssessmentBenchmark {

    /** A model that was learnt from as many outcomes as are looked at; random ones, as only the time counts. */
    @State(Scope.Benchmark)
    public static class Learnt {

        private static final int CHANGES = 2000;
        private static final long SEED = 20_261_123;

        private RiskModel model;
        private List<LabelledChange> past;

        @Setup(Level.Trial)
        public void learn() {
            Random random = new Random(SEED);
            past = new ArrayList<>();
            for (int i = 0; i < CHANGES; i++) {
                double size = Math.exp(random.nextGaussian() * 2 + 3);
                Features features = Features.NONE
                        .with(Feature.LINES_ADDED, Math.floor(size))
                        .with(Feature.LINES_DELETED, Math.floor(size * random.nextDouble()))
                        .with(Feature.FILES, 1 + Math.floor(size / 20))
                        .with(Feature.ENTROPY, random.nextDouble());
                past.add(new LabelledChange(features, random.nextDouble() < size / (size + 200)));
            }
            model = new Learner().learn(past);
        }
    }

    /** Read once, as Jenkins does it. */
    @State(Scope.Benchmark)
    public static class Policies {
        private final PolicyReader reader = new PolicyReader();
        private final Policy builtIn = reader.builtIn();
    }

    @Benchmark
    public byte[] gitNumstat(Range range) throws IOException, InterruptedException {
        return range.run("diff", "--numstat", "-M", range.base, range.head);
    }

    /** The least that one process has to say: files with their modes, and numbers of lines. */
    @Benchmark
    public byte[] gitRawAndNumstat(Range range) throws IOException, InterruptedException {
        return range.run("diff", "--raw", "--numstat", "-z", "-M", range.base, range.head);
    }

    /** All that an assessment asks of a difference, if one process were to say it: files, lines, and text. */
    @Benchmark
    public byte[] gitRawNumstatAndText(Range range) throws IOException, InterruptedException {
        return range.run(
                "diff", "--raw", "--numstat", "--patch", "-U0", "--text", "-z", "-M", range.base, range.head);
    }

    @Benchmark
    public Reading reading(Range range) {
        return range.reader().read(range.base, range.head);
    }

    @Benchmark
    public Features features(Range range) {
        return Features.of(range.delta);
    }

    @Benchmark
    public ScoredChange model(Range range, Learnt learnt) {
        return learnt.model.score(Features.of(range.delta));
    }

    @Benchmark
    public RiskModel learning(Learnt learnt) {
        return new Learner().learn(learnt.past);
    }

    /** From two commits to the judgement, under the built-in policy. */
    @Benchmark
    public Assessor.Assessed assessment(Range range, Policies policies) throws IOException {
        return assess(range, policies, service -> new Assessor.Base(Optional.of(range.base), List.of()));
    }

    /** The same with what the gate in Jenkins also asks: the history of the files, and the commits one by one. */
    @Benchmark
    public Assessor.Assessed assessmentWithBackground(Range range, Policies policies) throws IOException {
        return assess(range, policies, new Assessor.Live() {
            @Override
            public Assessor.Base of(String service) {
                return new Assessor.Base(Optional.of(range.base), List.of());
            }

            @Override
            public Background.Asked asksBackground(String service) {
                return Background.Asked.COMMITS;
            }
        });
    }

    private static Assessor.Assessed assess(Range range, Policies policies, Assessor.Live live) throws IOException {
        return new Assessor(policies.reader, List.of(policies.builtIn), List.of())
                .assess(
                        new GitRepository(range.directory().toPath()),
                        new Assessor.Request(
                                Optional.empty(), "service", "production", range.head, Assessor.POLICY_FILE),
                        live);
    }
}
