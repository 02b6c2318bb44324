package io.jenkins.plugins.changegate.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.jenkins.plugins.changegate.engine.delta.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may not approve a change because it is their own. */
class SeparationTest {

    @ParameterizedTest
    @CsvSource({
        // author's name, author's mail, voter's id, voter's name, voter's mail, excluded
        "Ada Author, ada@example.org, ada, Ada, ada@example.org, true",
        "Ada Author, ADA@Example.ORG, other, Other, ' ada@example.org ', true",
        "Ada Author, ada@example.org, ada, '', '', true",
        "Ada Author, ada@example.org, ADA, '', '', true",
        "Ada Author, ada@example.org, ada@example.org, '', '', true",
        "Ada Author, ada@private.net, aauthor, Ada Author, ada@example.org, true",
        "ada author, '', aauthor, Ada Author, '', true",
        "ada, '', ada, Somebody, '', true",
        "' Ada Author ', '', aauthor, Ada Author, '', true",
        "Ada Author, ada, ada, '', '', true",
        "Ada Author, ada@example.org, bob, Bob Builder, bob@example.org, false",
        "Ada Author, ada@example.org, adam, Adam, adam@example.org, false",
        "Ada Author, 123+bob@users.noreply.example.org, bob, Bob Builder, '', true",
        "Ada Author, 123+bob@users.noreply.example.org, 123, Bob Builder, '', false",
        "Ada Author, '', bob, Bob, '', false",
        "'', '', bob, '', '', false",
        "'', @example.org, bob, '', '', false",
        "Ada Author, ada@example.org, example.org, '', '', false",
    })
    void authorMayNotApprove(
            String name, String mail, String id, String voterName, String voterMail, boolean excluded) {
        Separation separation = new Separation("", List.of(new Person("Zoe", "zoe@x"), new Person(name, mail)));
        assertThat(separation.excludes(voter(id, voterName, voterMail)).isPresent())
                .isEqualTo(excluded);
    }

    @Test
    void starterMayNotApprove() {
        Separation separation = new Separation("bob", List.of());
        assertThat(separation.excludes(voter("bob", "", "")))
                .hasValueSatisfying(because -> assertThat(because).contains("You started this run"));
        assertThat(separation.excludes(voter("BOB", "", ""))).isPresent();
        assertThat(separation.excludes(voter("ada", "bob", "bob@x"))).isEmpty();
    }

    @Test
    void nobodyStartedMeansNobodyIsTurnedAwayForIt() {
        assertThat(new Separation("", List.of()).excludes(voter("", "", ""))).isEmpty();
        assertThat(new Separation("", List.of()).excludes(voter("ada", "", ""))).isEmpty();
    }

    @Test
    void reasonNamesTheAuthorAsWritten() {
        Separation separation = new Separation("", List.of(new Person("Ada", "ada@x")));
        assertThat(separation.excludes(voter("ada", "", "")))
                .hasValueSatisfying(
                        because -> assertThat(because).contains("author").contains("Ada <ada@x>"));
    }

    @ParameterizedTest
    @CsvSource({
        // author's name, author's mail, voter's id, excluded
        "D., dana@old.example, dana, true",
        "D., DANA@OLD.example, DANA, true",
        "Dana D., '', dana, true",
        "' dana d. ', x@y.example, dana, true",
        "D., dana@old.example, bob, false",
        "Tom T., tom@old.example, dana, false",
        "Tom T., tom@old.example, tom, true",
        "'', '', dana, false",
    })
    void authorIsWhoeverTheIdentitiesSay(String name, String mail, String id, boolean excluded) {
        Separation separation = new Separation(
                "",
                List.of(new Person(name, mail)),
                Map.of("dana", Set.of("dana@old.example", " Dana D. ", ""), "Tom", Set.of("tom@old.example")));
        assertThat(separation.excludes(voter(id, "Somebody", "")).isPresent()).isEqualTo(excluded);
        assertThat(separation.same(new Person(name, mail), voter(id, "Somebody", "")))
                .isEqualTo(excluded);
    }

    @Test
    void manyAuthorsAndManyIdentitiesAreComparedInATime() {
        List<Person> authors = IntStream.range(0, 5_000)
                .mapToObj(i -> new Person("Author " + i, "author" + i + "@example.org"))
                .toList();
        Map<String, Set<String>> identities = IntStream.range(0, 20_000)
                .boxed()
                .collect(Collectors.toMap(i -> "user" + i, i -> Set.of("other" + i + "@example.org")));
        identities.put("dana", IntStream.range(0, 20_000).mapToObj(i -> "d" + i).collect(Collectors.toSet()));
        Separation separation = new Separation("", authors, identities);
        assertThat(assertTimeout(Duration.ofSeconds(2), () -> separation.excludes(voter("dana", "Dana", ""))))
                .isEmpty();
    }

    private static Voter voter(String id, String name, String mail) {
        return new Voter(id, name, mail, Set.of(), true);
    }
}
