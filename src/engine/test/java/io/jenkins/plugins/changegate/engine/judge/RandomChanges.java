package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.condition.Condition;
import io.jenkins.plugins.changegate.engine.condition.ConditionCompiler;
import io.jenkins.plugins.changegate.engine.condition.History;
import io.jenkins.plugins.changegate.engine.condition.Signal;
import io.jenkins.plugins.changegate.engine.content.Bump;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.DependencyBump;
import io.jenkins.plugins.changegate.engine.content.MigrationRisk;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random changes and policies, the same ones for the same seed. */
final class RandomChanges {

    static final List<String> ENVIRONMENTS = List.of("production", "staging", "qa", "dev", "somewhere");

    /** Groups in Jenkins. */
    static final List<String> GROUPS = List.of("leads", "owners", "managers");

    private static final List<String> NAMES = List.of("leads", "owners", "staff", "heads");

    private static final List<String> PATHS = List.of(
            "src/main/App.java",
            "src/test/AppTest.java",
            "docs/index.md",
            "db/migration/V1.sql",
            "pom.xml",
            "Jenkinsfile",
            "main.tf",
            ".changegate.yml",
            "README.md");

    static final List<String> CONDITIONS = List.of(
            "true",
            "false",
            "change.files > 2",
            "change.added > 100",
            "change.only('docs/**', '**/*.md')",
            "change.touches('**/*.sql')",
            "change.touches('**/*.java') && environment.tier == 'production'",
            "environment.tier == 'production'",
            "environment.tier != 'production'",
            "environment.tier == 'staging'",
            "environment.tier == 'testing' || environment.tier == 'development'",
            "environment.name == 'qa'",
            "change.adds('password')",
            "change.removes('password')",
            "change.bumps('major')",
            "change.migrates('destroys')",
            "change.bumps('minor') || change.files > 1",
            "change.paths.exists(p, p.endsWith('.tf'))",
            "change.commits / (change.files - change.files) > 1",
            "service == 'shop'",
            "'migration' in change.kinds",
            "request.type == 'emergency'",
            "history.unsuccessful > 1",
            "history.successesInARow >= 3",
            "signals.coverage < 80.0",
            "signals['tests.failed'] > 0",
            "change.branch == 'main'",
            "now.getHours('Europe/Berlin') >= 12",
            "request.job.startsWith('A/')");

    /** Conditions that ask about the risk. */
    static final List<String> ABOUT_RISK =
            List.of("risk.score > 40", "risk.level == 'low'", "risk.level != 'low' && change.files > 1");

    /** The folders that a job is in, and one that it is not in. */
    static final List<String> FOLDERS = List.of("A", "A/B", "Z");

    /** So many policies are written; reading one takes longer than judging by it. */
    private static final int POOL = 400;

    private static final long SEED = 20_261_124;

    private final Random random;
    /** One of its own, so that what is taught is besides, and not in place of, what else there is. */
    private final Random taught = new Random(SEED);

    private final List<Policy> plainPool = new ArrayList<>();
    private final List<Policy> delegatingPool = new ArrayList<>();
    private final PolicyReader reader = new PolicyReader();
    private final ConditionCompiler compiler = new ConditionCompiler();
    private final Map<String, Condition> compiled = new HashMap<>();

    RandomChanges(Random random) {
        this.random = random;
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** A delta with sums that fit to its files; sometimes none, sometimes with a gap. */
    Reading reading() {
        if (random.nextInt(15) == 0) {
            return Reading.none(Gap.Kind.FIRST_DEPLOYMENT, "First.");
        }
        List<String> paths = new ArrayList<>(PATHS);
        Collections.shuffle(paths, random);
        List<FileChange> files = new ArrayList<>();
        long added = 0;
        for (String path : paths.subList(0, random.nextInt(4))) {
            int lines = random.nextInt(5) == 0 ? random.nextInt(2000) : random.nextInt(20);
            files.add(new FileChange(
                    path, null, FileChange.Status.MODIFIED, lines, 0, false, false, random.nextInt(9) == 0, false));
            added += lines;
        }
        Totals totals = new Totals(files.size(), 0, 0, added, 0);
        List<Person> people = List.of(new Person("Eve", "eve@example.org"));
        Delta delta = new Delta("b", "h", files, totals, List.of(), people);
        Reading reading = new Reading(delta, List.of());
        return random.nextInt(15) == 0 ? reading.with(new Gap(Gap.Kind.TOO_LARGE, "Large.")) : reading;
    }

    ContentFacts content() {
        Map<String, List<String>> added = random.nextInt(3) == 0 ? Map.of("password", List.of("a:1")) : Map.of();
        Map<Bump, List<DependencyBump>> bumps = random.nextInt(3) == 0
                ? Map.of(Bump.MAJOR, List.of(new DependencyBump("maven", "a:b", "1", "2", Bump.MAJOR, "pom.xml:1")))
                : Map.of();
        Map<MigrationRisk, List<String>> migrations =
                random.nextInt(3) == 0 ? Map.of(MigrationRisk.DROP_TABLE, List.of("db/migration/V1.sql:1")) : Map.of();
        return new ContentFacts(added, Map.of(), bumps, migrations, random.nextBoolean(), random.nextInt(10) != 0);
    }

    /** What is known besides; sometimes little. */
    Circumstances circumstances() {
        Map<String, Signal> signals = new HashMap<>();
        if (random.nextBoolean()) {
            signals.put("coverage", new Signal(random.nextDouble() * 100, "test", false));
            signals.put("tests.failed", new Signal((long) random.nextInt(2), "test", true));
        }
        return new Circumstances(
                        oneOf(List.of("A/B/shop", "A/shop", "shop")),
                        random.nextBoolean() ? Optional.of("main") : Optional.empty(),
                        "dev",
                        random.nextInt(5) == 0 ? ChangeType.EMERGENCY : ChangeType.NORMAL,
                        "",
                        Instant.ofEpochSecond(1_750_000_000L + random.nextInt(30_000_000)),
                        random.nextBoolean()
                                ? Optional.of(new History(
                                        9, random.nextInt(4), random.nextInt(6), "successful", Optional.empty()))
                                : Optional.empty(),
                        signals)
                .withBasis(basis());
    }

    /** What past deployments teach; often nothing, and then size alone scores. */
    private Optional<Basis> basis() {
        if (taught.nextBoolean()) {
            return Optional.empty();
        }
        List<Contribution> learnt = new ArrayList<>();
        int sum = 0;
        for (int n = taught.nextInt(4); n > 0; n--) {
            int next = taught.nextInt(taught.nextInt(101) + 1);
            learnt.add(new Contribution(Basis.SOURCE, next - sum, "Learnt."));
            sum = next;
        }
        List<Basis.Limit> limits = new ArrayList<>();
        for (Promise promise : List.of(new Promise(10, 90), new Promise(5, 95))) {
            if (taught.nextBoolean()) {
                limits.add(new Basis.Limit(promise, taught.nextInt(100)));
            }
        }
        return Optional.of(new Basis(Features.NONE, -1, learnt, "Because.", "Promise.", limits, taught.nextDouble()));
    }

    /** A policy with everything that a policy can say, also what its layer may not; without delegations. */
    Policy policy(Layer layer) {
        return policy(layer, "random", false);
    }

    /**
     * @param file of which it is a version
     * @param delegating whether it lets lower layers do something
     */
    Policy policy(Layer layer, String file, boolean delegating) {
        List<Policy> pool = delegating ? delegatingPool : plainPool;
        if (pool.size() < POOL) {
            pool.add(read(Layer.ORGANISATION, "random", new RandomPolicy(random).text(delegating)));
        }
        return read(layer, file, oneOf(pool));
    }

    /** Members of its groups apart, a policy says the same in every layer. */
    private static Policy read(Layer layer, String file, Policy policy) {
        return new Policy(
                layer,
                file,
                policy.source(),
                policy.text(),
                policy.version(),
                policy.mode(),
                policy.service(),
                policy.groups(),
                policy.identities(),
                policy.models(),
                policy.rules(),
                policy.environments(),
                policy.delegations(),
                policy.particulars());
    }

    private Policy read(Layer layer, String file, String text) {
        try {
            return reader.read(layer, file, "random", text);
        } catch (PolicyException e) {
            throw new AssertionError(text, e);
        }
    }

    /** A policy that is written and read: who approves what in each environment, in stages, and who must be among them. */
    Policy written(Layer layer) throws PolicyException {
        StringBuilder text = new StringBuilder("groups: {staff: [leads, owners], heads: ['user:v1', managers]}\n");
        text.append("environments:\n");
        for (String environment : ENVIRONMENTS) {
            text.append("  ").append(environment).append(": {pass-up-to: none, approvals: {low: [");
            for (int n = random.nextInt(3); n > 0; n--) {
                List<String> including = someOf(NAMES);
                List<String> from = someOf(NAMES);
                text.append("{").append(from.isEmpty() ? "" : "from: " + from + ", ");
                text.append(including.isEmpty() ? "" : "including: " + including + ", ");
                text.append("at-least: ").append(Math.max(1, including.size() + random.nextInt(3)));
                text.append(", stage: ").append(1 + random.nextInt(3)).append("}, ");
            }
            text.append("]}}\n");
        }
        return reader.read(layer, "random", text.toString());
    }

    /** Some of a list, in its order, mostly few, and sometimes one of them twice. */
    <T> List<T> someOf(List<T> all) {
        List<T> some = new ArrayList<>();
        for (T one : all) {
            for (int n = random.nextInt(5) - 2; n > 0; n--) {
                some.add(one);
            }
        }
        return some;
    }

    Condition condition(String source) {
        return compiled.computeIfAbsent(source, text -> {
            try {
                return compiler.compile(text);
            } catch (ConditionCompiler.ConditionException e) {
                throw new AssertionError(e);
            }
        });
    }
}
