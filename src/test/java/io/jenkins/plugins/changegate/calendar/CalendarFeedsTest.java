package io.jenkins.plugins.changegate.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.changegate.config.CalendarAddresses;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.policy.CalendarPlace;
import io.jenkins.plugins.changegate.engine.policy.UnreadCalendarException;
import io.jenkins.plugins.changegate.http.AnswerServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.access.AccessDeniedException;

/** Calendars at addresses, read from a real server on the loopback interface. */
@WithJenkins
@Timeout(300)
class CalendarFeedsTest {

    private static final String FREEZE = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\n"
            + "DTSTART;VALUE=DATE:20261224\nEND:VEVENT\nEND:VCALENDAR\n";
    private static final String NOTHING = "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n";

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private AnswerServer server;
    private AnswerServer other;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        server = new AnswerServer();
        other = new AnswerServer();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString("s3cret")));
        ChangeGateCalendars.get().setHosts(List.of(new CalendarHost(server.place(), "token")));
    }

    @AfterEach
    void tearDown() {
        server.close();
        other.close();
    }

    private String read(String address, boolean wait) throws UnreadCalendarException {
        return CalendarAddresses.source(wait).read(new CalendarPlace(address)).text();
    }

    private void unread(String path, String why) {
        assertThatThrownBy(() -> read(server.place() + path, true))
                .as(path)
                .isInstanceOf(UnreadCalendarException.class)
                .hasMessage("Mend the address or what is there: " + why + ".");
        assertThat(CalendarAddresses.trouble(new CalendarPlace(server.place() + path))
                        .orElseThrow()
                        .message())
                .isEqualTo(why);
    }

    @Test
    void oneIsReadOnceWithTheCredentialOfItsHost() throws Exception {
        server.put("/a.ics", 200, FREEZE);
        assertThat(read(server.place() + "/a.ics?key=1", true)).isEqualTo(FREEZE);
        assertThat(read(server.place() + "/a.ics?key=1", true)).isEqualTo(FREEZE);
        assertThat(server.calls()).containsExactly("GET /a.ics?key=1 Bearer s3cret");
    }

    @Test
    void whatCannotBeReadIsSaid() {
        server.put("/broken", 200, "BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR\n");
        server.put("/moved", 302, other.place() + "/a.ics");
        server.put("/round", 302, "/round");
        server.put("/odd", 302, "http://[");
        other.put("/a.ics", 200, FREEZE);
        unread("/none", "it was answered with status 404");
        unread("/broken", "it is broken: line 2, VERSION: '1.0' is not possible; possible: 2.0");
        unread("/moved", "it redirects to another host, which is not followed: name that address");
        unread("/round", "it was redirected more than 3 times");
        unread("/odd", "it could not be read (IllegalArgumentException)");
        unread("/endless", "its answer is larger than 1024 KiB");
        unread("/hang", "there was no answer within 10 seconds");
        unread("/drip", "there was no answer within 10 seconds");
        assertThat(other.calls()).isEmpty();
    }

    @Test
    void aRedirectOnTheSameHostIsFollowed() throws Exception {
        server.put("/old", 301, "/new");
        server.put("/new", 200, FREEZE);
        assertThat(read(server.place() + "/old", true)).isEqualTo(FREEZE);
    }

    @Test
    void aHostThatNobodyHasAllowedIsNotCalledNorIsWhatItSaidBeforeUsed() throws Exception {
        other.put("/a.ics", 200, FREEZE);
        assertThatThrownBy(() -> read(other.place() + "/a.ics", true))
                .hasMessage("No administrator has allowed its host, " + other.place()
                        + ": see Manage Jenkins, System, Change Gate calendars.");
        assertThat(other.calls()).isEmpty();
        server.put("/a.ics", 200, FREEZE);
        read(server.place() + "/a.ics", true);
        ChangeGateCalendars.get().setHosts(List.of());
        assertThatThrownBy(() -> read(server.place() + "/a.ics", true))
                .hasMessageStartingWith("No administrator has allowed its host");
    }

    @Test
    void whoMayNotWaitIsAnsweredAtOnceAndItIsReadMeanwhile() throws Exception {
        server.put("/a.ics", 200, FREEZE);
        String address = server.place() + "/a.ics";
        assertThatThrownBy(() -> read(address, false)).hasMessage("It has not been read yet; that is tried now.");
        while (server.calls().isEmpty()) {
            Thread.sleep(10);
        }
        assertThat(read(address, true)).isEqualTo(FREEZE);
        assertThat(read(address, false)).isEqualTo(FREEZE);
        assertThat(server.calls()).hasSize(1);
    }

    @Test
    void ofManyWhoMayNotWaitOneHasItRead() throws Exception {
        Instant start = Instant.parse("2026-11-23T12:00:00Z");
        Feed feed = feed(new FeedFiles(directory), start);
        assertThat(feed.begin(start)).isTrue();
        assertThat(feed.begin(start)).isFalse();
        server.put("/a.ics", 200, FREEZE);
        feed.refresh(null, start);
        assertThat(feed.begin(start)).as("it is not time").isFalse();
        assertThat(feed.begin(start.plus(Feed.PERIOD))).isTrue();
    }

    private Feed feed(FeedFiles files, Instant now) {
        String address = server.place() + "/a.ics";
        return new Feed(new FeedReader(), files, files.read(address).orElseGet(() -> KeptFeed.never(address)), now);
    }

    @Test
    void whatCouldLastBeReadIsUsedForADayAndOverARestart() throws Exception {
        Instant start = Instant.parse("2026-11-23T12:00:00Z");
        FeedFiles files = new FeedFiles(directory);
        Feed feed = feed(files, start);
        server.put("/a.ics", 200, FREEZE);
        server.tag("/a.ics", "\"1\"");
        feed.refresh(null, start);
        Instant later = start.plus(Feed.PERIOD);
        feed.refresh(null, later.minusMillis(1));
        assertThat(server.calls()).as("within five minutes").hasSize(1);
        feed.refresh(null, later);
        assertThat(server.calls()).hasSize(2);
        assertThat(feed.text(later).text()).as("answered with 304").isEqualTo(FREEZE);
        server.close();
        Instant away = later.plus(Feed.PERIOD);
        feed.refresh(null, away);
        assertThat(feed.trouble().orElseThrow().message()).startsWith("it could not be reached");
        Feed restarted = feed(new FeedFiles(directory), away);
        assertThatThrownBy(() -> restarted.text(away)).hasMessage("It has not been read yet; that is tried now.");
        restarted.refresh(null, away.plus(Feed.PERIOD));
        assertThat(restarted.trouble().orElseThrow().since()).isEqualTo(away);
        assertThat(restarted.text(later.plus(Duration.ofDays(1)).minusMillis(1)).text())
                .isEqualTo(FREEZE);
        assertThatThrownBy(() -> restarted.text(later.plus(Duration.ofDays(1))))
                .hasMessageEndingWith("What was read at 2026-11-23T12:05:00Z is too old.");
    }

    @Test
    void whatChangesIsReadAndWhatNobodyAsksForIsForgotten() throws Exception {
        Instant start = Instant.parse("2026-11-23T12:00:00Z");
        Feed feed = feed(new FeedFiles(directory), start);
        server.put("/a.ics", 200, FREEZE);
        server.tag("/a.ics", "\"1\"");
        feed.refresh(null, start);
        server.put("/a.ics", 200, NOTHING);
        server.tag("/a.ics", "\"2\"");
        feed.refresh(null, start.plus(Feed.PERIOD));
        assertThat(feed.text(start.plus(Feed.PERIOD)).text()).isEqualTo(NOTHING);
        for (int i = 0; i <= CalendarFeeds.MOST; i++) {
            server.put("/" + i, 200, NOTHING);
            read(server.place() + "/" + i, true);
        }
        Path kept = jenkins.jenkins.getRootDir().toPath().resolve("change-gate/calendars");
        try (var files = Files.list(kept)) {
            assertThat(files.count()).isEqualTo(CalendarFeeds.MOST);
        }
    }

    @Test
    void onlyAnAdministratorSaysWhichHostsMayBeCalled() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ, ChangePermissions.CONFIGURE, Jenkins.MANAGE)
                .everywhere()
                .to("chief"));
        try (ACLContext ignored = ACL.as2(User.getById("chief", true).impersonate2())) {
            assertThatThrownBy(() -> ChangeGateCalendars.get().setHosts(List.of()))
                    .isInstanceOf(AccessDeniedException.class);
        }
        assertThat(ChangeGateCalendars.get().getHosts()).hasSize(1);
        assertThatThrownBy(() -> new CalendarHost("ftp://calendar.example.org", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CalendarHost("one.example.org two.example.org", ""))
                .hasMessage("One host, such as calendar.example.org");
    }

    @Test
    void hostsAreSetByCodeAndKeptByTheForm() throws Exception {
        Path yaml = directory.resolve("jenkins.yaml");
        Files.writeString(yaml, """
                unclassified:
                  changeGateCalendars:
                    hosts:
                    - host: calendar.example.org:8443
                      credentialsId: token
                    - host: other.example.org
                """);
        ExtensionList.lookupSingleton(ConfigurationAsCode.class).configure(yaml.toString());
        for (int i = 0; i < 2; i++) {
            ChangeGateCalendars now = ChangeGateCalendars.get();
            assertThat(now.getHosts())
                    .extracting(CalendarHost::getHost)
                    .containsExactly("calendar.example.org:8443", "other.example.org");
            assertThat(now.of(URI.create("https://calendar.example.org:8443/a.ics"))
                            .orElseThrow()
                            .getCredentialsId())
                    .isEqualTo("token");
            assertThat(now.of(URI.create("https://calendar.example.org/a.ics"))).isEmpty();
            assertThat(now.of(URI.create("http://other.example.org/a.ics"))).isEmpty();
            jenkins.configRoundtrip();
        }
    }
}
