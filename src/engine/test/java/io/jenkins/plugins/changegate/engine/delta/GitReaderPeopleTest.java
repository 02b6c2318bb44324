package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who had a part in a change: nobody can hide. */
class GitReaderPeopleTest {

    private static final Person EVE = new Person("Eve", "eve@example.org");
    private static final Person MALLORY = new Person("Mallory", "mallory@example.org");

    @TempDir
    private Path directory;

    private TestRepository repository;
    private String base;

    @BeforeEach
    void commitBase() {
        repository = TestRepository.in(directory);
        base = repository.write("file", "text\n").commit("Begin");
    }

    @Test
    void authorAndCommitterHadAPart() {
        String head = repository.write("file", "more\n").commit("Change\n\nBody", EVE);
        Delta delta = read(base, head);
        assertThat(delta.people()).containsExactlyInAnyOrder(EVE, TestRepository.COMMITTER);
        assertThat(delta.commits()).singleElement().satisfies(commit -> {
            assertThat(commit.id()).isEqualTo(head);
            assertThat(commit.subject()).isEqualTo("Change");
            assertThat(commit.author()).isEqualTo(EVE);
            assertThat(commit.committer()).isEqualTo(TestRepository.COMMITTER);
            assertThat(commit.undone()).isFalse();
            assertThat(commit.committed()).isGreaterThan(1_700_000_000L);
        });
    }

    @Test
    void coAuthorsAreFoundAnywhereInTheMessage() {
        for (String message : new String[] {
            "Change\n\nCo-authored-by: Mallory <mallory@example.org>\n",
            "Co-authored-by: Mallory <mallory@example.org>\n\nBody\n",
            "Change\nCo-authored-by: Mallory <mallory@example.org>\nand more text\n\nSigned-off-by: Eve <e@e>\n",
            "Change\n\n  CO-AUTHORED-BY :Mallory<mallory@example.org>\n\nText",
            "Change\r\n\r\nco-Authored-By:\tMallory <mallory@example.org>\r\nText\r\n",
            "x\n".repeat(20_000) + "Co-authored-by: Mallory <mallory@example.org>",
        }) {
            String head = repository.commit(message, EVE);
            assertThat(read(base, head).people()).as(message).contains(MALLORY);
            base = head;
        }
    }

    @Test
    void coAuthorMayHaveNoMailAddress() {
        String head = repository.commit("Change\n\nCo-authored-by: Mallory\nCo-authored-by: <m@example.org>\n");
        assertThat(read(base, head).people()).contains(new Person("Mallory", ""), new Person("", "m@example.org"));
    }

    @Test
    void messageTooLongToBeLookedAtIsAGap() {
        String head = repository.commit("x".repeat(70_000) + "\nCo-authored-by: Mallory <mallory@example.org>");
        Reading reading = repository.reader().read(base, head);
        assertThat(reading.gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.TOO_LARGE);
    }

    @Test
    void moreCommitsOrPeopleThanAreListedAreAGap() {
        repository.commit("One", EVE);
        String head = repository.commit("Two", MALLORY);
        Limits oneCommit = new Limits(100, 1, 100, 1000, 1000, Duration.ofMinutes(1));
        Reading reading = new GitReader(directory, oneCommit).read(base, head);
        assertThat(reading.gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.TOO_LARGE);
        assertThat(reading.delta().orElseThrow().commits()).hasSize(1);
        assertThat(reading.delta().orElseThrow().people()).contains(EVE, MALLORY);
        Limits onePerson = new Limits(100, 100, 1, 1000, 1000, Duration.ofMinutes(1));
        reading = new GitReader(directory, onePerson).read(base, head);
        assertThat(reading.gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.TOO_LARGE);
        assertThat(reading.delta().orElseThrow().people()).hasSize(1);
    }

    @Test
    void mailmapIsNotObeyed() {
        repository.git("config", "log.mailmap", "true");
        repository.write(".mailmap", "Nobody <nobody@example.org> <eve@example.org>\n");
        String head = repository.commit("Change", EVE);
        assertThat(read(base, head).people())
                .contains(EVE)
                .noneMatch(person -> person.name().equals("Nobody"));
    }

    @Test
    void mergedBranchCountsWhole() {
        repository.git("checkout", "-q", "-b", "topic");
        repository.write("topic", "t\n").commit("Topic", MALLORY);
        repository.git("checkout", "-q", "main");
        repository.write("main", "m\n").commit("Main", EVE);
        repository.git("merge", "-q", "--no-ff", "-m", "Merge", "topic");
        assertThat(read(base, repository.head()).people()).contains(EVE, MALLORY, TestRepository.AUTHOR);
        assertThat(read(base, repository.head()).commits()).hasSize(3);
    }

    @Test
    void rollbackUndoesCommits() {
        String head = repository.write("file", "worse\n").commit("Worse", EVE);
        Delta delta = read(head, base);
        assertThat(delta.commits()).singleElement().satisfies(commit -> {
            assertThat(commit.id()).isEqualTo(head);
            assertThat(commit.undone()).isTrue();
        });
        assertThat(delta.people()).contains(EVE);
        assertThat(delta.totals()).isEqualTo(new Totals(1, 0, 0, 1, 1));
    }

    @Test
    void otherBranchUndoesAndAdds() {
        String one = repository.write("one", "1\n").commit("One", EVE);
        repository.git("checkout", "-q", "-b", "other", base);
        String two = repository.write("two", "2\n").commit("Two", MALLORY);
        Delta delta = read(one, two);
        assertThat(delta.commits())
                .filteredOn(Commit::undone)
                .extracting(Commit::id)
                .containsExactly(one);
        assertThat(delta.commits())
                .filteredOn(commit -> !commit.undone())
                .extracting(Commit::id)
                .containsExactly(two);
    }

    @Test
    void strangeNamesOfPeopleAreKept() {
        String tree = repository.git("rev-parse", "HEAD^{tree}").strip();
        String name = "Näme\u2028with\u0085breaks\rand \"quotes\"";
        String head = repository.rawCommit("tree " + tree + "\nparent " + base + "\nauthor " + name
                + " <m@x> 1700000000 +0000\ncommitter " + name + " <m@x> 1700000000 -1130\n\nText\n");
        assertThat(read(base, head).people()).containsExactly(new Person(name, "m@x"));
        GitReader.Look look = repository.reader().look(head, "file");
        assertThat(look.gap()).isNull();
        assertThat(look.commit().people()).containsExactly(new Person(name, "m@x"));
    }

    private Delta read(String from, String to) {
        Reading reading = repository.reader().read(from, to);
        assertThat(reading.gaps()).isEmpty();
        return reading.delta().orElseThrow();
    }
}
