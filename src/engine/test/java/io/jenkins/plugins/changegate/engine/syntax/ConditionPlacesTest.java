package io.jenkins.plugins.changegate.engine.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A mistake in a condition is named at its own line and column, in every style of YAML. The mark is {@code ^}. */
class ConditionPlacesTest {

    private static final String BEFORE = "rules:\n  - name: one\n    risk: 1\n    because: Because.\n    ";
    private final PolicyReader reader = new PolicyReader();

    static Stream<Arguments> styles() {
        return Stream.of(
                Arguments.of("when: ^chnge.files > 1", "undeclared reference to 'chnge'"),
                Arguments.of("when: true && ^chnge.files > 1", "undeclared reference"),
                Arguments.of("when: '^chnge.files > 1'", "undeclared reference"),
                Arguments.of("when: \"true && ^chnge.files > 1\"", "undeclared reference"),
                Arguments.of("when: 'service == ''a'' && ^chnge.files > 1'", "undeclared reference"),
                Arguments.of("when: \"service == \\\"a\\\" && ^chnge.files > 1\"", "undeclared reference"),
                Arguments.of("when: |\n      true &&\n      ^chnge.files > 1", "undeclared reference"),
                Arguments.of("when: |-\n        true &&\n          ^chnge.files > 1\n", "undeclared reference"),
                Arguments.of(
                        "when: >-\n      true\n      && true &&\n\n      ^chnge.files > 1", "undeclared reference"),
                Arguments.of("when: >\n      service == 'a b'\n      && ^chnge > 1\n", "undeclared reference"),
                Arguments.of("when: true &&\n      true && ^chnge.files", "undeclared reference"),
                Arguments.of("when: 'true &&\n      true && ^chnge.files'", "undeclared reference"),
                Arguments.of("when: \"true &&\n      true && ^chnge.files\"", "undeclared reference"),
                Arguments.of("when: change.files ^> 'one'", "no matching overload"),
                Arguments.of("when: true &&^", "input"),
                Arguments.of("when: 'change.files >^'", "input"),
                Arguments.of("when: change.files > 1 ^) && true", "mismatched input"),
                Arguments.of("when: change^.fils > 1", "field selection"),
                Arguments.of("when: change^.files", "bool"),
                Arguments.of("when: '^5'", "bool"),
                Arguments.of("when: change.touches^(5)", "no matching overload"),
                Arguments.of("when: change.adds(^'(a') || true", "no RE2 pattern"),
                Arguments.of("when: >-\n      true ||\n      change.removes(^'(?=a)')", "no RE2 pattern"),
                Arguments.of("when: change.adds(^'(a)\\\\1')", "no RE2 pattern"),
                Arguments.of("when: change.adds(^service)", "must be written out"),
                Arguments.of("when: change.adds('a' ^+ 'b')", "must be written out"),
                Arguments.of("when: change.bumps(^'huge')", "possible: new, removed, major"),
                Arguments.of("when: change.bumps(^service)", "must be written out"));
    }

    @ParameterizedTest
    @MethodSource("styles")
    void mistakeIsNamedAtItsPlace(String marked, String message) {
        String text = BEFORE + marked;
        int mark = text.indexOf('^');
        String before = text.substring(0, mark);
        PolicyException e = catchThrowableOfType(
                PolicyException.class, () -> reader.read(Layer.REPOSITORY, "f", before + text.substring(mark + 1)));
        assertThat(e).as(text).isNotNull().hasMessageContaining(message);
        List<Integer> place = List.of((int) before.lines().count(), mark - before.lastIndexOf('\n'));
        assertThat(List.of(e.line(), e.column())).as(e.getMessage()).isEqualTo(place);
    }

    @Test
    void longConditionIsNotRepeatedWhole() {
        PolicyException e = catchThrowableOfType(
                PolicyException.class,
                () -> reader.read(Layer.REPOSITORY, "f", BEFORE + "when: " + "true && ".repeat(500) + "chnge"));
        assertThat(e.getMessage()).hasSizeLessThan(500);
    }
}
