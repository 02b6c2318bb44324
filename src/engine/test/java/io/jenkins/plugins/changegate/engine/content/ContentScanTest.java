package io.jenkins.plugins.changegate.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.GitHistory;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import io.jenkins.plugins.changegate.engine.delta.Limits;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions about a change's text are answered with places, and never with text. */
class ContentScanTest {

    private static final String SECRET = "hunter2hunter2";

    @TempDir
    private Path directory;

    private TestRepository repository;
    private String base;

    @BeforeEach
    void commitBase() {
        repository = TestRepository.in(directory);
        base = repository
                .write("pom.xml", "<a>\n<version>1.0.0</version>\n</a>\n")
                .write("code.txt", "one\ntwo password=old\nthree\n")
                .commit("Begin");
    }

    @Test
    void addedAndDeletedLinesAreFoundWithTheirPlaces() throws IOException {
        repository.write("code.txt", "one\nthree\nfour password=" + SECRET + "\n");
        String head = repository.write("sub/new.txt", "x\nPASSWORD=y\n").commit("Change");
        ContentFacts facts = scan(head, questions(Set.of("(?i)password", "nowhere"), Set.of("password")));
        assertThat(facts.added()).isEqualTo(Map.of("(?i)password", List.of("code.txt:3", "sub/new.txt:2")));
        assertThat(facts.deleted()).isEqualTo(Map.of("password", List.of("code.txt:2")));
        assertThat(facts.whole()).isTrue();
        assertThat(facts.toString()).doesNotContain(SECRET);
    }

    @Test
    void fewPlacesAreNamedHoweverManyThereAre() throws IOException {
        String head = repository.write("many", "password\n".repeat(1_000)).commit("Many");
        assertThat(scan(head, questions(Set.of("password"), Set.of())).added().get("password"))
                .hasSize(5);
    }

    @Test
    void catastrophicPatternEnds() throws IOException {
        String head = repository
                .write("a", ("a".repeat(40) + "!\n").repeat(50) + "a".repeat(60_000) + "!\n")
                .commit("A lot");
        ContentFacts facts = scan(head, questions(Set.of("(a+)+$", "(a|aa)+b", "^(.*)*x$"), Set.of()));
        assertThat(facts.added()).isEmpty();
        assertThat(facts.whole()).isTrue();
    }

    @Test
    void bumpsAreFoundInManifestsOnly() throws IOException {
        repository.write("pom.xml", "<a>\n<version>2.0.0</version>\n</a>\n");
        String head =
                repository.write("other.xml", "<version>1.0.0</version>\n").commit("Bump");
        ContentFacts facts = scan(head, new ContentQuestions(Set.of(), Set.of(), true, false, false));
        assertThat(words(facts)).isEqualTo(Map.of(Bump.MAJOR, List.of("1.0.0 → 2.0.0 (pom.xml:2)")));
        assertThat(scan(head, new ContentQuestions(Set.of("."), Set.of(), true, false, false))
                        .bumps())
                .isEqualTo(facts.bumps());
    }

    /** A release of the project itself changes its version, and in Maven also its tag and the time of its build. */
    @Test
    void whatAManifestSaysOfTheProjectItselfIsNoDependency() throws IOException {
        String pom = """
                <project>
                  <scm><tag>shop-1.2</tag></scm>
                  <version>${revision}${changelist}</version>
                  <properties>
                    <revision>1.2</revision>
                    <changelist>7.vabcdef012345</changelist>
                    <project.build.outputTimestamp>2026-08-11T04:32:36Z</project.build.outputTimestamp>
                    <remoting.version>1.2</remoting.version>
                  </properties>
                </project>
                """;
        base = repository.write("pom.xml", pom).commit("Release 1.2");
        String head = repository
                .write(
                        "pom.xml",
                        pom.replace("1.2", "1.3").replace("7.v", "8.v").replace("08-11T", "09-18T"))
                .commit("Release 1.3");
        ContentFacts facts = scan(head, new ContentQuestions(Set.of(), Set.of(), true, false, false));
        assertThat(words(facts)).isEqualTo(Map.of(Bump.MINOR, List.of("remoting.version 1.2 → 1.3 (pom.xml:8)")));
    }

    @Test
    void bumpOfAManifestBelowAnOddNameIsFound() throws IOException {
        String odd = "\u00fcml\u00e4ut [x] :(glob)*/\"q\"/go.mod";
        String head = repository.put(odd, "100644", "x v1.0.0\n").commitIndex("Odd", TestRepository.AUTHOR);
        ContentFacts facts = scan(head, new ContentQuestions(Set.of(), Set.of(), true, false, false));
        assertThat(words(facts)).isEqualTo(Map.of(Bump.NEW, List.of("x v1.0.0 (" + odd + ":1)")));
    }

    @Test
    void bumpsAreNamedWhereTheManifestIsUnderstood() throws IOException {
        base = repository
                .write("go.mod", "module a\n\nrequire (\n\tx.org/y v1.2.0\n\tz.org/w v0.1.0\n)\n")
                .write("old/package.json", "{\"dependencies\": {\n\"left-pad\": \"^1.0.0\"\n}}\n")
                .commit("More");
        repository
                .write("go.mod", "module a\n\nrequire (\n\tx.org/y v1.3.0\n)\n")
                .rename("old/package.json", "new/package.json");
        repository.write("new/package.json", "{\"dependencies\": {\n\"left-pad\": \"^1.0.1\"\n}}\n");
        String head = repository.commit("Bump");
        Map<Bump, List<String>> expected = Map.of(
                Bump.MINOR, List.of("x.org/y v1.2.0 → v1.3.0 (go.mod:4)"),
                Bump.PATCH, List.of("left-pad ^1.0.0 → ^1.0.1 (new/package.json:2)"),
                Bump.REMOVED, List.of("z.org/w v0.1.0 (go.mod:5)"));
        ContentQuestions questions = new ContentQuestions(Set.of(), Set.of(), true, false, false);
        assertThat(words(scan(head, questions))).isEqualTo(expected);
        GitHistory history = new GitHistory(directory, Limits.DEFAULT);
        assertThat(words(ContentScan.scan(history, List.of(delta(head)), questions)
                        .get(0)))
                .isEqualTo(expected);
    }

    private static Map<Bump, List<String>> words(ContentFacts facts) {
        return facts.bumps().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .map(DependencyBump::words)
                                .toList()));
    }

    @Test
    void nothingIsReadIfNothingIsAsked() throws IOException {
        String head = repository.write("code.txt", "changed\n").commit("Change");
        GitReader noGit = new GitReader(directory.resolve("nowhere"), Limits.DEFAULT);
        assertThat(ContentScan.scan(noGit, delta(head), ContentQuestions.NONE)).isEqualTo(ContentFacts.NONE);
        assertThat(ContentScan.scan(noGit, delta(head), new ContentQuestions(Set.of(), Set.of(), true, false, false)))
                .isEqualTo(ContentFacts.NONE);
    }

    @Test
    void textThatIsNotAllLookedAtIsNotWhole() throws IOException {
        String head =
                repository.write("code.txt", "x".repeat(50_000) + "password\n").commit("Long");
        Limits limits = new Limits(100, 100, 100, 1_000, 1_000_000, Duration.ofMinutes(1));
        ContentFacts facts = ContentScan.scan(
                new GitReader(directory, limits), delta(head), questions(Set.of("password"), Set.of()));
        assertThat(facts.added()).isEmpty();
        assertThat(facts.whole()).isFalse();
    }

    private static ContentQuestions questions(Set<String> added, Set<String> deleted) {
        return new ContentQuestions(added, deleted, false, false, false);
    }

    private Delta delta(String head) {
        return repository.reader().read(base, head).delta().orElseThrow();
    }

    private ContentFacts scan(String head, ContentQuestions questions) throws IOException {
        return ContentScan.scan(repository.reader(), delta(head), questions);
    }
}
