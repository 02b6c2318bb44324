package io.jenkins.plugins.changegate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import hudson.tasks.Mailer;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.authorise.Clock;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/** Who gets mail, when, and what is in it: over a real SMTP conversation. */
@WithJenkins
class MailTest {

    private static final String POLICY = """
            environments:
              production:
                tier: production
                pass-up-to: none
                remind-after: 4 hours
                escalate: { after: 8 hours, to: [change-managers] }
                expire-after: 3 days
                approvals:
                  low: [{ from: team-leads }, { from: 'user:approver', stage: 2 }]
            """;

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;
    private SmtpServer server;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        gates = new Gates(rule).secured();
        ChangeGateConfiguration.get().setPolicy(POLICY);
        repository = Gates.repository(directory);
        for (String name :
                List.of("dev", "lead", "lead2", "manager", "other", "reader", "approver", "admin", "outsider")) {
            User.getById(name, true).addProperty(new Mailer.UserProperty(name + "@example.org"));
        }
        server = new SmtpServer(false).configured();
    }

    @AfterEach
    void tearDown() throws Exception {
        server.close();
    }

    private WorkflowRun waiting() throws Exception {
        WorkflowRun run = gates.start(gates.deploying(repository), "dev");
        gates.waitForPrompt(run);
        return run;
    }

    private void later(WorkflowRun run, Duration time) throws Exception {
        ChangeRecord record = Gates.record(run);
        Clock.catchUp(
                ChangeRecords.get().store(),
                record.number(),
                record.opened().at().plus(time));
    }

    private Authorisation authorisation(WorkflowRun run) throws Exception {
        return new Authorisation(ChangeRecords.get().store(), Gates.record(run).number(), run.getParent());
    }

    private static Authentication user(String name) {
        return User.getById(name, true).impersonate2();
    }

    private void stop(WorkflowRun run) throws Exception {
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @Test
    void thoseWhoMayVoteAreAskedEachForThemselves() throws Exception {
        WorkflowRun run = waiting();
        SmtpServer.Mail mail = server.expect("lead", "lead2").get(0);
        ChangeRecord record = Gates.record(run);
        assertThat(mail.message().getSubject())
                .isEqualTo("Approval needed: " + record.id() + ", shop to production, risk "
                        + record.opened().judgement().assessment().level().words());
        assertThat(mail.message().getAllRecipients()).hasSize(1);
        assertThat(mail.message().getFrom()[0]).hasToString("Jenkins <jenkins@example.org>");
        assertThat(mail.message().getHeader("Auto-Submitted")).containsExactly("auto-generated");
        int score = record.opened().judgement().assessment().score();
        assertThat(mail.body())
                .contains(record.id() + " waits for approval, and you may give it.")
                .contains("Deployment: shop to production")
                .contains("(" + score + " of 100)")
                .contains("Build: shop #1")
                .contains("Started by: dev")
                .contains("Needed: 1 of team-leads and then 1 of ")
                .contains("Until: 20", ", then it expires")
                .contains("Why:")
                .contains(record.opened().judgement().verdict().reasons().get(0))
                .contains(jenkins.getURL() + run.getUrl() + "change/" + record.id() + "/");
        stop(run);
        assertThat(server.expect("dev").get(0).message().getSubject()).startsWith("Cancelled: " + record.id());
    }

    @Test
    void authorsAndThoseWhoMayNotSeeTheJobAreNotAsked() throws Exception {
        repository.write("a", "b").commit("By the second lead", new Person("Lead Two", "lead2@example.org"));
        ChangeGateConfiguration.get().setPolicy(POLICY.replace("team-leads", "[team-leads, 'user:outsider']"));
        WorkflowRun run = waiting();
        server.expect("lead");
        stop(run);
    }

    @Test
    void timeAndStagesTellThoseWhoAreNeededThen() throws Exception {
        WorkflowRun run = waiting();
        server.expect("lead", "lead2");
        later(run, Duration.ofMinutes(241));
        assertThat(server.expect("lead", "lead2").get(0).message().getSubject()).startsWith("Reminder: CHG-");
        later(run, Duration.ofHours(8));
        assertThat(server.expect("lead", "lead2", "manager").get(0).message().getSubject())
                .startsWith("Not decided yet: CHG-");
        authorisation(run).approve(user("lead"), "looks fine\nNeeded: nobody");
        SmtpServer.Mail next = server.expect("approver").get(0);
        assertThat(next.message().getSubject()).startsWith("Approval needed: CHG-");
        assertThat(next.body()).contains("Approved by: lead: looks fine").contains("\n    Needed: nobody");
        later(run, Duration.ofDays(4));
        // Nobody is reminded of a change that expires in the same moment.
        SmtpServer.Mail end = server.expect("dev").get(0);
        assertThat(end.message().getSubject()).startsWith("Expired: CHG-");
        assertThat(end.body()).contains("Decision: Nobody decided within 3 days.");
        jenkins.waitForCompletion(run);
    }

    @Test
    void overridesAreToldToThoseWhoWereAskedAndToThoseWhoAreConfigured() throws Exception {
        ChangeGateNotifications.get().setOverrideAddresses("audit@example.org, LEAD@example.org");
        WorkflowRun run = waiting();
        server.expect("lead", "lead2");
        authorisation(run).override(user("admin"), "The shop is down");
        SmtpServer.Mail mail = server.expect("lead", "lead2", "audit").get(0);
        assertThat(mail.message().getSubject()).startsWith("Overridden: CHG-");
        assertThat(mail.body()).contains("Decision: Overridden by admin: The shop is down");
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
    }

    @Test
    void whoStartedTheRunIsToldThatItWasRejectedAndWhy() throws Exception {
        WorkflowRun run = waiting();
        server.expect("lead", "lead2");
        authorisation(run).reject(user("lead"), "Not on a Friday");
        SmtpServer.Mail mail = server.expect("dev").get(0);
        assertThat(mail.message().getSubject()).startsWith("Rejected: CHG-");
        assertThat(mail.body()).contains("Decision: Rejected by lead: Not on a Friday");
        jenkins.waitForCompletion(run);
    }

    @Test
    void nobodyIsToldOfWhatPassesOrIsApproved() throws Exception {
        ChangeGateConfiguration.get()
                .setPolicy(
                        "environments: {production: {pass-up-to: very-high, approvals: {low: [{from: team-leads}]}}}");
        Run<?, ?> run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("free"));
        ChangeRecord record = Changes.ask(run, "shop");
        server.expect("approver");
        Changes.decide(record, Decision.APPROVED, "Approved by somebody.");
        server.expectNoMore();
    }

    @ParameterizedTest
    @EnumSource(names = {"SUPERSEDED", "REFUSED"})
    void whoStartedTheRunIsToldOfOtherEndsToo(Decision decision) throws Exception {
        Run<?, ?> run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("free"));
        ChangeRecord record = Changes.ask(run, "shop");
        server.expect("approver");
        Changes.decide(record, decision, "Because.");
        assertThat(server.expect("dev").get(0).body()).contains("was " + decision.key() + ".");
    }

    @Test
    void hostileTextNeitherBeginsAHeaderNorALine() throws Exception {
        Run<?, ?> run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("free"));
        String hostile = "shop\r\nBcc: evil@example.org\r\n\r\nNeeded: nobody\u2028\u202Ex\u0000 ".repeat(15);
        Changes.ask(run, hostile);
        SmtpServer.Mail mail = server.expect("approver").get(0);
        assertThat(mail.message().getHeader("Bcc")).isNull();
        assertThat(mail.message().getSubject()).hasSizeLessThanOrEqualTo(200).doesNotContain("\r", "\n", "\u202E");
        assertThat(mail.body().lines())
                .noneMatch(line -> line.startsWith("Bcc:") || line.startsWith("Needed: nobody"))
                .allMatch(line -> line.length() <= 520);
        assertThat(mail.body()).doesNotContain("\u2028", "\u202E", "\u0000");
    }

    @Test
    void lettersOfEveryLanguageArrive() throws Exception {
        Run<?, ?> run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("free"));
        Changes.ask(run, "Größe 漢字 🚀");
        SmtpServer.Mail mail = server.expect("approver").get(0);
        assertThat(mail.message().getSubject()).contains("Größe 漢字 ");
        assertThat(mail.body()).contains("Größe 漢字 🚀 to Größe 漢字 🚀");
    }

    @Test
    void whoHasNoAddressIsPassedOverAndNothingIsSentWithoutAServer() throws Exception {
        User.getById("approver", true).addProperty(new Mailer.UserProperty(""));
        Run<?, ?> run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("free"));
        Changes.ask(run, "one");
        server.expectNoMore();
        User.getById("approver", true).addProperty(new Mailer.UserProperty("approver@example.org"));
        Mailer.descriptor().setSmtpHost("");
        Changes.ask(run, "two");
        server.expectNoMore();
        server.configured();
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy());
        Changes.ask(run, "three");
        server.expectNoMore();
    }
}
