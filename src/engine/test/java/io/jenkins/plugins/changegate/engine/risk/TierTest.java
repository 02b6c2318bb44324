package io.jenkins.plugins.changegate.engine.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an environment is for, guessed from its name, and what a score means there. */
class TierTest {

    @ParameterizedTest
    @CsvSource({
        "prod, PRODUCTION",
        "prod-eu, PRODUCTION",
        "Production, PRODUCTION",
        "PRODUCTION_2, PRODUCTION",
        "live, PRODUCTION",
        "eu.live.example.org, PRODUCTION",
        "pre-prod, PRODUCTION",
        "production-test, PRODUCTION",
        "dev-to-prod, PRODUCTION",
        "test/live, PRODUCTION",
        "dev, DEVELOPMENT",
        "my-dev, DEVELOPMENT",
        "DEV_7, DEVELOPMENT",
        "dev2, DEVELOPMENT",
        "local, DEVELOPMENT",
        "sandbox/ada, DEVELOPMENT",
        "qa, TESTING",
        "qa-2, TESTING",
        "test, TESTING",
        "ci, TESTING",
        "integration, TESTING",
        "dev-test, TESTING",
        "staging, STAGING",
        "preprod, STAGING",
        "uat, STAGING",
        "stage-dev, STAGING",
        "qa-staging, STAGING",
    })
    void usualNameTellsTheTier(String name, Tier tier) {
        assertThat(Tier.ofName(name)).isEqualTo(tier);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "devprod",
                "kunde7",
                "stagng",
                "tset",
                "developer",
                "devops",
                "latest",
                "contest",
                "integrationtest",
                "42",
                "eu-west-1",
                "t\u00e9st\u00e9",
                "test\u00f6",
                "\u00fcdev",
                "\u0434\u0435\u0432",
                "l\u0130ve",
                "de\u200bv\u0301",
            })
    void everyOtherNameCountsAsProduction(String name) {
        assertThat(Tier.ofName(name)).isEqualTo(Tier.PRODUCTION);
    }

    @Test
    void tierOfALongNameIsFound() {
        assertThat(Tier.ofName("-".repeat(100_000) + "qa")).isEqualTo(Tier.TESTING);
    }

    @Test
    void stricterTierHasLowerBoundsAndALowerCeiling() {
        for (int i = 1; i < Tier.values().length; i++) {
            Tier lenient = Tier.values()[i - 1];
            Tier strict = Tier.values()[i];
            assertThat(lenient.stricter(strict)).isEqualTo(strict);
            assertThat(strict.stricter(lenient)).isEqualTo(strict);
            assertThat(strict.usualPassUpTo()).isLessThanOrEqualTo(lenient.usualPassUpTo());
            for (int score = 0; score <= 100; score++) {
                assertThat(strict.bounds().level(score))
                        .isGreaterThanOrEqualTo(lenient.bounds().level(score));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PRODUCTION, 0, LOW",
        "PRODUCTION, 24, LOW",
        "PRODUCTION, 25, MODERATE",
        "PRODUCTION, 49, MODERATE",
        "PRODUCTION, 50, HIGH",
        "PRODUCTION, 69, HIGH",
        "PRODUCTION, 70, VERY_HIGH",
        "PRODUCTION, 100, VERY_HIGH",
        "STAGING, 34, LOW",
        "STAGING, 35, MODERATE",
        "STAGING, 80, VERY_HIGH",
        "TESTING, 49, LOW",
        "TESTING, 70, HIGH",
        "DEVELOPMENT, 59, LOW",
        "DEVELOPMENT, 95, VERY_HIGH",
    })
    void scoreHasALevel(Tier tier, int score, RiskLevel level) {
        assertThat(tier.bounds().level(score)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2", "5, 5, 6", "5, 7, 7", "9, 8, 7", "1, 2, 101", "-1, 2, 3"})
    void boundsMustRise(int moderate, int high, int veryHigh) {
        assertThatThrownBy(() -> new Tier.Bounds(moderate, high, veryHigh))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
