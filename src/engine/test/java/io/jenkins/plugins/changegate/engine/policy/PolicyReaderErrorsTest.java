package io.jenkins.plugins.changegate.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a policy is said with its place and its cure. The mark {@code ^} stands before the place. */
class PolicyReaderErrorsTest {

    private final PolicyReader reader = new PolicyReader();

    private static String rule(String lines) {
        return "rules:\n  - name: one\n    because: Because.\n" + lines.indent(4);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("^servce: x", "did you mean 'service'"),
                Arguments.of("service: x\n^Rules: []", "did you mean 'rules'"),
                Arguments.of(rule("when: 'true'\n^rsk: 3"), "did you mean 'risk'"),
                Arguments.of("^completely-else: x", "possible: environments, groups"),
                Arguments.of("environments:\n  prod:\n    ^pass-up: low", "did you mean 'pass-up-to'"),
                Arguments.of("environments:\n  prod:\n    ^tier: prodution", "did you mean 'production'"),
                Arguments.of("environments:\n  prod:\n    ^pass-up-to: medium", "possible: "),
                Arguments.of(rule("when: 'true'\n^level: very_high"), "did you mean 'very-high'"),
                Arguments.of("environments:\n  p:\n    approvals:\n      ^hihg: [{from: a}]", "did you mean 'high'"),
                Arguments.of(
                        "environments:\n  p:\n    approvals:\n      high: [{from: a, ^atleast: 2}]",
                        "did you mean 'at-least'"),
                Arguments.of("service: a\nservice^: b", "uplicate"),
                Arguments.of(
                        "rules:\n  - {name: one, when: 'true', risk: 1, because: B.}\n"
                                + "  - {name: ^one, when: 'true', risk: 1, because: B.}",
                        "two rules named 'one'"),
                Arguments.of("rules:\n  - name: ^one\n    when: 'true'\n    risk: 1", "no reason"),
                Arguments.of("rules:\n  - name: ^one\n    when: 'true'\n    risk: 1\n    because: ' '", "no reason"),
                Arguments.of("rules:\n  - ^when: 'true'\n    risk: 1\n    because: B.", "has no name"),
                Arguments.of("rules:\n  - ^risk: 1\n    because: B.", "no name"),
                Arguments.of("rules:\n  - name: ^one\n    risk: 1\n    because: B.", "no condition"),
                Arguments.of("rules:\n  - name: ^one\n    when: 'true'\n    because: B.", "no effect"),
                Arguments.of("rules:\n  - name: ^one\n    when: 'true'\n    risk: 101\n    because: B.", "-100 to 100"),
                Arguments.of(
                        "rules:\n  - name: ^one\n    when: 'true'\n    risk: -2147483648\n    because: B.",
                        "-100 to 100"),
                Arguments.of(rule("when: 'true'\n^risk: many"), "whole number"),
                Arguments.of(rule("when: 'true'\n^risk: 1.5"), "whole number"),
                Arguments.of(rule("when: 'true'\n^refuse: maybe"), "true or false"),
                Arguments.of(rule("risk: 1\n^when: [a]"), "text"),
                Arguments.of("environments:\n  p:\n    approvals:\n      low: [{from: x, ^at-least: 0}]", "1 and more"),
                Arguments.of("environments:\n  p:\n    approvals:\n      low: [{from: ^'user:'}]", "name is missing"),
                Arguments.of("environments:\n  p:\n    approvals:\n      ^low:", "Nothing is written"),
                Arguments.of("environments:\n  p:\n    approvals:\n      low: [^null]", "Nothing is written"),
                Arguments.of("environments:\n  p:\n    approvals:\n      low: [{from: [^null]}]", "Nothing is written"),
                Arguments.of("groups:\n  ^leads: []", "no members"),
                Arguments.of("groups:\n  leads: [^null]", "Nothing is written"),
                Arguments.of("rules:\n  - ^null", "Nothing is written"),
                Arguments.of("service: x\n---\n^service: y", "one document"),
                Arguments.of("^rules: 5", "a list"),
                Arguments.of("^just text", "keys with values"),
                Arguments.of("service: &a x\nproduct: ^*a", "alias"),
                Arguments.of("groups: {g: [x]}\nenvironments: {p: {approvals: {low: [{from: ^*g}]}}}", "alias"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakeIsNamedWithItsPlace(String marked, String message) {
        int mark = marked.indexOf('^');
        String before = marked.substring(0, mark);
        PolicyException e = fail(before + marked.substring(mark + 1));
        assertThat(e).hasMessageContaining(message).hasMessageStartingWith("file.yml:" + e.line() + ":" + e.column());
        assertThat(e.getMessage()).doesNotContain("io.jenkins").doesNotContain("\n");
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        assertThat(e.line() + ":" + e.column())
                .as(e.getMessage())
                .isEqualTo(line + ":" + (mark - before.lastIndexOf('\n')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [",
                "a: 'x",
                "\tservice: x",
                "service: \"\\q\"",
                "a: b: c",
                "%YAML 9.9\n---\n",
                "\u0000",
                "@x"
            })
    void textThatIsNoYamlIsSaidSo(String text) {
        PolicyException e = fail(text);
        assertThat(e.line()).isPositive();
        assertThat(e.column()).isPositive();
    }

    @Test
    void tooLargePolicyIsRefused() {
        assertThat(fail("#".repeat(1 << 20))).hasMessageContaining("at most");
    }

    private PolicyException fail(String text) {
        PolicyException e =
                catchThrowableOfType(PolicyException.class, () -> reader.read(Layer.REPOSITORY, "file.yml", text));
        assertThat(e).as(text).isNotNull();
        return e;
    }
}
