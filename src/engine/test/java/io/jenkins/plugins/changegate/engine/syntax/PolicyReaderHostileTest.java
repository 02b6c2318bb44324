package io.jenkins.plugins.changegate.engine.syntax;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.condition.ChangeFacts;
import io.jenkins.plugins.changegate.engine.condition.Condition;
import io.jenkins.plugins.changegate.engine.condition.ConditionCompiler;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the place of a policy, reading it ends, and with nothing but a policy or its exception. */
class PolicyReaderHostileTest {

    private static final long SEED = 271_828;

    private final PolicyReader reader = new PolicyReader();

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "&a [", "a: [", "{", "\"", "'", "!!x ", "* ", "%", "| ", "[a,"})
    void deepNestingEnds(String piece) {
        refused(piece.repeat(400_000 / piece.length()));
        refused("rules: " + piece.repeat(50_000));
    }

    @Test
    void deepNestingByIndentationEnds() {
        StringBuilder text = new StringBuilder();
        for (int depth = 0; depth < 900; depth++) {
            text.append(" ".repeat(depth)).append("a:\n");
        }
        refused(text.toString());
    }

    @Test
    void bombOfAliasesEnds() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            String last = "*a" + (i - 1);
            text.append("a").append(i).append(": &a").append(i).append(" [");
            text.append(String.join(", ", List.of(last, last, last, last, last, last, last, last)))
                    .append("]\n");
        }
        refused(text.toString());
        refused("rules: &r [*r, *r]");
        refused("groups: &g {a: [x], <<: *g}");
    }

    @Test
    void megabyteEnds() {
        refused("a".repeat(1 << 20));
        refused(("# comment\n").repeat(1 << 17));
        refused("service: " + "a".repeat(1 << 20));
        refused("rules:\n" + "  - {name: a}\n".repeat(1 << 15));
    }

    @Test
    void largeGroupThatIsAskedManyTimesEnds() {
        String group = "groups: {g: [" + "a,".repeat(10) + numbered(20_000) + "]}\n";
        assertThat(attempt(group + low("{from: g}"))).isTrue();
        refused(group + low("{from: [" + "g,".repeat(100_000) + "]}"));
        refused(group + low("{from: g, at-least: 90000, including: [" + "g,".repeat(90_000) + "]}"));
        StringBuilder environments = new StringBuilder("environments:\n");
        for (int i = 0; i < 5_000; i++) {
            environments.append("  e").append(i).append(": {approvals: {low: [{from: [g, b]}]}}\n");
        }
        refused(group + environments);
        refused(group + environments.toString().replaceAll("approvals.*", "escalate: {after: 1 day, to: g}}"));
    }

    @Test
    void manyRequirementsEnd() {
        assertThat(attempt(low("{},".repeat(100)))).isTrue();
        refused(low("{},".repeat(101)));
        refused(low("{},".repeat(100_000)));
        refused(low("{at-least: 20000, including: [" + numbered(20_000) + "]}"));
    }

    private static String low(String requirements) {
        return "environments: {p: {approvals: {low: [" + requirements + "]}}}\n";
    }

    private static String numbered(int names) {
        return IntStream.range(0, names).mapToObj(i -> "n" + i).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", "!", "-", "[", "{1:", "true ? ", "true || (", "service[", "change.files + ", "a.", "\"\\"})
    void deepConditionEnds(String piece) {
        String condition = piece.repeat(90_000 / piece.length());
        refused(rule(condition));
        refused(rule(condition + "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 + ", "true || ", "true && ", "service + ", "1 == 1 || ", "change.files + ", "!!"})
    void longConditionEnds(String piece) {
        for (int length : new int[] {500, 4_000, 30_000, 90_000}) {
            attempt(rule(piece.repeat(length / piece.length()) + "true"));
            attempt(rule(piece.repeat(length / piece.length()) + "1 == 1"));
        }
        attempt(rule("service" + ".size()".repeat(10_000) + " > 1"));
        attempt(rule("[" + "'a',".repeat(15_000) + "'b'].size() > 1"));
    }

    @Test
    void nestedRoundsEnd() {
        String condition = "true";
        for (int i = 0; i < 40; i++) {
            condition = "change.paths.all(p" + i + ", " + condition + ")";
            attempt(rule(condition));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", "(?:", "[", "(a|", "a**", "(a{1000}){1000}", "((a{100}){100}){100}", "\\\\pL{999}", "(?i"})
    void hostilePatternEnds(String piece) {
        for (int times : new int[] {1, 100, 10_000}) {
            attempt(rule("change.adds('" + piece.repeat(times) + "')"));
            String closed = "(".repeat(times) + "a" + ")".repeat(times);
            attempt(rule("change.adds('" + closed + "')"));
            attempt(rule("service.matches('" + closed + "') || matches(service, '" + piece.repeat(times) + "')"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'((a{999}){999}){999}'", "'(a{999})' + '{999}'", "environment.name", "'('"})
    void patternOfMatchesIsBoundedLikeEveryOther(String pattern) {
        refused(rule("service.matches(" + pattern + ")"));
        refused(rule("matches(service, " + pattern + ")"));
        refused(rule("change.paths.exists(p, p.matches(" + pattern + "))"));
        assertThat(attempt(rule("service.matches('^shop-[a-z]+$') && matches(service, 'a')")))
                .isTrue();
    }

    @Test
    void conditionOverManyFilesIsBounded() throws Exception {
        List<FileChange> files = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            files.add(new FileChange("f" + i, null, FileChange.Status.ADDED, 1, 0, false, false, false, false));
        }
        Delta delta = new Delta("b", "h", files, new Totals(1_000, 0, 0, 1_000, 0), List.of(), List.of());
        ChangeFacts facts = new ChangeFacts(delta, new Target("s", "e", Tier.PRODUCTION), ContentFacts.NONE);
        Condition condition = new ConditionCompiler()
                .compile("change.paths.all(a, change.paths.all(b, change.paths.all(c, a + b + c != '')))");
        assertThatThrownBy(() -> condition.holds(facts, Map.of())).isInstanceOf(Condition.UnknownFactException.class);
    }

    @Test
    void randomAndMutatedTextEnds() {
        System.out.println("Seed: " + SEED);
        Random random = new Random(SEED);
        String truth = rule("change.touches('a/**') && change.adds('x') || environment.tier == 'testing'")
                + "environments: {production: {tier: production, expire-after: 3 days, remind-after: 4 hours,"
                + " escalate: {after: 8 hours, to: [a]}, unknown-authors: block,"
                + " approvals: {high: [{from: [a, b], at-least: 2, including: c, stage: 2}]}}}\n"
                + "identities: {dana: [dana@old.example, 'Dana D.']}\n"
                + "groups: {a: ['user:x']}\n";
        assertThat(attempt(truth)).isTrue();
        String pieces = "[]{}:,-#&*!|>'\"%@`\n\t ~?^0\0\u00ff\ud83d\u2028\\.()$";
        for (int i = 0; i < 1_500; i++) {
            StringBuilder text = new StringBuilder(truth);
            for (int n = random.nextInt(5); n >= 0; n--) {
                int at = random.nextInt(text.length());
                text.replace(
                        at,
                        Math.min(text.length(), at + random.nextInt(3)),
                        String.valueOf(pieces.charAt(random.nextInt(pieces.length()))));
            }
            attempt(text.toString());
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            attempt(new String(bytes, random.nextBoolean() ? ISO_8859_1 : StandardCharsets.UTF_8));
        }
    }

    @Test
    void randomTimeIsOneOrItsExceptionAndNeverLongerThanAYear() throws PolicyException {
        System.out.println("Seed: " + SEED);
        Random random = new Random(SEED);
        List<String> pieces = List.of(
                "1",
                "30",
                "365",
                "366",
                "0",
                "-",
                "+",
                ".",
                "e9",
                "_",
                " ",
                "\t",
                "\u00a0",
                "\u0663",
                "minute",
                "hour",
                "day",
                "s",
                "S",
                "Day",
                "weeks",
                "P3D",
                "minutes",
                "hours",
                "days",
                "\u2028",
                "9".repeat(30),
                " and ",
                "\0");
        int times = 0;
        for (int i = 0; i < 4_000; i++) {
            StringBuilder time = new StringBuilder(random.nextBoolean() ? "" : (1 + random.nextInt(800)) + " ");
            for (int n = random.nextInt(3); n >= 0; n--) {
                time.append(pieces.get(random.nextInt(pieces.size())));
            }
            String text =
                    "environments: {p: {expire-after: \"" + time.toString().replace("\0", "\\0") + "\"}}";
            if (attempt(text)) {
                times++;
                Terms terms = reader.read(Layer.REPOSITORY, "f", text)
                        .environment("p")
                        .terms();
                assertThat(terms.expiry().orElseThrow())
                        .as(text)
                        .isBetween(Duration.ofMinutes(1), Duration.ofDays(365));
                assertThat(time.toString().strip()).matches("[1-9][0-9]{0,5} +(minute|hour|day)s?");
            }
        }
        assertThat(times).isBetween(100, 2_000);
    }

    private static String rule(String condition) {
        return "rules:\n  - name: one\n    risk: 1\n    because: B.\n    when: |\n      " + condition + "\n";
    }

    private void refused(String text) {
        assertThat(attempt(text)).as(excerpt(text)).isFalse();
    }

    private boolean attempt(String text) {
        try {
            reader.read(Layer.REPOSITORY, "f", text);
            return true;
        } catch (PolicyException expected) {
            assertThat(expected.mistakes()).hasSizeBetween(1, 100);
            assertThat(expected.getMessage().lines()).allMatch(line -> line.length() < 600);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("For " + excerpt(text), e);
        }
    }

    private static String excerpt(String text) {
        return text.length() > 300 ? text.substring(0, 300) : text;
    }
}
