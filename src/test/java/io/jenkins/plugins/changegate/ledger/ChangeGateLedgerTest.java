package io.jenkins.plugins.changegate.ledger;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeFilter;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.Databases;
import io.jenkins.plugins.changegate.engine.record.PostgresServer;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.JenkinsLocationConfiguration;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.security.access.AccessDeniedException;

/** Where records are kept: by form, by JCasC, and on a real PostgreSQL server. */
@WithJenkins
class ChangeGateLedgerTest {

    @TempDir
    Path directory;

    @Test
    void changesAreRecordedOnTheServerUnderThisJenkinsName(JenkinsRule jenkins) throws Exception {
        try (PostgresServer server = PostgresServer.start(Databases.binaries())) {
            Postgres.use(server);
            Gates gates = new Gates(jenkins).secured();
            TestRepository repository = Gates.repository(directory.resolve("repo"));
            WorkflowRun run = gates.start(gates.deploying(repository), "dev");
            ChangeRecord record = gates.waitForPrompt(run);
            ChangeSummary line = ChangeRecords.get()
                    .store()
                    .page(ChangeFilter.ALL, Long.MAX_VALUE, 1)
                    .get(0);
            assertThat(line.number()).isEqualTo(record.number());
            assertThat(line.controller()).isEqualTo("one");
            assertThat(jenkins.jenkins.getRootDir().toPath().resolve("change-gate/records.mv.db"))
                    .doesNotExist();
            // Of a shared ledger, one's own changes are not taken for another controller's.
            try (JenkinsRule.WebClient client = jenkins.createWebClient().login("reader")) {
                assertThat(client.goTo("changes/records/").getWebResponse().getContentAsString())
                        .contains(record.id());
            }
            anotherSettingWaitsForTheNextStart(server);
            aSecondJenkinsMayNotHaveTheName(server);
            run.doStop();
            jenkins.waitForCompletion(run);
            // The server is about to go.
            ChangeRecords.close();
        }
    }

    private static void anotherSettingWaitsForTheNextStart(PostgresServer server) throws Exception {
        assertThat(ChangeGateLedger.get().isWaitingForStart()).isFalse();
        ChangeGateLedger.get().setPostgres(null);
        assertThat(ChangeGateLedger.get().isWaitingForStart()).isTrue();
        assertThat(ChangeGateLedger.get().getInUse()).contains("postgresql", "one");
        assertThat(ChangeRecords.get().controller()).isEqualTo("one");
        ChangeGateLedger.get().setPostgres(Postgres.ledger(server, "one"));
    }

    private static void aSecondJenkinsMayNotHaveTheName(PostgresServer server) throws Exception {
        LedgerDatabase same = LedgerDatabase.open(Postgres.ledger(server, "one"));
        same.closing().run();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(server.url());
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO changegate_instance VALUES ('two', 'somebody else')");
        }
        assertThatThrownBy(() -> LedgerDatabase.open(Postgres.ledger(server, "two")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Another Jenkins has the name 'two'");
    }

    @Test
    void theConnectionIsTestedByAdministratorsOnlyAndSaysWhatAnswered(JenkinsRule jenkins) throws Exception {
        new Gates(jenkins).secured();
        try (PostgresServer server = PostgresServer.start(Databases.binaries())) {
            Postgres.credentials(server);
            String query = "?url=" + server.address() + "&credentialsId=" + Postgres.CREDENTIALS;
            assertThat(test(jenkins, "admin", HttpMethod.POST, query)).contains("ok", "PostgreSQL");
            assertThat(test(jenkins, "admin", HttpMethod.GET, query)).startsWith("405");
            assertThat(test(jenkins, "reader", HttpMethod.POST, query)).startsWith("403");
            server.kill();
            assertThat(test(jenkins, "admin", HttpMethod.POST, query))
                    .contains("error", "cannot be reached")
                    .doesNotContain(server.password());
            server.begin();
        }
    }

    private static String test(JenkinsRule jenkins, String user, HttpMethod method, String query) throws Exception {
        String path = "descriptorByName/" + PostgresLedger.class.getName() + "/testConnection" + query;
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login(user)) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            var response = client.getPage(request).getWebResponse();
            return response.getStatusCode() + " " + response.getContentAsString();
        }
    }

    @Test
    void survivesTheFormAndHasNoSecretInIt(JenkinsRule jenkins) throws Exception {
        PostgresLedger set = new PostgresLedger(
                "jdbc:postgresql://db.example.org:5433/ledger?sslmode=verify-full", "ledger", "ci", 20);
        ChangeGateLedger.get().setPostgres(set);
        jenkins.configRoundtrip();
        assertThat(ChangeGateLedger.get().getPostgres()).isEqualTo(set);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            HtmlForm form = client.goTo("configure").getFormByName("config");
            form.getInputByName("_.controller").setValue("x".repeat(201));
            HtmlPage refused = jenkins.submit(form);
            assertThat(refused.getWebResponse().getContentAsString()).contains("up to 200 characters");
        }
        assertThat(ChangeGateLedger.get().getPostgres()).isEqualTo(set);
    }

    @Test
    void aPasswordOrAClassInTheAddressIsNotAccepted(JenkinsRule jenkins) {
        String server = "jdbc:postgresql://db.example.org/ledger";
        assertThat(new PostgresLedger(server, "id", "", 0).getConnections()).isEqualTo(PostgresLedger.CONNECTIONS);
        for (String wrong : new String[] {
            "jdbc:h2:mem:x",
            "jdbc:postgresql:ledger",
            "jdbc:postgresql://ada:secret@db.example.org/ledger",
            server + "?user=ada",
            server + "?sslmode=require&password=secret",
            server + "?socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext",
            server + "?socketFactoryArg=http://example.org/x.xml",
            server + "?loggerFile=/etc/x",
            server + "?sslmode"
        }) {
            assertThatThrownBy(() -> new PostgresLedger(wrong, "id", "", 0))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void aJenkinsWithoutANameGetsOneAndKeepsIt(JenkinsRule jenkins) {
        PostgresLedger nameless = new PostgresLedger("jdbc:postgresql://db.example.org/ledger", "id", "", 0);
        ChangeGateLedger.get().setPostgres(nameless);
        String name = ChangeGateLedger.get().getPostgres().getController();
        assertThat(name).matches("jenkins-[0-9a-f]{12}");
        JenkinsLocationConfiguration.get().setUrl("https://ci.example.org/jenkins/");
        ChangeGateLedger.get().setPostgres(nameless);
        assertThat(ChangeGateLedger.get().getPostgres().getController()).isEqualTo(name);
        ChangeGateLedger.get().setPostgres(null);
        ChangeGateLedger.get().setPostgres(nameless);
        assertThat(ChangeGateLedger.get().getPostgres().getController()).isEqualTo("ci.example.org/jenkins");
    }

    @Test
    void onlyAnAdministratorSetsIt(JenkinsRule jenkins) {
        new Gates(jenkins).secured();
        try (ACLContext as = ACL.as2(User.getById("manager", true).impersonate2())) {
            assertThatThrownBy(() -> ChangeGateLedger.get().setPostgres(null))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void isReadAndWrittenByJcasc(JenkinsRule jenkins) throws Exception {
        Path yaml = Files.writeString(directory.resolve("jenkins.yaml"), """
                unclassified:
                  changeGateLedger:
                    postgres:
                      url: jdbc:postgresql://db.example.org/ledger
                      credentialsId: ledger
                      controller: ci
                      connections: 5
                """);
        ConfigurationAsCode.get().configure(yaml.toUri().toString());
        assertThat(ChangeGateLedger.get().getPostgres())
                .isEqualTo(new PostgresLedger("jdbc:postgresql://db.example.org/ledger", "ledger", "ci", 5));
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        assertThat(toYamlString(getUnclassifiedRoot(context).get("changeGateLedger")))
                .contains("credentialsId: \"ledger\"", "controller: \"ci\"", "connections: 5");
        Path wrong = Files.writeString(directory.resolve("wrong.yaml"), """
                unclassified:
                  changeGateLedger:
                    postgres:
                      url: jdbc:postgresql://db.example.org/ledger?password=secret
                      credentialsId: ledger
                """);
        URI source = wrong.toUri();
        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(source.toString()))
                .isInstanceOf(ConfiguratorException.class);
        assertThat(ChangeGateLedger.get().getPostgres().getController()).isEqualTo("ci");
    }
}
