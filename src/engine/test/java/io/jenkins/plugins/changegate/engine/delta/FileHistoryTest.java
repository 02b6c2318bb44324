package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened to the files of a change before, in real repositories, and what is not guessed. */
class FileHistoryTest {

    private static final long SEED = 20_261_125;
    private static final String ID = "a".repeat(40);
    private static final Person EVE = new Person("Eve", "Eve@Example.org");

    @TempDir
    private Path directory;

    private TestRepository repository;

    @BeforeEach
    void begin() {
        repository = TestRepository.in(directory.resolve("origin"));
        repository.write("a", "1\n").write("b", "1\n").commit("Begin");
    }

    private static FileHistory read(TestRepository clone, String base, String head) {
        return clone.reader().lookAndRead(base, head, "policy").background().earlier();
    }

    private long time(String commit) {
        return Long.parseLong(
                repository.git("log", "-1", "--format=%ct", commit).strip());
    }

    @Test
    void changesAndAuthorsAreThoseOfTheTouchedFilesBeforeTheChange() {
        repository.write("a", "2\n").commit("Ada", TestRepository.AUTHOR);
        repository.write("c", "1\n").commit("Elsewhere", new Person("Zoe", "zoe@example.org"));
        repository.write("a", "3\n").commit("Eve", EVE);
        String base = repository.write("b", "2\n").commit("Eve again", new Person("Eve", "eve@example.org"));
        String head = repository.write("a", "4\n").write("new", "1\n").commit("Change");
        FileHistory history = read(repository, base, head);
        assertThat(history.changes()).isEqualTo(3);
        assertThat(history.authors()).isEqualTo(2);
        double days = (time(head) - time(base + "~1")) / 86_400.0;
        assertThat(history.age().orElseThrow()).isCloseTo(days, within(1e-9)).isPositive();
    }

    @Test
    void aRenamedFileHasTheHistoryOfItsOldNameAndNewFilesHaveNone() {
        String base = repository.write("a", "x\ny\nz\n").commit("More");
        String renamed = repository.rename("a", "z").commit("Rename");
        assertThat(read(repository, base, renamed).changes()).isEqualTo(2);
        String added = repository.write("new", "1\n").commit("Add");
        FileHistory none = read(repository, renamed, added);
        assertThat(none.changes()).isZero();
        assertThat(none.authors()).isZero();
        assertThat(none.age()).isEmpty();
    }

    @Test
    void authorsAreKnownByWhatTheyDidBeforeAndWhere() {
        repository.write("core/x", "1\n").commit("Eve", EVE);
        repository.write("web/x", "1\n").commit("Eve again", new Person("E.", "eve@example.org"));
        String base = repository.write("core/y", "1\n").commit("Ada", TestRepository.AUTHOR);
        String head = repository.write("core/x", "2\n").commit("Change", EVE);
        assertThat(read(repository, base, head).byAuthors()).isEqualTo(new AuthorHistory(2, 2, 1));
        String both = repository.write("web/x", "2\n").commit("More", new Person("Zoe", "zoe@example.org"));
        // Eve's two of before, of which both are in what is changed now, and none of Zoe's.
        assertThat(read(repository, base, both).byAuthors()).isEqualTo(new AuthorHistory(1, 1, 1));
    }

    @Test
    void whatIsOlderCountsLessAndWhatComesFromTheFutureAsToday() {
        long now = 2_000_000_000;
        long year = 31_557_600;
        List<EarlierParser.Entry> earlier = List.of(
                new EarlierParser.Entry(now + year, "eve@example.org", List.of("a")),
                new EarlierParser.Entry(now - year + 1, "eve@example.org", List.of("a")),
                new EarlierParser.Entry(now - 3 * year, "eve@example.org", List.of("core/a")),
                new EarlierParser.Entry(now, "zoe@example.org", List.of("a")));
        Commit own = new Commit("c", false, now, EVE, EVE, List.of(), "");
        assertThat(AuthorHistory.of(earlier, List.of(own), List.of("b"))).contains(new AuthorHistory(3, 2.25, 2));
        assertThat(AuthorHistory.of(earlier, List.of(), List.of("b"))).isEmpty();
    }

    @Test
    void authorsOfWhatIsTakenBackAreNotTheAuthorsOfTheChange() {
        String base = repository.head();
        String head = repository.write("a", "2\n").commit("Two", EVE);
        assertThat(read(repository, head, base).byAuthors()).isNull();
        assertThat(read(repository, head, base).changes()).isEqualTo(2);
    }

    @Test
    void authorsAreNotKnownWhereNotAllCommitsAreListed() {
        String base = repository.head();
        for (int i = 0; i < 3; i++) {
            repository.write("a", i + "\n").commit("Change " + i, EVE);
        }
        Limits two = new Limits(20_000, 2, 5_000, 64 * 1024, Limits.DEFAULT.text(), Limits.DEFAULT.time());
        FileHistory history = new GitReader(repository.directory(), two)
                .lookAndRead(base, repository.head(), "policy")
                .background()
                .earlier();
        assertThat(history.byAuthors()).isNull();
        assertThat(history.changes()).isEqualTo(1);
    }

    @Test
    void whereTheCloneEndsNothingIsKnown() {
        String base = repository.write("a", "2\n").commit("Two");
        String head = repository.write("a", "3\n").commit("Three");
        assertThat(read(repository, base, head).changes()).isEqualTo(2);
        TestRepository clone = TestRepository.shallowCloneOf(repository, 2, directory.resolve("clone"));
        GitReader.LookAndReading read = clone.reader().lookAndRead(base, head, "policy");
        assertThat(read.reading().gaps()).isEmpty();
        assertThat(read.background().earlier()).isNull();
    }

    @Test
    void aMissingBaseHasNoHistoryAndNoFurtherGap() {
        GitReader.LookAndReading read = repository.reader().lookAndRead("f".repeat(40), repository.head(), "policy");
        assertThat(read.background().earlier()).isNull();
        assertThat(read.reading().gaps()).hasSize(1);
    }

    /** A name that looks like what git says of a commit or of modes. */
    @Test
    void namesOfFilesAreTakenForNothingElse() {
        String hostile = ID + " 1 eve@example.org";
        repository.write(hostile, "1\n").write(":100644 100644 a b M", "1\n").commit("Hostile", EVE);
        String base = repository.write(hostile, "2\n").commit("Hostile again", EVE);
        String head = repository.write(hostile, "3\n").commit("Change");
        FileHistory history = read(repository, base, head);
        assertThat(history.changes()).isEqualTo(2);
        assertThat(history.authors()).isEqualTo(1);
    }

    @Test
    void noMorePathsThanFitAreKept() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int commit = 0; commit < 3; commit++) {
            log.append(ID).append(" 7 Ada@example.org\0\n");
            for (int file = 0; file < 20_000; file++) {
                log.append(":100644 100644 a b M\0f").append(file).append('\0');
            }
        }
        EarlierParser.Earlier earlier = parse(log.toString());
        assertThat(earlier.commits()).hasSize(2);
        assertThat(earlier.commits().get(0).author()).isEqualTo("ada@example.org");
        assertThat(earlier.commits().get(0).paths()).hasSize(20_000);
    }

    @Test
    void anythingElseIsAnIoException() throws IOException {
        for (String text : List.of("x", ID, ID + " 1", ID + " x y", ID + " 1 a\0:1", ":1\0a\0", "\0")) {
            assertThatThrownBy(() -> parse(text)).as(text).isInstanceOf(IOException.class);
        }
        assertThat(parse("").commits()).isEmpty();
        System.out.println("Seed: " + SEED);
        Random random = new Random(SEED);
        String truth = (ID + " 1 a\0\n:1 2 a b M\0file\0").repeat(3);
        for (int i = 0; i < 2_000; i++) {
            int at = random.nextInt(truth.length());
            String text = truth.substring(0, at) + (char) random.nextInt(256) + truth.substring(at + random.nextInt(2));
            try {
                assertThat(parse(text).commits().size()).isBetween(1, 6);
            } catch (IOException expected) {
                assertThat(expected).hasMessageContaining("git");
            }
        }
    }

    private static EarlierParser.Earlier parse(String log) throws IOException {
        return EarlierParser.parse(new ByteArrayInputStream(log.getBytes(StandardCharsets.ISO_8859_1)), Set.of());
    }
}
