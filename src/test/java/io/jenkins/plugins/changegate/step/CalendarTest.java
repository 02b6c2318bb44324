package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.Item;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.calendar.CalendarFeeds;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.FolderPolicy;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.policy.UnreadCalendarException;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.http.AnswerServer;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Freezes from calendars, from the judgement to the moment when the gate lets go. */
@WithJenkins
@Timeout(300)
class CalendarTest {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String NOTHING = "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n";

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private AnswerServer server;
    private TestRepository repository;
    private WorkflowJob job;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        server = new AnswerServer();
        gates = new Gates(rule).secured();
        repository = Gates.repository(directory.resolve("repo"));
        job = gates.deploying(repository);
        Path yaml = directory.resolve("jenkins.yaml");
        Files.writeString(yaml, "unclassified: {changeGateCalendars: {hosts: [{host: '" + server.place() + "'}]}}");
        ExtensionList.lookupSingleton(ConfigurationAsCode.class).configure(yaml.toString());
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    private static String freeze(Instant from, Instant to) {
        return "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART:" + UTC.format(from) + "\nDTEND:"
                + UTC.format(to) + "\nEND:VEVENT\nEND:VCALENDAR\n";
    }

    private static String now() {
        return freeze(Instant.now().minusSeconds(3600), Instant.now().plusSeconds(3600));
    }

    private static String policy(String calendar) {
        return """
                environments:
                  production:
                    pass-up-to: very-high
                    freezes: [{name: sale, calendar: '%s', because: Shops are full.}]
                """.formatted(calendar);
    }

    private WorkflowRun held() throws Exception {
        WorkflowRun run = gates.start(job, "dev");
        jenkins.waitForMessage("The freeze sale holds it back: Shops are full.", run);
        while (Gates.record(run).held().isEmpty()) {
            Thread.sleep(50);
        }
        return run;
    }

    /** What the clock does once the time of a change has come. */
    private ChangeRecord look(WorkflowRun run) throws Exception {
        return new Authorisation(ChangeRecords.get().store(), Gates.record(run).number(), job).decideIfComplete();
    }

    private void readAgain() throws Exception {
        Path yaml = directory.resolve("jenkins.yaml");
        ExtensionList.lookupSingleton(ConfigurationAsCode.class).configure(yaml.toString());
        // The configuration was set anew, so each is read as soon as somebody asks.
        try {
            ExtensionList.lookupSingleton(CalendarFeeds.class).read(URI.create(server.place() + "/a.ics"), true);
        } catch (UnreadCalendarException e) {
            assertThat(e).hasMessageContaining("status 404");
        }
    }

    @Test
    void aFreezeOfAnAddressIsWhatItSaysWhenTheGateLetsGo() throws Exception {
        gates.deployFirst(job);
        String first = now();
        server.put("/a.ics", 200, first);
        ChangeGateConfiguration.get().setPolicy(policy(server.place() + "/a.ics"));
        repository.write("docs/a.md", "more").commit("Only words");
        WorkflowRun run = held();
        Judgement.AppliedCalendar applied = Gates.record(run).opened().judgement().policies().stream()
                .flatMap(policy -> policy.calendars().stream())
                .findFirst()
                .orElseThrow();
        assertThat(ChangeRecords.get().store().policyText(applied.version())).contains(first);

        server.put("/a.ics", 404, "");
        readAgain();
        assertThat(look(run).decided())
                .as("what could last be read is still used")
                .isEmpty();

        server.put("/a.ics", 200, NOTHING);
        readAgain();
        while (look(run).decided().isEmpty()) {
            Thread.sleep(100);
        }
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(Gates.record(run).decided().orElseThrow().decision()).isEqualTo(Decision.PASSED);
    }

    @Test
    void anAddressThatCannotBeReadAsksAndWhoApprovesAllTheSameIsNotHeld() throws Exception {
        gates.deployFirst(job);
        server.put("/a.ics", 200, "This is no calendar.");
        ChangeGateConfiguration.get()
                .setPolicy(policy(server.place() + "/a.ics") + "    approvals: {low: [{from: 'user:lead'}]}\n");
        repository.write("docs/a.md", "more").commit("Only words");
        WorkflowRun run = gates.start(job, "dev");
        ChangeRecord record = gates.waitForPrompt(run);
        assertThat(record.opened().gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.CALENDAR_UNREADABLE);
        assertThat(record.opened().judgement().verdict().reasons().get(0))
                .startsWith("It is not known when the freeze sale is: the calendar " + server.place() + "/a.ics of"
                        + " organisation policy cannot be read. Mend the address or what is there: it is broken: ");
        server.put("/a.ics", 404, "");
        readAgain();
        gates.clickAsScript("lead", run, "proceedEmpty");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(Gates.record(run).decided().orElseThrow().decision()).isEqualTo(Decision.APPROVED);
    }

    @Test
    void aFreezeOfARepositorysFileIsThatOfTheCommit() throws Exception {
        gates.deployFirst(job);
        ChangeGateConfiguration.get().setPolicy("environments: {production: {pass-up-to: very-high}}");
        repository
                .write(".changegate.yml", policy("ops/a.ics"))
                .write("ops/a.ics", now())
                .commit("Plan");
        WorkflowRun run = held();
        repository.write("ops/a.ics", NOTHING).commit("End it");
        ChangeRecord record = look(run);
        assertThat(record.decided()).isEmpty();
        assertThat(record.held().orElseThrow().name()).isEqualTo("sale");
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @Test
    void theScheduleShowsCalendarsAndTheFoldersThatOneMaySee() throws Exception {
        server.put("/a.ics", 200, now());
        server.put("/b.ics", 500, "");
        Folder open = jenkins.jenkins.createProject(Folder.class, "Open");
        open.addProperty(new FolderPolicy(policy(server.place() + "/a.ics")));
        Folder secret = jenkins.jenkins.createProject(Folder.class, "Secret");
        Folder inner = secret.createProject(Folder.class, "Inner");
        inner.addProperty(new FolderPolicy(policy(server.place() + "/b.ics").replace("sale", "hidden")));
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onItems(open, inner)
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        List<String> seen = shown("reader");
        assertThat(seen.get(0)).contains("sale", "/a.ics", "Open").doesNotContain("hidden", "/b.ics");
        assertThat(seen.get(1)).contains("SUMMARY:Freeze sale: production").doesNotContain("hidden");
        seen = shown("admin");
        assertThat(seen.get(0))
                .contains("sale", "hidden", "/b.ics", "It is not known when this is")
                .contains("Mend the address or what is there: it was answered with status 500.");
    }

    /** Returns the page and the feed, once everything was read. */
    private List<String> shown(String user) throws Exception {
        CalendarFeeds feeds = ExtensionList.lookupSingleton(CalendarFeeds.class);
        for (String path : List.of("/a.ics", "/b.ics")) {
            try {
                feeds.read(URI.create(server.place() + path), true);
            } catch (UnreadCalendarException e) {
                assertThat(path).isEqualTo("/b.ics");
            }
        }
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login(user)) {
            client.getOptions().setJavaScriptEnabled(false);
            return List.of(
                    client.goTo("changes/schedule/").asNormalizedText(),
                    client.goTo("changes/schedule/calendar", "text/calendar")
                            .getWebResponse()
                            .getContentAsString()
                            .replace("\r\n ", ""));
        }
    }
}
