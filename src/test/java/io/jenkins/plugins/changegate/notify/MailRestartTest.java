package io.jenkins.plugins.changegate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.GlobalMatrixAuthorizationStrategy;
import hudson.security.HudsonPrivateSecurityRealm;
import hudson.security.Permission;
import hudson.tasks.Mailer;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Whoever was not written to when Jenkins stopped is written to when it is back, if that is still of use. */
@Timeout(300)
class MailRestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** What a restart keeps: people in Jenkins' own user database, and the mail server. */
    private static ChangeRecord ask(JenkinsRule rule, SmtpServer server) throws Exception {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false, false, null);
        User lead = realm.createAccount("lead", "lead");
        lead.addProperty(new Mailer.UserProperty("lead@example.org"));
        rule.jenkins.setSecurityRealm(realm);
        GlobalMatrixAuthorizationStrategy strategy = new GlobalMatrixAuthorizationStrategy();
        for (Permission permission :
                List.of(Jenkins.READ, Item.READ, ChangePermissions.VIEW, ChangePermissions.APPROVE)) {
            strategy.add(permission, PermissionEntry.user("lead"));
        }
        rule.jenkins.setAuthorizationStrategy(strategy);
        rule.jenkins.save();
        server.configured();
        Mailer.descriptor().save();
        Run<?, ?> run = rule.buildAndAssertSuccess(rule.createFreeStyleProject("free"));
        ChangeRecord record = Changes.ask(run, "shop");
        server.awaitCall();
        assertThat(kept(rule)).containsExactly(record.id() + ".1.mail");
        return record;
    }

    private static List<String> kept(JenkinsRule rule) throws Exception {
        Path directory = rule.jenkins.getRootDir().toPath().resolve("change-gate/mails");
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void waitUntilNothingIsKept(JenkinsRule rule) throws Exception {
        for (int i = 0; i < 600 && !kept(rule).isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertThat(kept(rule)).isEmpty();
    }

    @Test
    void whoWasNotWrittenToIsWrittenToAfterARestart() throws Throwable {
        try (SmtpServer server = new SmtpServer(true)) {
            sessions.then(rule -> ask(rule, server));
            server.recover();
            sessions.then(rule -> {
                SmtpServer.Mail mail = server.expect("lead").get(0);
                assertThat(mail.message().getSubject()).startsWith("Approval needed: CHG-000001");
                waitUntilNothingIsKept(rule);
            });
            sessions.then(rule -> server.expectNoMore());
        }
    }

    @Test
    void nobodyIsAskedForWhatWasDecidedMeanwhile() throws Throwable {
        try (SmtpServer server = new SmtpServer(true)) {
            sessions.then(rule -> {
                ChangeRecord record = ask(rule, server);
                // The mail of it waits behind the one that hangs, and is of use still.
                Changes.decide(record, Decision.REJECTED, "No.");
                // Listeners are told a moment after what they are told of is stored.
                for (int i = 0; i < 600 && kept(rule).size() < 2; i++) {
                    Thread.sleep(50);
                }
                assertThat(kept(rule)).containsExactly(record.id() + ".1.mail", record.id() + ".2.mail");
            });
            server.recover();
            sessions.then(rule -> {
                waitUntilNothingIsKept(rule);
                // The run was started by nobody who could be told.
                server.expectNoMore();
                assertThat(ChangeRecords.get().store().find(1).orElseThrow().decided())
                        .isPresent();
            });
        }
    }
}
