package io.jenkins.plugins.changegate.engine.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.changegate.engine.condition.ChangeFacts;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.condition.CircumstanceFacts;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.condition.ConditionCompiler;
import io.jenkins.plugins.changegate.engine.condition.History;
import io.jenkins.plugins.changegate.engine.content.Bump;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.MigrationRisk;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.path.PathPattern;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Rule;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.FailedFiles;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.SizePrior;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The policy reference, {@code docs/policy.md}, and the page about the risk say what the code does; examples work. */
class PolicyReferenceTest {

    private static final Pattern BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final PolicyReader reader = new PolicyReader();

    /** The build's directory is the top of the repository, or the engine's own. */
    private static String read(String file) {
        try {
            Path here = Path.of(file);
            return Files.readString(Files.exists(here) ? here : Path.of("../..").resolve(file))
                    .replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<List<String>> table(String heading) {
        return table("docs/policy.md", heading);
    }

    /** Returns the rows of the table under a heading, without its first line. */
    private static List<List<String>> table(String file, String heading) {
        List<String> lines = read(file)
                .lines()
                .dropWhile(line -> !line.matches("#+ " + Pattern.quote(heading)))
                .skip(1)
                .takeWhile(line -> !line.startsWith("#"))
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .toList();
        assertThat(lines).as(heading).isNotEmpty();
        return lines.stream()
                .map(line -> line.substring(1, line.lastIndexOf('|')))
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .toList();
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    private static String code(String cell) {
        assertThat(codes(cell)).as(cell).hasSize(1);
        return codes(cell).get(0);
    }

    private static List<String> names(String heading) {
        return table(heading).stream().map(row -> code(row.get(0))).toList();
    }

    static Stream<List<Object>> shapes() {
        return Stream.of(
                List.of("Policy", PolicyFile.class),
                List.of("Plans", PolicyFile.PlansEntry.class),
                List.of("Work items", PolicyFile.WorkItemsEntry.class),
                List.of("Rule", PolicyFile.RuleEntry.class),
                List.of("Environment", PolicyFile.EnvironmentEntry.class),
                List.of("Freeze and window", PolicyFile.ScheduleLine.class),
                List.of("Model", PolicyFile.ModelEntry.class),
                List.of("Promotion", PolicyFile.PromotionEntry.class),
                List.of("Delegation", PolicyFile.DelegationEntry.class),
                List.of("Escalation", PolicyFile.EscalationEntry.class),
                List.of("Guarantee", PolicyFile.GuaranteeEntry.class),
                List.of("Requirement", PolicyFile.RequirementEntry.class));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyKeyIsListedAndNoOther(List<Object> shape) {
        assertThat(names((String) shape.get(0))).containsExactlyInAnyOrderElementsOf(keys((Class<?>) shape.get(1)));
    }

    @Test
    void firstExampleHasEveryKey() {
        Matcher block = BLOCK.matcher(read("docs/policy.md"));
        assertThat(block.find()).isTrue();
        JsonNode example = YAMLMapper.builder().build().readTree(block.group(1));
        assertThat(shapes().flatMap(shape -> keys((Class<?>) shape.get(1)).stream()))
                .allMatch(key -> !example.findValues(key).isEmpty());
    }

    @Test
    void timesAreWhatIsListed() {
        for (List<String> row : table("Times")) {
            assertThat(Durations.words(Durations.parse(code(row.get(0))).orElseThrow()))
                    .isEqualTo(row.get(1));
        }
    }

    @Test
    void wordsForUnknownAuthorsAreThoseListed() throws Exception {
        List<String> row = table("Environment").stream()
                .filter(each -> code(each.get(0)).equals("unknown-authors"))
                .findFirst()
                .orElseThrow();
        assertThat(codes(row.get(1))).hasSameSizeAs(PolicyFile.UnknownAuthors.values());
        for (String word : codes(row.get(1))) {
            String text = "environments: {p: {unknown-authors: " + word + "}}";
            assertThat(reader.read(Layer.REPOSITORY, "s", text).environment("p").terms())
                    .as(word)
                    .satisfies(terms -> assertThat(terms.unknownAuthorsBlock()).isEqualTo(word.equals("block")));
        }
        assertThat(codes(row.get(2))).containsExactly("show");
    }

    private static List<String> keys(Class<?> shape) {
        return Arrays.stream(shape.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(PolicyReferenceTest::key)
                .toList();
    }

    private static String key(Field field) {
        JsonProperty named = field.getAnnotation(JsonProperty.class);
        return named == null ? field.getName() : named.value();
    }

    @Test
    void everyVariableIsListedAndNoOther() {
        Delta nothing =
                new Delta("a".repeat(40), "b".repeat(40), List.of(), new Totals(0, 0, 0, 0, 0), List.of(), List.of());
        ChangeFacts facts =
                new ChangeFacts(nothing, new Target("shop", "production", Tier.PRODUCTION), ContentFacts.NONE);
        Commit commit = new Commit("c", false, 1, new Person("", ""), new Person("", ""), List.of(), "");
        Delta one = new Delta("b", "h", List.of(), nothing.totals(), List.of(commit), List.of());
        Circumstances all = new Circumstances(
                        "shop",
                        Optional.of("main"),
                        "dev",
                        ChangeType.NORMAL,
                        "",
                        Instant.EPOCH,
                        Optional.of(new History(1, 0, 1, "successful", Optional.of(Instant.EPOCH))),
                        Map.of())
                .withBasis(Optional.of(new Basis(Features.NONE, -1)
                        .withFailedFiles(new FailedFiles(1, "CHG-000001", Instant.EPOCH, false))));
        List<String> known = new ArrayList<>(facts.variables().keySet());
        known.addAll(CircumstanceFacts.variables(all, Optional.of(one)).keySet());
        known.addAll(List.of("risk.score", "risk.level"));
        assertThat(names("Variables")).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void everyFunctionIsListedAndNoOther() {
        List<String> functions = Arrays.stream(ChangeFacts.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == boolean.class && !method.isSynthetic())
                .filter(method -> (method.getModifiers() & (Modifier.STATIC | Modifier.PRIVATE)) == 0)
                .map(method -> method.getName())
                .toList();
        assertThat(names("Functions")).containsExactlyInAnyOrderElementsOf(functions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Variables", "Functions"})
    void everyExampleOfAConditionIsOne(String heading) {
        ConditionCompiler compiler = new ConditionCompiler();
        for (List<String> row : table(heading)) {
            String example = code(row.get(3));
            assertThat(example).contains(code(row.get(0)));
            assertThatCode(() -> compiler.compile(example)).as(example).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "change.files, INT",
        "change.added, INT",
        "change.deleted, INT",
        "change.renamed, INT",
        "change.binary, INT",
        "change.commits, INT",
        "change.paths, LIST",
        "change.authors, LIST",
        "environment.name, STRING",
        "environment.tier, STRING",
        "service, STRING"
    })
    void everyVariableHasTheTypeThatIsListed(String variable, String type) throws Exception {
        String listed = table("Variables").stream()
                .filter(row -> code(row.get(0)).equals(variable))
                .findFirst()
                .orElseThrow()
                .get(1);
        assertThat(listed).isEqualTo(type.equals("LIST") ? "list(string)" : type.toLowerCase(Locale.ROOT));
        String literal = type.equals("INT") ? "1" : type.equals("LIST") ? "['a']" : "'production'";
        new ConditionCompiler().compile(variable + " == " + literal);
    }

    @Test
    void pathPatternsMatchAsListed() {
        for (List<String> row : table("Path patterns")) {
            assertThat(new PathPattern(code(row.get(0))).matches(code(row.get(1))) ? "yes" : "no")
                    .as(row.toString())
                    .isEqualTo(row.get(2));
        }
    }

    @Test
    void everyKindOfBumpIsListedAndNoOther() {
        assertThat(names("Kinds of bump")).containsExactlyInAnyOrderElementsOf(Bump.words());
        for (List<String> row : table("Kinds of bump")) {
            if (!row.get(2).isEmpty()) {
                assertThat(Bump.between(code(row.get(2)), code(row.get(3))).key())
                        .isEqualTo(code(row.get(0)));
            }
        }
    }

    @Test
    void everyRiskOfAMigrationIsListedWithItsKind() {
        assertThat(table("Migrations").stream()
                        .map(row -> code(row.get(0)) + " " + code(row.get(1)))
                        .toList())
                .containsExactlyElementsOf(Arrays.stream(MigrationRisk.values())
                        .map(risk -> risk.key() + " " + risk.kind().name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void everyBuiltInRuleIsListedWithItsEffectAndNoOther() {
        List<List<String>> expected = reader.builtIn().rules().stream()
                .map(rule -> List.of("`" + rule.name() + "`", effect(rule), rule.because()))
                .toList();
        assertThat(table("Built-in rules").stream()
                        .map(row -> List.of(row.get(0), row.get(2), row.get(3)))
                        .toList())
                .containsExactlyElementsOf(expected);
    }

    private static String effect(Rule rule) {
        List<String> parts = new ArrayList<>();
        if (rule.risk() != 0) {
            parts.add(String.format("%+d", rule.risk()));
        }
        if (rule.floor() != RiskLevel.LOW) {
            parts.add("level `" + rule.floor().key() + "`");
        }
        if (rule.refuse()) {
            parts.add("refuse");
        }
        if (rule.safe()) {
            parts.add("safe");
        }
        return String.join(", ", parts);
    }

    @Test
    void everyTierIsListedWithItsNamesAndBounds() {
        assertThat(names("Tiers and levels"))
                .containsExactlyElementsOf(
                        Arrays.stream(Tier.values()).map(Tier::key).toList());
        for (List<String> row : table("Tiers and levels")) {
            Tier tier = Tier.valueOf(code(row.get(0)).toUpperCase(Locale.ROOT));
            assertThat(codes(row.get(1))).isNotEmpty().allMatch(name -> Tier.ofName(name) == tier);
            Tier.Bounds bounds = tier.bounds();
            assertThat(row.subList(2, 5))
                    .containsExactly("" + bounds.moderate(), "" + bounds.high(), "" + bounds.veryHigh());
            assertThat(code(row.get(5))).isEqualTo(tier.usualPassUpTo().key());
        }
    }

    @Test
    void pageAboutTheRiskNamesTheSameBoundsAndTheRightPoints() {
        assertThat(table("docs/risk.md", "Levels"))
                .containsExactlyElementsOf(table("Tiers and levels").stream()
                        .map(row -> List.of(code(row.get(0)), row.get(2), row.get(3), row.get(4)))
                        .toList());
        for (List<String> row : table("docs/risk.md", "Size")) {
            assertThat("" + SizePrior.score(Long.parseLong(row.get(0)), Long.parseLong(row.get(1))))
                    .as(row.toString())
                    .isEqualTo(row.get(2));
        }
    }

    @Test
    void everyMistakeIsSaidAsListed() {
        for (List<String> row : table("Errors")) {
            String text = code(row.get(0));
            PolicyException e =
                    catchThrowableOfType(PolicyException.class, () -> reader.read(Layer.ORGANISATION, "policy", text));
            assertThat(e).as(text).isNotNull().hasMessageStartingWith("policy:" + row.get(1) + ": " + row.get(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/policy.md", "docs/adopting.md", "README.md"})
    void everyExampleOfAPolicyLoads(String file) throws Exception {
        Matcher block = BLOCK.matcher(read(file));
        int policies = 0;
        while (block.find()) {
            String text = block.group(1);
            JsonNode yaml = YAMLMapper.builder().build().readTree(text);
            JsonNode nested = yaml.at("/unclassified/changeGate/policy");
            if (!nested.isMissingNode()) {
                text = nested.asString();
            }
            assertThat(reader.read(Layer.ORGANISATION, file, text).environments())
                    .as(text)
                    .isNotNull();
            policies++;
        }
        assertThat(policies).isPositive();
    }
}
