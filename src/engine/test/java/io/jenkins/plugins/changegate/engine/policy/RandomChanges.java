package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

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

    private static final List<String> CONDITIONS = List.of(
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
            "change.bumps('minor') || change.files > 1",
            "change.paths.exists(p, p.endsWith('.tf'))",
            "change.commits / (change.files - change.files) > 1",
            "service == 'shop'");

    private final Random random;
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
        Map<Bump, List<String>> bumps = random.nextInt(3) == 0 ? Map.of(Bump.MAJOR, List.of("pom.xml:1")) : Map.of();
        return new ContentFacts(added, Map.of(), bumps, random.nextInt(10) != 0);
    }

    /** A policy with everything that a policy can say, also what its layer may not. */
    Policy policy(Layer layer) {
        List<Rule> rules = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            rules.add(rule("rule-" + random.nextInt(6)));
        }
        Map<String, EnvironmentPolicy> environments = new HashMap<>();
        for (String name : ENVIRONMENTS) {
            if (random.nextBoolean()) {
                environments.put(name, environment());
            }
        }
        Map<String, Set<String>> identities = identities();
        String version = Hashes.sha256(rules + " " + environments + identities);
        return new Policy(layer, "random", version, Optional.empty(), Map.of(), identities, rules, environments);
    }

    private Map<String, Set<String>> identities() {
        Map<String, Set<String>> identities = new HashMap<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            identities.put(oneOf(List.of("ada", "bob", "eve")), Set.of(oneOf(List.of("a@x", "b@x", "Eve"))));
        }
        return identities;
    }

    /** A policy that is written and read: who approves what in each environment, in stages, and who must be among them. */
    Policy written(Layer layer) throws PolicyException {
        StringBuilder text = new StringBuilder("groups: {staff: [leads, owners], heads: ['user:v1', managers]}\n");
        text.append("environments:\n");
        for (String environment : ENVIRONMENTS) {
            text.append("  ").append(environment).append(": {pass-up-to: none, approvals: {low: [");
            for (int n = random.nextInt(3); n > 0; n--) {
                List<String> including = someOf(NAMES);
                text.append("{from: ")
                        .append(someOf(NAMES))
                        .append(", including: ")
                        .append(including);
                text.append(", at-least: ").append(Math.max(1, including.size() + random.nextInt(3)));
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

    private Rule rule(String name) {
        int risk = random.nextInt(4) == 0 ? random.nextInt(201) - 100 : random.nextInt(60) - 20;
        RiskLevel floor = random.nextInt(4) == 0 ? oneOf(List.of(RiskLevel.values())) : RiskLevel.LOW;
        boolean refuse = random.nextInt(12) == 0;
        return new Rule(name, condition(oneOf(CONDITIONS)), risk, floor, refuse, random.nextInt(4) == 0, "Because.");
    }

    private EnvironmentPolicy environment() {
        Optional<Tier> tier = random.nextBoolean() ? Optional.of(oneOf(List.of(Tier.values()))) : Optional.empty();
        Optional<Ceiling> ceiling =
                random.nextBoolean() ? Optional.of(oneOf(List.of(Ceiling.values()))) : Optional.empty();
        Map<RiskLevel, List<Requirement>> approvals = new HashMap<>();
        for (RiskLevel level : RiskLevel.values()) {
            if (random.nextInt(3) == 0) {
                approvals.put(level, random.nextInt(6) == 0 ? List.of() : List.of(requirement(), requirement()));
            }
        }
        return new EnvironmentPolicy(tier, ceiling, approvals, terms());
    }

    private Terms terms() {
        Terms.Escalation escalation = new Terms.Escalation(
                Duration.ofHours(1 + random.nextInt(3)),
                "duty",
                Set.of(new Principal(Principal.Kind.USER, oneOf(List.of("zoe", "yan")))));
        return new Terms(
                random.nextBoolean() ? Optional.of(Duration.ofDays(1 + random.nextInt(4))) : Optional.empty(),
                random.nextBoolean() ? Optional.of(Duration.ofHours(1 + random.nextInt(4))) : Optional.empty(),
                random.nextBoolean() ? Optional.of(escalation) : Optional.empty(),
                random.nextInt(3) == 0,
                Map.of());
    }

    private Requirement requirement() {
        String group = oneOf(List.of("leads", "owners", "managers"));
        Set<Principal> from = Set.of(new Principal(Principal.Kind.GROUP, group));
        return new Requirement(1 + random.nextInt(2), group, from, 1 + random.nextInt(2));
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
