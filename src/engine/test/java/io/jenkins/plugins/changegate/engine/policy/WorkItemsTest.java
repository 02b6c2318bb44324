package io.jenkins.plugins.changegate.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys of work items in commit messages. */
class WorkItemsTest {

    private static List<String> keys(String pattern, String... subjects) {
        return List.copyOf(
                new WorkItems(pattern, "").in(Arrays.asList(subjects)).keySet());
    }

    @Test
    void eachKeyIsFoundOnceInTheOrderOfTheCommits() {
        assertThat(keys("SHOP-[0-9]+", "SHOP-2 and SHOP-1", "Nothing", "SHOP-1 again", "shop-3"))
                .containsExactly("SHOP-2", "SHOP-1");
        assertThat(keys("(?:^|\\s)#([0-9]+)", "Mend it #12 (see a#13)", "#7")).containsExactly("12", "7");
        assertThat(keys("x*", "none")).as("nothing is no key").isEmpty();
        String[] many = IntStream.range(0, 200).mapToObj(i -> "K-" + i).toArray(String[]::new);
        assertThat(keys("K-[0-9]+", many)).hasSize(50);
    }

    @Test
    void aKeyStaysOnePartOfTheAddress() {
        assertThat(new WorkItems("\\[(.*?)\\]", "https://tracker.example/browse/{key}?x={key}")
                        .in(List.of("[a/../b ?&]")))
                .containsExactly(Map.entry(
                        "a/../b ?&", "https://tracker.example/browse/a%2F..%2Fb%20%3F%26?x=a%2F..%2Fb%20%3F%26"));
    }

    @Test
    void whatIsNoPatternOrNoAddressIsSaid() {
        assertThatThrownBy(() -> new WorkItems("SHOP-(", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as 'SHOP-[0-9]+'");
        assertThatThrownBy(() -> new WorkItems("x".repeat(201), "")).hasMessageContaining("200");
        for (String url :
                List.of("javascript:alert({key})", "https://tracker.example/", "{key}", "//evil.example/{key}")) {
            assertThatThrownBy(() -> new WorkItems("a", url)).as(url).hasMessageContaining("http://");
        }
    }
}
