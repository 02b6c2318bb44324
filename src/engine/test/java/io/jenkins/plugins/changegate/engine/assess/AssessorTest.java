package io.jenkins.plugins.changegate.engine.assess;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.ParticularsPolicy;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a clone to a judgement, with real git: a change cannot loosen its own gate. */
class AssessorTest {

    private static final String STRICT = """
            service: shop
            rules:
              - {name: no-sql, when: "change.touches('**/*.txt')", refuse: true, because: No text.}
            environments: {qa: {pass-up-to: none}}
            """;
    private static final String LENIENT = """
            service: shop
            rules: [{name: fine, when: 'true', safe: true, risk: -100, because: It is fine.}]
            environments: {qa: {tier: development, pass-up-to: very-high}}
            """;

    @TempDir
    private Path directory;

    private TestRepository repository;
    private String base;
    private final PolicyReader reader = new PolicyReader();

    @BeforeEach
    void commitBase() {
        repository = TestRepository.in(directory.resolve("clone"));
        base = repository
                .write(Assessor.POLICY_FILE, STRICT)
                .write("a.txt", "a\n")
                .commit("Begin");
    }

    @Test
    void changeThatDeletesThePolicyIsJudgedByTheOneAtBase() throws IOException {
        String head =
                repository.delete(Assessor.POLICY_FILE).write("a.txt", "b\n").commit("Delete the gate");
        Judgement judgement = assess(head).judgement();
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.REFUSE);
        assertThat(judgement.verdict().reasons())
                .anyMatch(reason -> reason.contains("no-sql of the repository's policy: a.txt"));
    }

    @Test
    void changeThatWeakensThePolicyIsJudgedByBoth() throws IOException {
        String head = repository.write(Assessor.POLICY_FILE, LENIENT).commit("Weaken the gate");
        Judgement judgement = assess(head).judgement();
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(judgement.verdict().reasons())
                .anyMatch(reason -> reason.contains("'fine'") && reason.contains("no effect"));
        String next = repository.write("a.txt", "b\n").commit("Use it");
        assertThat(assess(next).judgement().verdict().kind()).isEqualTo(Verdict.Kind.REFUSE);
    }

    @Test
    void changeThatPutsSomethingElseInPlaceOfThePolicyIsJudgedByTheOneAtBase() throws IOException {
        repository.git("rm", "-q", "--cached", Assessor.POLICY_FILE);
        String submodule = repository.commitSubmodule(Assessor.POLICY_FILE, "1".repeat(40));
        assertThat(assess(submodule).judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
        repository.git("rm", "-q", "--cached", Assessor.POLICY_FILE);
        repository.delete(Assessor.POLICY_FILE).link(Assessor.POLICY_FILE, "nowhere");
        Assessor.Assessed link = assess(repository.commit("Link"));
        assertThat(link.judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void brokenPolicyAtHeadAsks() throws IOException {
        String head = repository.write(Assessor.POLICY_FILE, "rules: [{").commit("Break");
        Assessor.Assessed assessed = assess(head);
        assertThat(assessed.judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(assessed.reading().gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.POLICY_UNREADABLE);
        assertThat(assessed.judgement().verdict().reasons().get(0)).contains(".changegate.yml at head:1:");
    }

    @Test
    void brokenPolicyAtBaseAsks() throws IOException {
        base = repository.write(Assessor.POLICY_FILE, "rules: [{").commit("Break");
        String head = repository.write(Assessor.POLICY_FILE, "service: shop\n").commit("Mend");
        Assessor.Assessed assessed = assess(head);
        assertThat(assessed.judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(assessed.reading().gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.POLICY_UNREADABLE);
    }

    @Test
    void anotherPolicyAppliesBesidesTheUsualOneAndNotInsteadOfIt() throws IOException {
        String head = repository
                .write("a.txt", "b\n")
                .write("team.yml", "rules: []\n")
                .commit("Look elsewhere");
        Assessor assessor = new Assessor(reader, List.of(reader.builtIn()), List.of());
        for (String file : List.of("team.yml", "nowhere.yml")) {
            Assessor.Request request = new Assessor.Request(Optional.of("shop"), "otherwise", "qa", head, file);
            Judgement judgement = assessor.assess(
                            new GitRepository(repository.directory()), request, service -> live(base))
                    .judgement();
            assertThat(judgement.verdict().kind()).as(file).isEqualTo(Verdict.Kind.REFUSE);
        }
    }

    @Test
    void aNamedPolicyThatIsNotThereAsks() throws IOException {
        base = repository.delete(Assessor.POLICY_FILE).commit("No policy");
        String head = repository.write("a.md", "b\n").commit("Words");
        Assessor.Request request = new Assessor.Request(Optional.of("shop"), "otherwise", "qa", head, "nowhere.yml");
        Assessor.Assessed assessed = new Assessor(reader, List.of(reader.builtIn()), List.of())
                .assess(new GitRepository(repository.directory()), request, service -> live(base));
        assertThat(assessed.judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(assessed.reading().gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.POLICY_UNREADABLE);
    }

    @Test
    void changeThatRenamesItsServiceAsksBecauseItChoosesWhatItIsComparedWith() throws IOException {
        String head = repository
                .write(Assessor.POLICY_FILE, STRICT.replace("service: shop", "service: other"))
                .commit("Rename the service");
        Assessor.Assessed assessed = assess(head);
        assertThat(assessed.judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(assessed.reading().gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.BASE_CLAIMED);
        assertThat(assessed.judgement().verdict().reasons().get(0)).contains("from shop to other");
    }

    @Test
    void policyTooLargeToBeReadAsks() throws IOException {
        String head = repository
                .write(Assessor.POLICY_FILE, "#".repeat((1 << 20) + 1))
                .commit("Large");
        assertThat(assess(head).reading().gaps()).extracting(Gap::kind).contains(Gap.Kind.POLICY_UNREADABLE);
        assertThat(assess(head).judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void firstDeploymentAsksAndNamesThePeopleOfTheHead() throws IOException {
        Person eve = new Person("Eve", "eve@example.org");
        String head = repository.commit("First\n\nCo-authored-by: Mallory <m@example.org>", eve);
        Gap first = new Gap(Gap.Kind.FIRST_DEPLOYMENT, "Nothing was deployed there yet.");
        Assessor.Assessed assessed = assess("HEAD", service -> new Assessor.Base(Optional.empty(), List.of(first)));
        assertThat(assessed.judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(assessed.reading().gaps()).containsExactly(first);
        assertThat(assessed.head()).isEqualTo(head);
        assertThat(assessed.authors()).contains(eve, TestRepository.COMMITTER, new Person("Mallory", "m@example.org"));
    }

    @Test
    void missingBaseAsks() throws IOException {
        Assessor.Assessed assessed = assess("HEAD", service -> live("f".repeat(40)));
        assertThat(assessed.reading().gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.BASE_MISSING);
        assertThat(assessed.judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void missingHeadAsksAndNobodyIsAskedForTheBase() throws IOException {
        Assessor.Assessed assessed = assess("nowhere", service -> {
            throw new AssertionError(service);
        });
        assertThat(assessed.reading().gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.HEAD_MISSING);
        assertThat(assessed.head()).isEmpty();
        assertThat(assessed.judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void doubtAboutTheBaseAsksAlsoWhenNothingChanges() throws IOException {
        Gap claimed = new Gap(Gap.Kind.BASE_CLAIMED, "The pipeline says so.");
        Assessor.Assessed assessed = assess(base, service -> new Assessor.Base(Optional.of(base), List.of(claimed)));
        assertThat(assessed.reading().gaps()).containsExactly(claimed);
        assertThat(assessed.judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void unreadableHigherPolicyAsks() throws IOException {
        Gap gap = new Gap(Gap.Kind.POLICY_UNREADABLE, "The organisation's policy cannot be read.");
        Assessor assessor = new Assessor(reader, List.of(reader.builtIn()), List.of(gap));
        Assessor.Assessed assessed =
                assessor.assess(new GitRepository(repository.directory()), request(base), service -> live(base));
        assertThat(assessed.judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(assessed.judgement().verdict().reasons()).contains(gap.because());
    }

    @Test
    void serviceIsTheOneOfTheRepositoryUnlessThePipelineNamesIt() throws IOException {
        assertThat(assess(base).judgement().target().service()).isEqualTo("shop");
        String[] asked = new String[1];
        assess("HEAD", service -> {
            asked[0] = service;
            return live(base);
        });
        assertThat(asked[0]).isEqualTo("shop");
    }

    @Test
    void particularsAreThoseOfTheRepositoryAtHeadAndElseOfTheNearestLayer() throws Exception {
        Policy organisation = reader.read(
                Layer.ORGANISATION,
                "o",
                "{product: Everything, plans: {test: Look., back-out: Put it back.}, work-items: {pattern: 'X-[0-9]+',"
                        + " url: 'https://x.example/{key}'}}");
        Policy folder = reader.read(Layer.ofFolder("A"), "f", "{product: Retail, plans: {back-out: Undo it.}}");
        String head = repository
                .write(Assessor.POLICY_FILE, "{plans: {test: Try.}, work-items: {pattern: 'SHOP-[0-9]+'}}")
                .commit("Plan");
        Assessor assessor = new Assessor(reader, List.of(reader.builtIn(), organisation, folder), List.of());
        Assessor.Request request =
                new Assessor.Request(Optional.of("shop"), "otherwise", "qa", head, Assessor.POLICY_FILE);
        assertThat(assessor.assess(new GitRepository(repository.directory()), request, service -> live(base))
                        .particulars())
                .isEqualTo(new ParticularsPolicy("Retail", "", "Try.", "Undo it.", "SHOP-[0-9]+", ""));
    }

    @Test
    void bindingHoldsBaseAndHeadAndEveryPolicy() throws IOException {
        String head = repository.write("b.md", "b\n").commit("Change");
        String next =
                repository.write(Assessor.POLICY_FILE, STRICT + "# changed\n").commit("Comment");
        assertThat(assess(head).binding()).isEqualTo(assess(head).binding());
        assertThat(List.of(
                        assess(base).binding(),
                        assess(head).binding(),
                        assess(next).binding()))
                .doesNotHaveDuplicates();
    }

    private Assessor.Assessed assess(String head) throws IOException {
        return assess(head, service -> live(base));
    }

    private Assessor.Assessed assess(String head, Assessor.Live live) throws IOException {
        Assessor assessor = new Assessor(reader, List.of(reader.builtIn()), List.of());
        return assessor.assess(new GitRepository(repository.directory()), request(head), live);
    }

    private static Assessor.Base live(String revision) {
        return new Assessor.Base(Optional.of(revision), List.of());
    }

    private static Assessor.Request request(String head) {
        return new Assessor.Request(Optional.empty(), "otherwise", "qa", head, Assessor.POLICY_FILE);
    }
}
