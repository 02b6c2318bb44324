package io.jenkins.plugins.changegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** One folder tree with three layers: the organisation, a folder and a repository. */
@WithJenkins
class PolicyLayersTest {

    /** Only below Payments may others let more pass than low risk. */
    private static final String ORGANISATION = Gates.POLICY + """
            delegates:
              - to: Payments
                environments: production
                pass-up-to: moderate
            """;

    /** Sets nothing for itself, and lets each team below it go as far as the organisation lets it. */
    private static final String FOLDER = """
            rules:
              - {name: payments, when: 'true', risk: 30, because: Payments are audited.}
            delegates: [{pass-up-to: moderate}]
            """;

    private static final String STRICT = "environments: {production: {pass-up-to: low}}\n";

    private static final String LOOSE = """
            rules:
              - {name: trust-us, when: 'true', risk: -60, because: We know what we do.}
            environments: {production: {pass-up-to: very-high}}
            """;

    @TempDir
    Path directory;

    @Test
    void aRepositoryGoesAsFarAsItIsLetAndNotInTheSameChange(JenkinsRule jenkins) throws Exception {
        Gates gates = new Gates(jenkins).secured();
        ChangeGateConfiguration.get().setPolicy(ORGANISATION);
        Folder payments = jenkins.jenkins.createProject(Folder.class, "Payments");
        payments.addProperty(new FolderPolicy(FOLDER));
        TestRepository repository = Gates.repository(directory);
        repository.write(".changegate.yml", STRICT).commit("Be strict");
        WorkflowJob job = payments.createProject(WorkflowJob.class, "shop");
        job.setDefinition(
                new CpsFlowDefinition(Gates.script(repository, "changeGate environment: 'production'"), true));
        gates.deployFirst(job);

        // Loosens its own gate: nothing of it counts yet.
        repository.write(".changegate.yml", LOOSE).commit("Trust us");
        WorkflowRun run = gates.start(job, "dev");
        Judgement judgement = gates.waitForPrompt(run).opened().judgement();
        assertThat(judgement.policies())
                .extracting(Judgement.Applied::layer, Judgement.Applied::source)
                .contains(
                        tuple(Layer.ORGANISATION, "organisation policy"),
                        tuple(Layer.ofFolder("Payments"), "policy of the folder Payments"),
                        tuple(Layer.REPOSITORY, ".changegate.yml at head"),
                        tuple(Layer.REPOSITORY, ".changegate.yml at base"));
        assertThat(judgement.assessment().contributions()).extracting("points").contains(30);
        assertThat(judgement.verdict().reasons())
                .contains(
                        "Risk is high (67 of 100); up to low passes by itself to production.",
                        "The rule 'trust-us' of the repository's policy would make the gate more lenient, which only a"
                                + " higher layer may: it has no effect.");
        approve(gates, run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        Gates.waitForOutcome(run);

        // Now both commits say so: it goes up to what the organisation and the folder let it.
        repository.write("src/Main.java", "class Main { int a; }\n").commit("Count");
        run = jenkins.buildAndAssertSuccess(job);
        ChangeRecord passed = Gates.record(run);
        assertThat(passed.opened().judgement().verdict().kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(passed.opened().judgement().assessment().level().key()).isEqualTo("moderate");
        assertThat(passed.opened().judgement().verdict().reasons())
                .contains("That the repository's policy lets changes up to very high pass to production has no effect"
                        + " beyond moderate, as the organisation's policy has it.");

        // The same text elsewhere is let nothing.
        WorkflowJob other = jenkins.jenkins.createProject(WorkflowJob.class, "other");
        other.setDefinition(new CpsFlowDefinition(
                Gates.script(repository, "changeGate environment: 'production', service: '" + job.getFullName() + "'"),
                true));
        repository.write("src/auth/Login.java", "class Login {}\n").commit("Let people in");
        run = gates.start(other, "dev");
        judgement = gates.waitForPrompt(run).opened().judgement();
        assertThat(judgement.assessment().level().key()).isEqualTo("moderate");
        assertThat(judgement.policies())
                .extracting(Judgement.Applied::layer)
                .doesNotContain(Layer.ofFolder("Payments"));
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    private static void approve(Gates gates, WorkflowRun run) throws Exception {
        for (String user : new String[] {"lead", "lead2", "manager"}) {
            if (!Gates.record(run).ballot().missing().isEmpty() && run.isBuilding()) {
                gates.click(user, run, Gates.record(run).id(), "proceedEmpty");
            }
        }
    }
}
