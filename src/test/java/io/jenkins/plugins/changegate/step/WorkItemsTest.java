package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.record.Link;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys of work items in commit messages. */
class WorkItemsTest {

    private static Delta delta(String... subjects) {
        Person person = new Person("Ada", "ada@example.org");
        List<Commit> commits = Arrays.stream(subjects)
                .map(subject -> new Commit("c".repeat(40), false, 1, person, person, List.of(), subject))
                .toList();
        return new Delta(
                "b".repeat(40), "h".repeat(40), List.of(), new Totals(0, 0, 0, 0, 0), commits, List.of(person));
    }

    private static List<String> keys(String pattern, String... subjects) {
        return new WorkItems(pattern, "")
                .in(delta(subjects)).stream().map(Link::key).toList();
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
                        .in(delta("[a/../b ?&]")))
                .containsExactly(new Link(
                        Link.Kind.WORK_ITEM,
                        "a/../b ?&",
                        "https://tracker.example/browse/a%2F..%2Fb%20%3F%26?x=a%2F..%2Fb%20%3F%26"));
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
