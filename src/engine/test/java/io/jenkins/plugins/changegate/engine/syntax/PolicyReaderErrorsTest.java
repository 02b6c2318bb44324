package io.jenkins.plugins.changegate.engine.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
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

    private static String environment(String line) {
        return "environments:\n  production:\n    " + line;
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("^servce: x", "did you mean 'service'"),
                Arguments.of("service: x\n^Rules: []", "did you mean 'rules'"),
                Arguments.of(rule("when: 'true'\n^rsk: 3"), "did you mean 'risk'"),
                Arguments.of("^completely-else: x", "possible: delegates, environments"),
                Arguments.of("environments:\n  prod:\n    ^pass-up: low", "did you mean 'pass-up-to'"),
                Arguments.of("environments:\n  prod:\n    ^tier: prodution", "did you mean 'production'"),
                Arguments.of("environments:\n  prod:\n    ^pass-up-to: medium", "possible: "),
                Arguments.of(rule("when: 'true'\n^level: very_high"), "did you mean 'very-high'"),
                Arguments.of("environments:\n  p:\n    approvals:\n      ^hihg: [{from: a}]", "did you mean 'high'"),
                Arguments.of(
                        "environments:\n  p:\n    approvals:\n      high: [{from: a, ^atleast: 2}]",
                        "did you mean 'at-least'"),
                Arguments.of(
                        "service: a\n^service: b", "Duplicate key 'service'; it is written first in line 1, column 1"),
                Arguments.of(
                        "rules:\n  - {name: one, when: 'true', risk: 1, because: B.}\n"
                                + "  - {name: ^one, when: 'true', risk: 1, because: B.}",
                        "two rules named 'one'"),
                Arguments.of("rules:\n  - name: ^one\n    when: 'true'\n    risk: 1", "no reason"),
                Arguments.of("rules:\n  - name: ^one\n    when: 'true'\n    risk: 1\n    because: ' '", "no reason"),
                Arguments.of("rules:\n  - ^when: 'true'\n    risk: 1\n    because: B.", "has no name"),
                Arguments.of("rules:\n  - ^risk: 1\n    when: 'true'\n    because: B.", "no name"),
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
                Arguments.of(environment("^exipre-after: 3 days"), "did you mean 'expire-after'"),
                Arguments.of(
                        environment("expire-after: ^3 moons"),
                        "'3 moons' is no time; write '30 minutes', '4 hours' or '3 days'"),
                Arguments.of(environment("expire-after: ^0 days"), "'0 days' is no time"),
                Arguments.of(environment("expire-after: ^-1 days"), "is no time"),
                Arguments.of(environment("expire-after: ^1.5 hours"), "is no time"),
                Arguments.of(environment("expire-after: ^3"), "'3' is no time"),
                Arguments.of(environment("expire-after: ^''"), "'' is no time"),
                Arguments.of(environment("expire-after: ^366 days"), "at most: 365 days"),
                Arguments.of(environment("expire-after: ^8761 hours"), "at most: 365 days"),
                Arguments.of(environment("expire-after: ^" + "9".repeat(99) + " minutes"), "at most: 365 days"),
                Arguments.of(environment("^expire-after: [3 days]"), "Expected here: text"),
                Arguments.of(environment("remind-after: ^4 minutes"), "at least: 5 minutes"),
                Arguments.of(environment("remind-after: ^366 days"), "at most: 365 days"),
                Arguments.of(environment("escalate: {after: ^soon, to: a}"), "'soon' is no time"),
                Arguments.of(environment("escalate: {after: ^400 days, to: a}"), "at most: 365 days"),
                Arguments.of(environment("^escalate: {to: a}"), "add 'after: 8 hours'"),
                Arguments.of(environment("^escalate: {after: 1 hour}"), "names nobody"),
                Arguments.of(environment("^escalate: {after: 1 hour, to: []}"), "names nobody"),
                Arguments.of(environment("escalate: {after: 1 hour, to: [a, ^'user:']}"), "name is missing"),
                Arguments.of(environment("escalate: {after: 1 hour, to: [a, ^null]}"), "Nothing is written"),
                Arguments.of(environment("escalate: {after: 1 hour, ^too: a}"), "did you mean 'to'"),
                Arguments.of(environment("^unknown-authors: blok"), "did you mean 'block'? Possible: block, show"),
                Arguments.of(environment("approvals: {low: [{from: a, ^stage: 0}]}"), "no stage 0; possible: 1 to 9"),
                Arguments.of(environment("approvals: {low: [{from: a, ^stage: 10}]}"), "possible: 1 to 9"),
                Arguments.of(environment("approvals: {low: [{from: a, ^stage: last}]}"), "whole number"),
                Arguments.of(
                        environment("approvals: {low: [{from: a, ^including: [b, c]}]}"),
                        "2 cannot be among 1: include fewer, or write 'at-least: 2'"),
                Arguments.of(environment("approvals: {low: [{from: a, including: ^'group:'}]}"), "name is missing"),
                Arguments.of(
                        environment("approvals: {low: [{from: a, at-least: 2, including: [b, ^null]}]}"),
                        "Nothing is written"),
                Arguments.of("groups:\n  leads: [a, a, ^'user:']", "name is missing"),
                Arguments.of("groups:\n  leads: [a, a, ^null]", "Nothing is written"),
                Arguments.of("identities:\n  ^dana: []", "'dana' has no identities"),
                Arguments.of("identities:\n  ^dana:", "Nothing is written"),
                Arguments.of("identities:\n  dana: [d@x.example, ^' ']", "identity is missing"),
                Arguments.of("identities:\n  dana: [^null]", "Nothing is written"),
                Arguments.of("identities:\n  ^'': [d@x.example]", "'' is no user"),
                Arguments.of("identities:\n  ^user:dana: [d@x.example]", "write the id alone"),
                Arguments.of("^identities: dana", "keys with values"),
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
