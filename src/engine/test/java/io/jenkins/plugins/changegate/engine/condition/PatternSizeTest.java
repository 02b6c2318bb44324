package io.jenkins.plugins.changegate.engine.condition;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No pattern makes more of RE2/J than it may. */
class PatternSizeTest {

    private static final long SEED = 31_415;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "(?i)aws_secret_access_key",
                "AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}|(?:xox[bp]-[0-9]{10,12}-[A-Za-z0-9]{24})",
                "-----BEGIN (RSA |EC )?PRIVATE KEY-----",
                "(a+)+$",
                "([0-9a-f]{2}:){15}[0-9a-f]{2}",
                "a{1000}",
                "[]{1000}]{4}",
                "\\{1000}\\{1000}\\{1000}",
                "\\\\Q",
                "",
            })
    void usualPatternIsPossible(String pattern) {
        assertThat(PatternSize.tooLarge(pattern)).isEmpty();
        assertThat(Pattern.compile(pattern)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{1000}){1000}",
                "((a{100}){100}){100}",
                "((a{1000})(?i)){1000}",
                "(a{1000})(?i){1000}",
                "(a{1000})\\E{1000}",
                "(?:[]a]{1000}){1000}",
                "([^]a]{1000}){1000}",
                "(\\]{1000}){1000}",
                "(\\x{41}{1000}){1000}",
                "(\\pL{1000}){1000}",
                "([[:alpha:]]{1000}){1000}",
                "(a|b{1000}){1000,}",
                "(?P<name>a{1000}){0,1000}",
                "(\\Q)\\E(a{999})){999}",
                "\\Qa\\E",
            })
    void patternThatWouldGrowIsNotPossible(String pattern) {
        assertThat(PatternSize.tooLarge(pattern)).isPresent();
    }

    @Test
    void longPatternIsNotPossible() {
        assertThat(PatternSize.tooLarge("a".repeat(1_001))).isPresent();
        assertThat(PatternSize.tooLarge("a".repeat(1_000))).isEmpty();
    }

    @Test
    void whatIsPossibleIsSmallInTruth() {
        System.out.println("Seed: " + SEED);
        Random random = new Random(SEED);
        String[] pieces = {
            "a", "(", ")", "(?:", "{9}", "{2,30}", "{99}", "*", "+?", "|", "[", "]", "[^", "\\", "\\E", "(?i)", "\\pN",
            "^", "{"
        };
        int compiled = 0;
        for (int i = 0; i < 60_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                pattern.append(pieces[random.nextInt(pieces.length)]);
            }
            if (PatternSize.tooLarge(pattern.toString()).isEmpty()) {
                try {
                    int size = Pattern.compile(pattern.toString()).programSize();
                    compiled++;
                    assertThat(size).as(pattern.toString()).isLessThan(25_000);
                } catch (PatternSyntaxException e) {
                    // no pattern at all
                }
            }
        }
        assertThat(compiled).isGreaterThan(1_000);
    }
}
