package io.jenkins.plugins.changegate.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kind of a step from one version to another. */
class BumpTest {

    private static final long SEED = 4_711;

    @ParameterizedTest
    @CsvSource({
        "1.2.3, 2.0.0, major",
        "1.2.3, 10.0.0, major",
        "1, 2, major",
        "1, 2.0, major",
        "0.9, 1.0, major",
        "1.2.3, 2.0.0-rc1, major",
        "1.2.3, 1.3.0, minor",
        "1.2, 1.10, minor",
        "1, 1.1, minor",
        "1.2.3, 1.2.4, patch",
        "1.2.9, 1.2.10, patch",
        "1.2, 1.2.1, patch",
        "1.2.3.Final, 1.2.4.Final, patch",
        "1.2.3, 1.2.4.Final, patch",
        "31.0-jre, 31.1-jre, minor",
        "0.3.1, 0.4.0, major",
        "0.3.1, 0.3.2, minor",
        "v1.2.3, v1.3.0, minor",
        "^1.2.3, ^1.3.0, minor",
        "~> 7.0, ~> 8.0, major",
        "'>=1.2,<2', '>=1.2,<3', major",
        "'>=1.2,<2', '>=1.3,<2', minor",
        "3.18@sha256:0a1b2c, 3.19@sha256:1a1b2c, minor",
        "2024.01.15, 2024.02.01, minor",
        "99999999999999999999, 100000000000000000000, major",
        "2.0.0, 1.0.0, downgrade",
        "1.3.0, 1.2.9, downgrade",
        "1.2.4, 1.2.3, downgrade",
        "1.2.3.5, 1.2.3.4, downgrade",
        "1.2.3, 1.2.3-rc1, downgrade",
        "1.2.3-rc2, 1.2.3-rc1, downgrade",
        "1.2.3-rc10, 1.2.3-rc9, downgrade",
        "1.2.3, 1.2.3, unknown",
        "1421.v99cb_b_2577709, 1424.vc64a_edde7777, unknown",
        "1402.1405.vc96e74964250, 1412.v7737b_3405f86, unknown",
        "1.29, 1402.vc96e74964250, unknown",
        "1424.vc64a_edde7777, 1421.v99cb_b_2577709, downgrade",
        "9.4.v20190429, 10.0.v20190430, major",
        "1.2.3-rc1, 1.2.3, unknown",
        "1.2.3-rc1, 1.2.3-rc2, unknown",
        "1.2.3, 1.2.4-beta.1, unknown",
        "1.2.3, 1.3.0-SNAPSHOT, unknown",
        "1.2.3.4, 1.2.3.5, unknown",
        "1.0, 1.0.0, unknown",
        "01.2, 1.2, unknown",
        "31.0-jre, 31.1-android, unknown",
        "1.2.3, latest, unknown",
        "latest, 1.2.3, unknown",
        "'', 1.0, unknown",
        "~1.2.3, ^1.3.0, unknown",
        "~1.2.3, ^2.0.0, major",
        "1234abc, 2234abd, unknown",
        "3.18@sha256:0a1b2c, 3.18@sha256:1a1b2c, unknown",
        "v0.0.0-20230101000000-0123456789ab, v0.0.0-20240101000000-1123456789ab, unknown",
        "v0.0.0-20240101000000-0123456789ab, v0.0.0-20230101000000-1123456789ab, downgrade",
        "v1.2.3+incompatible, v1.2.4+incompatible, patch",
    })
    void stepIsOfAKind(String from, String to, String kind) {
        assertThat(Bump.between(from, to).key()).isEqualTo(kind);
        assertThat(Bump.named(kind)).containsExactly(Bump.between(from, to));
    }

    @ParameterizedTest
    @CsvSource({"MAJOR", "majr", "''"})
    void unknownWordIsNoBump(String key) {
        assertThat(Bump.named(key)).isEmpty();
    }

    @Test
    void whatWasOtherIsADowngradeOrUnknown() {
        assertThat(Bump.named("other")).containsExactlyInAnyOrder(Bump.DOWNGRADE, Bump.UNKNOWN);
        assertThat(Bump.words()).endsWith("unknown", "other");
    }

    /** Whatever is written in the place of a version, a step has a kind, and back is no step up. */
    @Test
    void randomVersionsHaveAKind() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String from = version(random);
            String to = version(random);
            Bump step = Bump.between(from, to);
            assertThat(step).as("%s to %s", from, to).isNotIn(Bump.NEW, Bump.REMOVED);
            if (step == Bump.DOWNGRADE) {
                assertThat(Bump.between(to, from)).as("%s to %s", to, from).isNotEqualTo(Bump.DOWNGRADE);
            }
            assertThat(Bump.between(from, from)).isEqualTo(Bump.UNKNOWN);
        }
    }

    private static String version(Random random) {
        String[] pieces = {
            "1", "2", "10", ".", ".", "-", "rc", "v", "^", "+", "@", "beta", " ", "0", ",", "<", "x", "\u0663"
        };
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(9); n >= 0; n--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
