package io.jenkins.plugins.changegate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.scriptsecurity.scripts.ApprovalContext;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
import org.jenkinsci.plugins.scriptsecurity.scripts.languages.GroovyLanguage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What has gone wrong in other plugins that ask people or show what they were given: see docs/security.md. */
@WithJenkins
class AdvisoriesTest {

    private static final String MARK = "hostilemark";

    /** Would become a tag, an attribute, another path or a script, wherever it is written as it is. */
    private static final String HOSTILE =
            "../../" + MARK + "<img src=x onerror=alert(1)>\" onmouseover=\"alert(1)\" x=\""
                    + " javascript:alert(1)//&%2e%2e%2f https://example.org/\"onmouseover=\"alert(1)";

    private static final Pattern TAG = Pattern.compile("<\\s*/?\\s*([a-zA-Z]+)([^>]*)>");

    private static final Pattern ID = Pattern.compile("(.*/)?CHG-\\d{6,}(/.*)?");

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        gates = new Gates(rule).secured();
        repository = Gates.repository(directory.resolve("repository"));
    }

    private WorkflowRun waiting(String gate) throws Exception {
        WorkflowRun run = gates.start(gates.pipeline("shop", Gates.script(repository, gate)), "dev");
        gates.waitForPrompt(run);
        return run;
    }

    private WorkflowRun waiting() throws Exception {
        return waiting("changeGate environment: 'production', service: 'shop'");
    }

    private void stop(WorkflowRun run) throws Exception {
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setJavaScriptEnabled(false);
        client.setRefreshHandler((page, url, seconds) -> {});
        return user.isEmpty() ? client : client.login(user);
    }

    private Page get(String user, String path) throws Exception {
        return client(user).goTo(path, null);
    }

    private static WebResponse post(JenkinsRule.WebClient client, String path) throws Exception {
        return client.getPage(new WebRequest(client.createCrumbedUrl(path), HttpMethod.POST))
                .getWebResponse();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A Groovy literal. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "environments: {production: {pass-up-to: none, approvals: {low: [{at-least: 1}]}}}",
                "environments: {production: {pass-up-to: none, approvals: {low: [{from: a-group-of-nobody}]}}}"
            })
    void whereNobodyIsNamedNobodyMayAndNoVerbIsForgotten(String policy) throws Exception {
        ChangeGateConfiguration.get().setPolicy(policy);
        WorkflowRun run = waiting();
        String id = Gates.record(run).id();
        String page = run.getUrl() + "change/" + id + "/";
        String input = run.getUrl() + "input/" + id + "/";
        List<String> verbs = List.of(
                page + "approve?comment=x",
                page + "reject?comment=x",
                page + "withdraw",
                page + "override?comment=x",
                "changes/approve?comment=x&id=" + id,
                "changes/reject?comment=x&id=" + id,
                input + "proceed",
                input + "proceedEmpty",
                input + "submit?proceed=Approve&json=%7B%7D",
                input + "abort?comment=x");
        for (String user : List.of("", "reader", "other", "lead", "manager")) {
            JenkinsRule.WebClient client = client(user);
            for (String verb : verbs) {
                post(client, verb);
                assertThat(Gates.record(run).version()).as(user + " " + verb).isEqualTo(1);
                assertThat(Gates.prompts(run)).as(user + " " + verb).isEqualTo(1);
            }
        }
        stop(run);
    }

    @Test
    void onlyTheNumberOfAChangeIsEverPartOfAnAddress() throws Exception {
        WorkflowRun run = waiting(
                "changeGate environment: 'production', service: " + quoted(HOSTILE) + ", reason: " + quoted(HOSTILE));
        ChangeRecord record = Gates.record(run);
        assertThat(record.opened().judgement().target().service()).contains(MARK);
        String change = run.getUrl() + "change/" + record.id() + "/";
        for (String path :
                List.of(run.getUrl(), run.getUrl() + "change/", change, run.getUrl() + "input/", "changes/")) {
            HtmlPage page = (HtmlPage) get("lead", path);
            assertThat(page.getWebResponse().getStatusCode()).as(path).isEqualTo(200);
            boolean found = false;
            for (Object each : page.getByXPath("//*[@href or @src or @action or @formaction or @data-url]")) {
                for (String name : List.of("href", "src", "action", "formaction", "data-url")) {
                    String address = ((DomElement) each).getAttribute(name);
                    assertThat(address).as(path).doesNotContain(MARK).doesNotStartWithIgnoringCase("javascript:");
                    found |= ID.matcher(address).matches();
                }
            }
            assertThat(found || path.equals(change) || path.endsWith("input/"))
                    .as("an address of the change in " + path)
                    .isTrue();
        }
        for (String wrong : List.of(
                "..%2fx",
                "%2e%2ex",
                "%2e%2e%2f" + record.id(),
                "javascript:alert(1)",
                record.id() + "%22",
                record.id() + "%27",
                record.id() + "%20",
                record.id() + "%23",
                "chg-" + record.id().substring(4),
                encoded(MARK))) {
            assertThat(get("lead", run.getUrl() + "change/" + wrong + "/")
                            .getWebResponse()
                            .getStatusCode())
                    .as(wrong)
                    .isIn(400, 404);
        }
        stop(run);
    }

    @Test
    void theLogAsHtmlHasNoTagAndNoAttributeOfSomebodyElse() throws Exception {
        ChangeGateConfiguration.get().setPolicy("environments: {'*': {pass-up-to: none}}");
        repository
                .write("db/migration/" + HOSTILE.replace("/", "") + ".sql", "DROP TABLE a;\n")
                .commit(HOSTILE, new Person("Name " + MARK + " onerror='alert(1)'", "x@example.org"));
        WorkflowRun run = waiting("changeGate environment: " + quoted(HOSTILE) + ", service: " + quoted(HOSTILE)
                + ", reason: " + quoted(HOSTILE));
        String change = run.getUrl() + "change/" + Gates.record(run).id() + "/";
        post(client("other"), change + "approve?comment=" + encoded(HOSTILE));
        assertThat(post(client("approver"), change + "reject?comment=" + encoded(HOSTILE))
                        .getStatusCode())
                .isEqualTo(200);
        jenkins.waitForCompletion(run);
        assertThat(JenkinsRule.getLog(run)).contains("Rejected by").contains(MARK);
        for (String log : List.of("logText/progressiveHtml", "consoleText", "console")) {
            WebResponse response = get("lead", run.getUrl() + log).getWebResponse();
            if (log.equals("consoleText")) {
                assertThat(response.getContentType()).isEqualTo("text/plain");
                continue;
            }
            String html = response.getContentAsString();
            assertThat(html).contains(MARK).doesNotContain("<img src=x");
            Matcher tag = TAG.matcher(html.replaceAll("(?s)\"[^\"<>]*\"|'[^'<>]*'", "\"\""));
            while (tag.find()) {
                assertThat(tag.group(2)).as(log).doesNotContainIgnoringCase("onmouseover", "onerror");
            }
            Matcher address = Pattern.compile("href=(['\"])(.*?)\\1").matcher(html);
            while (address.find()) {
                assertThat(address.group(2)).as(log).doesNotContain(MARK).doesNotStartWith("javascript:");
            }
        }
    }

    @Test
    void noNameLeadsToAFileOutsideOfTheOneStore() throws Exception {
        // Would let everything pass, if it were read.
        Files.writeString(directory.resolve(MARK), "environments: {production: {tier: development}}\n");
        ChangeGateConfiguration.get().setPolicy("environments: {'*': {pass-up-to: none}}");
        long before = filesNamed(MARK);
        for (String name : List.of(
                "../" + MARK, "../../../../" + MARK, directory.resolve(MARK).toString())) {
            WorkflowRun run = waiting("changeGate environment: " + quoted(name) + ", service: " + quoted(name)
                    + ", policyFile: " + quoted(name));
            ChangeRecord record = Gates.record(run);
            assertThat(record.opened().judgement().target().service()).isEqualTo(name);
            // That it is not there is what comes first.
            assertThat(record.opened().judgement().verdict().reasons().get(0))
                    .as(name)
                    .contains(MARK);
            post(client("approver"), run.getUrl() + "change/" + record.id() + "/reject?comment=" + encoded(name));
            jenkins.waitForCompletion(run);
            assertThat(filesNamed(MARK)).as(name).isEqualTo(before);
        }
        try (Stream<Path> files =
                Files.list(jenkins.jenkins.getRootDir().toPath().resolve("change-gate"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.matches("[a-z][a-z.-]*(\\.mv\\.db|\\.trace\\.db)?"));
        }
    }

    private long filesNamed(String name) throws Exception {
        long found = 0;
        Path home = jenkins.jenkins.getRootDir().toPath();
        for (Path root : List.of(home, directory)) {
            List<Path> files = new ArrayList<>();
            // Jenkins saves atomically: temporary files come and go while this looks, and a stream would end at one.
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) {
                    files.add(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
            found += files.stream()
                    .filter(file -> file.toString().contains(name))
                    .count();
        }
        for (Path above = home.getParent(); above != null; above = above.getParent()) {
            found += Files.exists(above.resolve(name)) ? 1 : 0;
        }
        return found;
    }

    @Test
    void whateverAnAdministratorSavesDecidesNothing() throws Exception {
        WorkflowRun run = waiting();
        JenkinsRule.WebClient admin = jenkins.createWebClient().login("admin");
        jenkins.submit(admin.goTo("configure").getFormByName("config"));
        jenkins.submit(admin.getPage(run.getParent(), "configure").getFormByName("config"));
        assertUndecided(run);
        // What would have let it pass, had it been there before.
        ChangeGateConfiguration.get()
                .setPolicy("environments: {production: {tier: development, pass-up-to: very-high}}");
        assertUndecided(run);
        ChangeGateConfiguration.get().setPolicy(Gates.POLICY);
        try (ACLContext ignored = ACL.as(Objects.requireNonNull(User.getById("dev", true)))) {
            ScriptApproval.get().configuring("'" + MARK + "'", GroovyLanguage.get(), ApprovalContext.create(), false);
        }
        ScriptApproval.PendingScript script =
                ScriptApproval.get().getPendingScripts().iterator().next();
        try (ACLContext ignored = ACL.as(Objects.requireNonNull(User.getById("admin", true)))) {
            ScriptApproval.get().approveScript(script.getHash());
        }
        assertUndecided(run);
        stop(run);
    }

    private static void assertUndecided(WorkflowRun run) throws Exception {
        assertThat(Gates.record(run).version()).isEqualTo(1);
        assertThat(Gates.prompts(run)).isEqualTo(1);
        assertThat(run.isBuilding()).isTrue();
    }

    @Test
    void checkingAHostilePatternEndsAndIsOnlyDoneForWhoMayConfigure() throws Exception {
        String policy = "rules: [{id: x, points: 1, because: b, when: \"service.matches('" + "(a+)+".repeat(40)
                + "$') && matches('" + "a".repeat(40) + "!', '(a+)+$')\"}]";
        String address = "descriptorByName/" + ChangeGateConfiguration.class.getName() + "/checkPolicy?value=";
        String broken = post(client("reader"), address + encoded("rules: x")).getContentAsString();
        for (String user : List.of("reader", "lead", "admin")) {
            JenkinsRule.WebClient client = client(user);
            String answer = assertTimeout(
                    Duration.ofSeconds(30),
                    () -> post(client, address + encoded(policy)).getContentAsString());
            if (!user.equals("admin")) {
                assertThat(answer).as("tells nothing of the text").isEqualTo(broken);
            }
        }
    }

    @Test
    void whoMayReadTheJobButNotTheChangesSeesNothingOfThem() throws Exception {
        repository.write("secret-" + MARK + ".txt", "content-" + MARK).commit("Subject " + MARK);
        String gate = "changeGate environment: 'production', service: 'shop-" + MARK + "', base: "
                + quoted(repository.head() + "~1");
        WorkflowRun run = waiting(gate);
        String id = Gates.record(run).id();
        String change = run.getUrl() + "change/" + id + "/";
        // Whoever may see it is shown what changed, and no line of it.
        for (String path : List.of(change, change + "api/json")) {
            String seen = get("reader", path).getWebResponse().getContentAsString();
            assertThat(seen).as(path).contains("secret-" + MARK).doesNotContain("content-" + MARK);
        }
        jenkins.jenkins.setAuthorizationStrategy(new WithoutView(jenkins.jenkins.getAuthorizationStrategy()));
        for (String path : List.of(change, change + "api/json", run.getUrl() + "change/")) {
            assertThat(get("reader", path).getWebResponse().getStatusCode())
                    .as(path)
                    .isIn(403, 404);
        }
        for (String path : List.of(run.getUrl(), "changes/?show=all", "changes/api/json?show=all")) {
            WebResponse response = get("reader", path).getWebResponse();
            assertThat(response.getContentAsString()).as(path).doesNotContain(MARK, id);
        }
        stop(run);
    }
}
