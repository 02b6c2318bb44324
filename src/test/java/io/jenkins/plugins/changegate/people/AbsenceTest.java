package io.jenkins.plugins.changegate.people;

import static io.jenkins.plugins.changegate.people.Absences.TOMORROW;
import static io.jenkins.plugins.changegate.people.Absences.YESTERDAY;
import static io.jenkins.plugins.changegate.people.Absences.absent;
import static io.jenkins.plugins.changegate.people.Absences.user;
import static io.jenkins.plugins.changegate.people.Absences.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.TimeZoneProperty;
import hudson.model.UserProperty;
import hudson.model.userproperty.UserPropertyCategory;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.changegate.Gates;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may say that they are absent, and what is accepted. */
@WithJenkins
class AbsenceTest {

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        gates = new Gates(rule).secured();
        users();
    }

    private static Absence absence(String id) {
        return user(id).getProperty(Absence.class);
    }

    @Test
    void userSetsItAmongTheirPreferences() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.login("lead");
            HtmlForm form = client.goTo("user/lead/preferences").getFormByName("config");
            form.getInputByName("_.from").setValue("2026-11-02");
            form.getInputByName("_.until").setValue("2026-11-20");
            form.getInputByName("_.deputy").setValue("other");
            jenkins.submit(form);
            assertThat(absence("lead").getFrom()).isEqualTo("2026-11-02");
            assertThat(absence("lead").getUntil()).isEqualTo("2026-11-20");
            assertThat(absence("lead").getDeputy()).isEqualTo("other");

            user("lead").load();
            form = client.goTo("user/lead/preferences").getFormByName("config");
            HtmlInput from = form.getInputByName("_.from");
            assertThat(from.getTypeAttribute()).isEqualTo("date");
            assertThat(from.getValue()).isEqualTo("2026-11-02");
            assertThat(from.getAttribute("checkUrl")).contains("checkFrom");
            assertThat(form.getInputByName("_.deputy").getValue()).isEqualTo("other");
            jenkins.submit(form);
            assertThat(absence("lead").getUntil()).isEqualTo("2026-11-20");

            form = client.goTo("user/lead/preferences").getFormByName("config");
            form.getInputByName("_.from").setValue("");
            form.getInputByName("_.until").setValue("");
            jenkins.submit(form);
            assertThat(Absence.isAbsent(user("lead"), Instant.parse("2026-11-10T12:00:00Z")))
                    .isFalse();
        }
    }

    @Test
    void whatIsWrongIsSaidAndNotKept() throws Exception {
        user("system");
        assertWrong("2.11.2026", "", "other", "from", "'2.11.2026' is no date: write it as YYYY-MM-DD.");
        assertWrong("2026-02-30", "", "other", "from", "'2026-02-30' is no date: write it as YYYY-MM-DD.");
        assertWrong("2026-11-02", "soon", "other", "until", "'soon' is no date: write it as YYYY-MM-DD.");
        assertWrong(
                "2026-11-02", "2026-11-01", "", "until", "The last day, 2026-11-01, is before the first, 2026-11-02.");
        assertWrong("", "2026-11-01", "other", "until", "A last day needs a first day.");
        assertWrong("2026-11-02", "", "lead", "deputy", "Nobody can be their own deputy.");
        assertWrong("2026-11-02", "", "LEAD", "deputy", "Nobody can be their own deputy.");
        assertWrong("2026-11-02", "", "nobody-here", "deputy", "This Jenkins knows no user 'nobody-here'.");
        // Jenkins has a user object for it, but it is no person.
        assertWrong("2026-11-02", "", "system", "deputy", "This Jenkins knows no user 'system'.");
    }

    private void assertWrong(String from, String until, String deputy, String field, String message) throws Exception {
        JSONObject form = form(from, until, deputy);
        WebResponse response = submit("lead", "lead", form);
        assertThat(response.getStatusCode()).as(message).isGreaterThanOrEqualTo(400);
        assertThat(text(response)).contains(message);
        assertThat(absence("lead")).isNull();
        String value = URLEncoder.encode(form.getString(field), StandardCharsets.UTF_8);
        String query = field + "?value=" + value + "&from=" + from;
        assertThat(text(check("lead", "lead", query))).contains(message);
        // An answer to anybody else would say which users there are.
        assertThat(text(check("other", "lead", query))).doesNotContain(message);
    }

    @Test
    void whatIsRightPassesTheChecks() throws Exception {
        for (String right : List.of(
                "from?value=2026-11-02",
                "from?value=",
                "until?value=2026-11-02",
                "until?value=",
                "deputy?value=other",
                "deputy?value=")) {
            assertThat(text(check("lead", "lead", right + "&from=2026-11-02")))
                    .as(right)
                    .isEqualTo("<div/>");
        }
    }

    @Test
    void checksNeedPost() throws Exception {
        try (JenkinsRule.WebClient client = client("lead")) {
            for (String field : List.of("From", "Until", "Deputy")) {
                String address = "user/lead/descriptorByName/" + Absence.class.getName() + "/check" + field;
                assertThat(client.goTo(address + "?value=x", null)
                                .getWebResponse()
                                .getStatusCode())
                        .as(field)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void onlyTheUserAndAdministratorsSetIt() throws Exception {
        JSONObject form = form(YESTERDAY, TOMORROW, "other");
        assertThat(submit("other", "lead", form).getStatusCode()).isEqualTo(403);
        assertThat(submit("lead2", "lead", form).getStatusCode()).isEqualTo(403);
        assertThat(absence("lead")).isNull();
        assertThat(submit("admin", "lead", form).getStatusCode()).isLessThan(400);
        assertThat(absence("lead").getDeputy()).isEqualTo("other");
    }

    @Test
    void administratorsDoNotMakeThemselvesSomebodysDeputy() throws Exception {
        WebResponse response = submit("admin", "lead", form(YESTERDAY, TOMORROW, "admin"));
        assertThat(response.getStatusCode()).isGreaterThanOrEqualTo(400);
        assertThat(text(response)).contains("You cannot make yourself the deputy of lead");
        assertThat(absence("lead")).isNull();
        user("lead").addProperty(new Absence("2026-11-02", "2026-11-03", "admin"));
        assertThat(submit("admin", "lead", form("2026-11-02", "2026-11-03", "admin"))
                        .getStatusCode())
                .as("nothing is changed")
                .isLessThan(400);
        assertThat(submit("admin", "lead", form("2026-11-02", TOMORROW, "admin"))
                        .getStatusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(submit("lead", "lead", form("2026-11-02", "", "admin")).getStatusCode())
                .as("lead wants so")
                .isLessThan(400);
    }

    @Test
    void daysAreTheUsersOwn() throws Exception {
        assertAbsent("2026-11-02", "2026-11-03", "Europe/Berlin", "2026-11-01T22:59:59Z", false);
        assertAbsent("2026-11-02", "2026-11-03", "Europe/Berlin", "2026-11-01T23:00:00Z", true);
        assertAbsent("2026-11-02", "2026-11-03", "Europe/Berlin", "2026-11-03T22:59:59Z", true);
        assertAbsent("2026-11-02", "2026-11-03", "Europe/Berlin", "2026-11-03T23:00:00Z", false);
        assertAbsent("2026-11-02", "2026-11-02", "Pacific/Kiritimati", "2026-11-01T10:00:00Z", true);
        assertAbsent("2026-11-02", "2026-11-02", "Pacific/Kiritimati", "2026-11-02T10:00:00Z", false);
        assertAbsent("2026-11-02", "2026-11-02", "EST", "2026-11-03T04:59:59Z", true);
        assertAbsent("2026-11-02", "2026-11-02", "EST", "2026-11-03T05:00:00Z", false);
        assertAbsent("2026-11-02", "", "UTC", "2999-01-01T00:00:00Z", true);
        assertAbsent("", "", "UTC", "2026-11-02T00:00:00Z", false);
    }

    private static void assertAbsent(String from, String until, String zone, String moment, boolean expected)
            throws Exception {
        user("lead").addProperty(new TimeZoneProperty(zone));
        user("lead").addProperty(new Absence(from, until, "Other"));
        Instant at = Instant.parse(moment);
        assertThat(List.of(
                        Absence.isAbsent(user("lead"), at),
                        Absence.deputyOf(user("lead"), at).isPresent(),
                        Absence.representedBy(user("other"), at).contains(user("lead")),
                        Absence.byDeputy(at).containsKey("other")))
                .as(from + " to " + until + " in " + zone + " at " + moment)
                .containsOnly(expected);
    }

    @Test
    void whereNoTimeZoneIsSetOrNoneThatExistsItIsTheOneOfJenkins() throws Exception {
        absent("lead", "other");
        assertThat(UserZone.of(user("lead"))).isEqualTo(ZoneId.systemDefault());
        user("lead").addProperty(new TimeZoneProperty("Mars/Olympus"));
        assertThat(UserZone.of(user("lead"))).isEqualTo(ZoneId.systemDefault());
    }

    @Test
    void nonsenseInTheFileGivesNoRightAndLosesNothingElse() throws Exception {
        absent("lead", "other");
        Path file =
                Objects.requireNonNull(user("lead").getUserFolder()).toPath().resolve("config.xml");
        String xml = Files.readString(file);
        assertThat(xml).contains("<from>" + YESTERDAY + "</from>");
        for (String broken : List.of(
                xml.replace("<from>" + YESTERDAY + "</from>", "<from>nonsense</from>"),
                xml.replace("<until>" + TOMORROW + "</until>", "<until>2001-01-01</until>"),
                xml.replace("<from>" + YESTERDAY + "</from>", ""),
                xml.replace("<deputy>other</deputy>", "<deputy>lead</deputy>"),
                xml.replace("<deputy>other</deputy>", ""))) {
            Files.writeString(file, broken);
            user("lead").load();
            assertThat(absence("lead")).as(broken).isNotNull();
            assertThat(Absence.deputyOf(user("lead"))).as(broken).isEmpty();
            assertThat(Absence.representedBy(user("other"))).as(broken).isEmpty();
            assertThat(Absence.representedBy(user("lead"))).as(broken).isEmpty();
        }
        Files.writeString(file, xml);
        user("lead").load();
        assertThat(Absence.representedBy(user("other"))).containsExactly(user("lead"));
    }

    @Test
    void isReadByJcascAndNeverBroken() throws Exception {
        String yaml = """
                jenkins:
                  securityRealm:
                    local:
                      users:
                        - id: lena
                          password: secret
                          properties:
                            - changeGateAbsence:
                                from: "%s"
                                deputy: "other"
                """;
        Path file = Files.writeString(directory.resolve("jenkins.yaml"), yaml.formatted("2026-11-02"));
        ConfigurationAsCode.get().configure(file.toString());
        assertThat(absence("lena").getFrom()).isEqualTo("2026-11-02");
        assertThat(absence("lena").getUntil()).isEmpty();
        assertThat(Absence.representedBy(user("other"), Instant.parse("2026-11-10T12:00:00Z")))
                .containsExactly(user("lena"));
        Files.writeString(file, yaml.formatted("2026-11-31"));
        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(file.toString()))
                .isInstanceOf(ConfiguratorException.class);
        assertThat(absence("lena").getFrom()).isEqualTo("2026-11-02");
    }

    private static JSONObject form(String from, String until, String deputy) {
        return new JSONObject().element("from", from).element("until", until).element("deputy", deputy);
    }

    /** Submits the preferences of a user, as a script would that doesn't care what the browser accepts. */
    private WebResponse submit(String as, String of, JSONObject form) throws Exception {
        int place = UserProperty.allByCategoryClass(UserPropertyCategory.Preferences.class)
                .indexOf(Jenkins.get().getDescriptorByType(Absence.DescriptorImpl.class));
        JSONObject json = new JSONObject().element("userProperty" + place, form);
        return post(
                as,
                "user/" + of + "/preferences/configSubmit?json="
                        + URLEncoder.encode(json.toString(), StandardCharsets.UTF_8));
    }

    private WebResponse check(String as, String of, String fieldAndQuery) throws Exception {
        String method = "check" + Character.toUpperCase(fieldAndQuery.charAt(0)) + fieldAndQuery.substring(1);
        return post(as, "user/" + of + "/descriptorByName/" + Absence.class.getName() + "/" + method);
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setJavaScriptEnabled(false);
        return client.login(user);
    }

    private WebResponse post(String user, String address) throws Exception {
        try (JenkinsRule.WebClient client = client(user)) {
            return client.getPage(new WebRequest(client.createCrumbedUrl(address), HttpMethod.POST))
                    .getWebResponse();
        }
    }

    private static String text(WebResponse response) {
        return response.getContentAsString().replace("&#039;", "'").replace("&#39;", "'");
    }
}
