package io.jenkins.plugins.changegate.engine.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.changegate.engine.condition.ChangeFacts;
import io.jenkins.plugins.changegate.engine.condition.Condition;
import io.jenkins.plugins.changegate.engine.condition.ConditionCompiler;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Path patterns in conditions: checked when they are loaded if they are written out, else when they are known. */
class PathConditionTest {

    private final ConditionCompiler compiler = new ConditionCompiler();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            change.touches('a[')                              | 15
            change.touches('a/**', 'b', '**/docs/', 'c')      | 28
            change.only(['a/**', '/b'])                       | 21
            change.files > 1 && !change.only('')              | 33
            change.paths.exists(p, change.touches(p, '[z-a]')) | 41
            """)
    void patternThatIsNoneIsFoundWhenThePolicyIsLoaded(String condition, int column) {
        ConditionCompiler.ConditionException e =
                catchThrowableOfType(ConditionCompiler.ConditionException.class, () -> compiler.compile(condition));
        assertThat(e).hasMessageContaining("is no path pattern: ");
        assertThat(e.issues().get(0).line()).isEqualTo(1);
        assertThat(e.issues().get(0).column()).isEqualTo(column);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "change.touches(service + '[')",
                "change.only(service + '[')",
                "change.touches(['a', service + '/b/*/'])",
                "!change.touches(service + '\\\\')",
            })
    void patternThatTurnsOutToBeNoneCannotBeDecided(String condition) throws Exception {
        Condition compiled = compiler.compile(condition);
        assertThatThrownBy(() -> compiled.holds(facts(3)))
                .isInstanceOf(Condition.UnknownFactException.class)
                .hasMessageContaining("is no path pattern: ");
    }

    @Test
    void patternMayComeFromTheChange() throws Exception {
        assertThat(compiler.compile("change.touches(service + '/f2.txt')").holds(facts(3)))
                .isTrue();
        assertThat(compiler.compile("change.touches([service + '/f3.txt', 'x'])")
                        .holds(facts(3)))
                .isFalse();
    }

    @Test
    void evidenceIsTheFirstFilesAndBounded() throws Exception {
        ChangeFacts facts = facts(100);
        assertThat(compiler.compile("change.touches('shop/f7.txt') && change.touches('**/*.txt', 'shop')")
                        .holds(facts))
                .isTrue();
        assertThat(facts.takeEvidence())
                .containsExactly("shop/f7.txt", "shop/f0.txt", "shop/f1.txt", "shop/f2.txt", "shop/f3.txt");
        assertThat(facts.takeEvidence()).isEmpty();
    }

    @Test
    void valuesAreMadeOnceForAllConditions() {
        ChangeFacts facts = facts(3);
        assertThat(facts.variables()).isSameAs(facts.variables()).containsEntry("change", facts);
    }

    private static ChangeFacts facts(int files) {
        Delta delta = new Delta(
                "b",
                "h",
                IntStream.range(0, files)
                        .mapToObj(i -> new FileChange(
                                "shop/f" + i + ".txt",
                                null,
                                FileChange.Status.MODIFIED,
                                1,
                                1,
                                false,
                                false,
                                false,
                                false))
                        .toList(),
                new Totals(files, 0, 0, files, files),
                List.of(),
                List.of());
        return new ChangeFacts(delta, new Target("shop", "production", Tier.PRODUCTION), ContentFacts.NONE);
    }
}
