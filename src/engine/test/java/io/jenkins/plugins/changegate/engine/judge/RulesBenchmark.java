package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.path.ChangedPaths;
import io.jenkins.plugins.changegate.engine.path.PathPattern;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.io.PrintStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.tools.ant.types.selectors.SelectorUtils;
import org.apache.tools.ant.types.selectors.TokenizedPath;
import org.apache.tools.ant.types.selectors.TokenizedPattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What rules and path patterns cost: a judgement by 1 000 rules beside {@code git diff --numstat -M} of the same change,
 * and 200 patterns beside other matchers. Not part of the test suite; docs/performance.md says how to run it.
 */
class RulesBenchmark {

    private static final int RULES = 1_000;
    private static final int GLOBS = 200;
    private static final int WARM_UPS = 5;
    private static final int ROUNDS = Integer.getInteger("changegate.bench.rounds", 21);
    private static final PrintStream OUT = System.out;

    @TempDir
    private static Path directory;

    private static LargeChange change;
    private static Reading reading;

    @BeforeAll
    static void makeTheChange() throws Exception {
        change = new LargeChange(directory);
        reading = change.read();
        assertThat(reading.gaps()).isEmpty();
        assertThat(reading.delta().orElseThrow().totals().files()).isEqualTo(LargeChange.FILES);
        assertThat(reading.delta().orElseThrow().totals().renamed()).isEqualTo(LargeChange.FILES / 25);
    }

    @Test
    void thousandRulesBesideGitDiff() throws Exception {
        PolicyReader reader = new PolicyReader();
        long begin = System.nanoTime();
        Policy policy = reader.read(Layer.ORGANISATION, "bench", rules());
        long loaded = System.nanoTime();
        Judge judge = new Judge(List.of(reader.builtIn(), policy), List.of());
        long read = System.nanoTime();
        Judgement first = judge(judge);
        long judged = System.nanoTime();
        assertThat(policy.rules()).hasSize(RULES);
        int holding = first.assessment().contributions().size();
        assertThat(holding).isBetween(100, RULES);
        OUT.printf("%d rules, %d of them hold; %d files%n", RULES, holding, LargeChange.FILES);
        OUT.printf("loading the policy, once: %.0f ms%n", (loaded - begin) / 1e6);
        OUT.printf("the first judgement of the process: %.0f ms%n", (judged - read) / 1e6);
        Policy straight = reader.read(Layer.ORGANISATION, "bench", rules().replaceAll(".*exists.*\n", ""));
        Judge fewer = new Judge(List.of(reader.builtIn(), straight), List.of());
        Map<String, Callable<Object>> ways = new LinkedHashMap<>();
        ways.put("git diff --numstat -M", () -> change.git("diff", "--numstat", "-M", "base", "head"));
        ways.put("loading the policy again", () -> reader.read(Layer.ORGANISATION, "bench", rules()));
        ways.put("Judge.judge", () -> judge(judge));
        ways.put("Judge.judge without exists()", () -> judge(fewer));
        print(medians(ways));
        assertThat(judge(judge)).isEqualTo(first);
    }

    private static Judgement judge(Judge judge) {
        return judge.judge("shop", "production", reading, ContentFacts.NONE);
    }

    private static String rules() {
        StringBuilder text = new StringBuilder("rules:\n");
        for (int i = 0; i < RULES; i++) {
            text.append("  - {name: r").append(i).append(", risk: 1, because: B., when: \"");
            text.append(condition(i)).append("\"}\n");
        }
        return text.toString();
    }

    /** Most ask for paths, as people's rules do; every pattern with a number is another one each time. */
    private static String condition(int i) {
        String service = "svc-" + i % (2 * LargeChange.SERVICES);
        return switch (i % 10) {
            case 0, 1 ->
                "change.touches('" + service + "/part" + i + "/**', '**/*" + i + "*.sql')"
                        + " && environment.tier == 'production'";
            case 2, 3 -> "change.touches('" + service + "/**', '**/*.sql') && environment.tier == 'production'";
            case 4 -> "change.touches('" + service + "/src/**/auth/*" + i % 100 + ".java', '**/*Login*" + i + "*')";
            case 5 -> "change.touches(['**/lib" + i + "/**', '**/Dockerfile" + i + "*', 'docs/v[0-9]/" + i + ".md'])";
            case 6 -> "change.files > 100 && change.touches('**/*Test" + i + ".java', '**/?" + i + "/**')";
            case 7 -> "change.only('" + service + "/**', '**/*.md', 'i18n-" + i + "/**')";
            case 8 ->
                i % 100 == 8
                        ? "change.only('svc-*/**', 'docs" + i + "/**')"
                        : "change.added > " + i + " && !change.touches('" + service + "/src/main/**/V" + i
                                + "__*.sql')";
            default ->
                i % 100 == 9
                        ? "change.paths.exists(path, path.endsWith('/Rule" + i + ".java'))"
                        : "service == 'shop" + i + "' || change.touches('**/web/**/*" + i + ".ts')";
        };
    }

    @Test
    void patternsBesideOtherMatchers() throws Exception {
        List<String> globs =
                IntStream.range(0, GLOBS).mapToObj(RulesBenchmark::glob).toList();
        List<FileChange> files = reading.delta().orElseThrow().files();
        List<String> paths = files.stream().map(FileChange::path).toList();
        List<byte[]> bytes = paths.stream().map(PathPattern::bytes).toList();
        List<TokenizedPath> tokens = paths.stream().map(TokenizedPath::new).toList();
        List<Path> nio = paths.stream().map(Path::of).toList();
        List<PathPattern> ours = globs.stream().map(PathPattern::new).toList();
        List<TokenizedPattern> ants = globs.stream().map(TokenizedPattern::new).toList();
        List<PathMatcher> nios = globs.stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
        Map<String, Callable<Object>> ways = new LinkedHashMap<>();
        ways.put("Ant's SelectorUtils, as text", () -> counts(globs, paths, SelectorUtils::matchPath));
        ways.put("Ant's TokenizedPattern, split before", () -> counts(ants, tokens, (g, p) -> g.matchPath(p, true)));
        ways.put("java.nio's PathMatcher, made before", () -> counts(nios, nio, PathMatcher::matches));
        ways.put("PathPattern, each pair", () -> counts(ours, bytes, (g, p) -> g.matches(p, false)));
        ways.put("ChangedPaths, made each time", () -> {
            ChangedPaths index = new ChangedPaths(files, Integer.MAX_VALUE);
            List<Integer> found = new ArrayList<>();
            globs.forEach(glob -> found.add(index.touched(List.of(glob)).size()));
            return found;
        });
        Object expected = ways.get("PathPattern, each pair").call();
        for (String way : ways.keySet()) {
            // A renamed file counts by both paths in the last one, so it may find more.
            if (!way.startsWith("ChangedPaths")) {
                assertThat(ways.get(way).call()).as(way).isEqualTo(expected);
            }
        }
        OUT.printf("%d patterns, %d paths, the same answers; %s matches%n", GLOBS, paths.size(), sum(expected));
        print(medians(ways));
    }

    private static String glob(int i) {
        return switch (i % 8) {
            case 0 -> "svc-" + i % LargeChange.SERVICES + "/**";
            case 1 -> "**/*" + i + ".java";
            case 2 -> "**/" + new String[] {"auth", "migration", "docs", "test", "none"}[i % 5] + i % 2 + "/**";
            case 3 -> "**/" + new String[] {"auth", "migration", "docs", "test", "none"}[i % 5] + "/**";
            case 4 -> "**/*" + new String[] {"Login", "Password", "Order", "Zebra"}[i / 8 % 4] + "*";
            case 5 -> "svc-?/src/main/**/*" + i % 10 + ".java";
            case 6 -> "**/*." + new String[] {"sql", "yml", "md", "ts", "tf"}[i % 5];
            default -> "svc-" + i % LargeChange.SERVICES + "/src/*/java/com/**/*Test.java";
        };
    }

    /** Whether a pattern matches a path. */
    private interface Match<G, P> {
        boolean matches(G glob, P path);
    }

    private static <G, P> List<Integer> counts(List<G> globs, List<P> paths, Match<G, P> match) {
        List<Integer> counts = new ArrayList<>();
        for (G glob : globs) {
            int count = 0;
            for (P path : paths) {
                count += match.matches(glob, path) ? 1 : 0;
            }
            counts.add(count);
        }
        return counts;
    }

    private static int sum(Object counts) {
        return ((List<?>) counts).stream().mapToInt(Integer.class::cast).sum();
    }

    /** Times each way in turn, so that whatever else the machine does hits all of them; returns milliseconds. */
    private static Map<String, Double> medians(Map<String, Callable<Object>> ways) throws Exception {
        Map<String, double[]> times = new LinkedHashMap<>();
        ways.keySet().forEach(way -> times.put(way, new double[ROUNDS]));
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            for (String way : ways.keySet()) {
                long begin = System.nanoTime();
                Object result = ways.get(way).call();
                double time = (System.nanoTime() - begin) / 1e6;
                assertThat(result).isNotNull();
                if (round >= 0) {
                    times.get(way)[round] = time;
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        times.forEach((way, all) -> {
            Arrays.sort(all);
            medians.put(way, all[all.length / 2]);
        });
        return medians;
    }

    private static void print(Map<String, Double> medians) {
        double reference = medians.values().iterator().next();
        medians.forEach((way, time) -> OUT.printf("%-40s %9.2f ms  ratio %.3f%n", way, time, time / reference));
    }
}
