package io.jenkins.plugins.changegate.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimesTest {

    @Test
    void quantilesAreThoseOfTheSortedTimes() {
        Random random = new Random(20_261_123);
        for (int round = 0; round < 2_000; round++) {
            int count = 1 + random.nextInt(60);
            // Few different ones, so that there are many equal ones.
            int different = 1 + random.nextInt(100);
            int[] all = new int[count];
            Times times = new Times();
            for (int i = 0; i < count; i++) {
                all[i] = random.nextInt(different);
                times.add(all[i]);
            }
            Arrays.sort(all);
            assertThat(times.spread())
                    .isEqualTo(new Spread(count, all[(count + 1) / 2 - 1], all[(9 * count + 9) / 10 - 1]));
        }
    }

    @Test
    void ofNothingThereAreNone() {
        assertThat(new Times().spread()).isEqualTo(Spread.NONE);
    }
}
