package io.jenkins.plugins.changegate.engine.assess;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change's text is looked at while its lines are counted; nobody's question is lost by that. */
class AssessorTextTest {

    private static final String ASKS = """
            rules:
              - {name: no-secret, when: "change.adds('hunter2')", refuse: true, because: A secret.}
            """;

    @TempDir
    private Path directory;

    private TestRepository repository;
    private String base;
    private int asked;
    private boolean unreadable;
    private final PolicyReader reader = new PolicyReader();

    @BeforeEach
    void commitBase() {
        repository = TestRepository.in(directory.resolve("clone"));
        base = repository
                .write(Assessor.POLICY_FILE, ASKS)
                .write("pom.xml", "<a>\n<version>1.0.0</version>\n</a>\n")
                .write("old/0", "x\n".repeat(50))
                .commit("Begin");
    }

    @Test
    void textIsReadOnceWhereThePolicyStaysAsItIs() throws IOException {
        String head = repository.write("code", "hunter2\n").commit("Leak");
        assertThat(assess(head).verdict().kind()).isEqualTo(Verdict.Kind.REFUSE);
        assertThat(asked).isZero();
    }

    @Test
    void questionOfThePolicyAtBaseIsAskedThoughTheChangeTakesItAway() throws IOException {
        String head = repository
                .write("code", "hunter2\n")
                .write(Assessor.POLICY_FILE, "rules: []\n")
                .commit("Leak, and look away");
        Judgement judgement = assess(head);
        assertThat(asked).isOne();
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.REFUSE);
        assertThat(judgement.verdict().reasons()).anyMatch(reason -> reason.contains("no-secret"));
    }

    @Test
    void textThatCouldNotBeReadIsAskedForAgain() throws IOException {
        String head = repository.write("code", "hunter2\n").commit("Leak");
        unreadable = true;
        assertThat(assess(head).verdict().kind()).isEqualTo(Verdict.Kind.REFUSE);
        assertThat(asked).isOne();
    }

    /** git would show no line of a file that is only renamed. */
    @Test
    void textThatARenameBringsToAnotherPlaceIsLookedAt() throws IOException {
        base = repository
                .write("notes/0", "DROP TABLE customers;\n" + "-- x\n".repeat(50))
                .commit("Notes");
        String head = repository.rename("notes/0", "db/migration/V1.sql").commit("Rename");
        Judgement judgement = assess(head);
        assertThat(judgement.assessment().contributions())
                .anyMatch(contribution -> contribution.toString().contains("db/migration/V1.sql:1"));
    }

    private Judgement assess(String head) throws IOException {
        GitRepository clone = new GitRepository(repository.directory());
        Repository counting = new Repository() {
            @Override
            public GitReader.Look head(String revision, String policyFile) {
                return clone.head(revision, policyFile);
            }

            @Override
            public Survey survey(
                    String base,
                    String head,
                    String policyFile,
                    ContentQuestions questions,
                    Background.Asked background) {
                Survey survey = clone.survey(base, head, policyFile, questions, background);
                ContentFacts content = unreadable ? null : survey.content();
                return new Survey(survey.reading(), survey.policy(), survey.background(), content);
            }

            @Override
            public ContentFacts answer(Delta delta, ContentQuestions questions) throws IOException {
                asked++;
                return clone.answer(delta, questions);
            }
        };
        Assessor.Request request =
                new Assessor.Request(Optional.empty(), "otherwise", "qa", head, Assessor.POLICY_FILE);
        return new Assessor(reader, List.of(reader.builtIn()), List.of())
                .assess(counting, request, service -> new Assessor.Base(Optional.of(base), List.of()))
                .judgement();
    }
}
