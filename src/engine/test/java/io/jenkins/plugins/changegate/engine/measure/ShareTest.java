package io.jenkins.plugins.changegate.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {

    /** The intervals that R 4.3 gives: {@code prop.test(part, of, correct = FALSE)$conf.int}. */
    @ParameterizedTest
    @CsvSource({
        "10, 100, 0.05522914, 0.17436566",
        "0, 10, 0, 0.27753279",
        "10, 10, 0.72246721, 1",
        "1, 3, 0.06149194, 0.79234040",
    })
    void hasWilsonsInterval(long part, long of, double low, double high) {
        Share share = new Share(part, of);
        assertThat(share.low()).isCloseTo(low, within(1e-7));
        assertThat(share.high()).isCloseTo(high, within(1e-7));
    }

    @Test
    void ofNothingNothingIsKnown() {
        assertThat(new Share(0, 0).value()).isZero();
        assertThat(new Share(0, 0).low()).isZero();
        assertThat(new Share(0, 0).high()).isEqualTo(1);
    }

    @Test
    void aPartIsNoMoreThanTheWhole() {
        assertThatThrownBy(() -> new Share(2, 1)).hasMessage("2 of 1");
    }
}
