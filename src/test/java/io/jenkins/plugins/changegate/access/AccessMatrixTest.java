package io.jenkins.plugins.changegate.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Every route of the plugin, as Stapler has it, asked by every kind of user by GET, by POST without a crumb and by
 * POST. What each must answer is in {@code access-matrix.txt}; a route that is not in it fails the test.
 */
@WithJenkins
@Timeout(600)
class AccessMatrixTest {

    private static final Logger LOGGER = Logger.getLogger(AccessMatrixTest.class.getName());

    /** The columns: {@code other} may build, {@code dev} started the run and wrote the change. */
    private static final List<String> USERS =
            List.of("", "reader", "other", "dev", "lead", "manager", "breaker", "admin");

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;
    private WorkflowRun run;
    private int services;
    private String trial;

    private final Map<String, JenkinsRule.WebClient> clients = new LinkedHashMap<>();

    /** One line of the matrix: three answers for each user, GET, POST without a crumb, POST. */
    private record Row(String route, String url, List<String> answers) {

        static Row parse(String line) {
            String[] parts = line.trim().split("\\s+");
            return new Row(parts[0], parts[1], List.of(parts).subList(2, parts.length));
        }

        @Override
        public String toString() {
            return String.format("%-34s %-46s %s", route, url, String.join(" ", answers));
        }
    }

    @Test
    void everyRouteAnswersEveryKindOfUserAsTheMatrixSays(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Set<String> routes = new TreeSet<>(rule.executeOnServer(Routes::all));
        // Only ever an answer: no route leads to it.
        routes.removeIf(route -> route.startsWith("Refusal"));
        gates = new Gates(rule).secured();
        repository = Gates.repository(directory);
        repository.write("a", "b").commit("By dev", new Person("dev", "dev@example.org"));
        List<Row> expected = rows();
        assertThat(expected.stream().map(Row::route).filter(route -> !route.startsWith("Input")))
                .as("routes in the matrix")
                .containsExactlyInAnyOrderElementsOf(routes);
        List<Row> actual = new ArrayList<>();
        for (Row row : expected) {
            actual.add(new Row(row.route(), row.url(), answers(row)));
        }
        assertThat(lines(actual)).isEqualTo(lines(expected));
        LOGGER.info(
                () -> actual.stream().mapToInt(row -> row.answers().size() * 3).sum() + " cells in " + actual.size()
                        + " rows, for " + routes.size() + " routes");
        run.doStop();
        jenkins.waitForCompletion(run);
        clients.values().forEach(JenkinsRule.WebClient::close);
    }

    private static String lines(List<Row> rows) {
        return rows.stream().map(Row::toString).collect(Collectors.joining("\n"));
    }

    private static List<Row> rows() throws Exception {
        try (var in = AccessMatrixTest.class.getResourceAsStream("access-matrix.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::parse)
                    .toList();
        }
    }

    private List<String> answers(Row row) throws Exception {
        List<String> answers = new ArrayList<>();
        for (String user : USERS) {
            answers.add(answer(row, user, HttpMethod.GET, false)
                    + answer(row, user, HttpMethod.POST, false)
                    + answer(row, user, HttpMethod.POST, true));
        }
        return answers;
    }

    private String answer(Row row, String user, HttpMethod method, boolean crumb) throws Exception {
        ChangeRecord record = waiting();
        JenkinsRule.WebClient client = client(user);
        String url = row.url()
                .replace("{run}", run.getUrl())
                .replace("{id}", record.id())
                .replace(
                        "{policy}",
                        record.opened().judgement().policies().get(0).version());
        if (url.contains("{trial}")) {
            url = url.replace("{trial}", trial());
        }
        URL address = crumb ? client.createCrumbedUrl(url) : new URL(client.getContextPath() + url);
        int status =
                client.getPage(new WebRequest(address, method)).getWebResponse().getStatusCode();
        boolean changed = Gates.record(run).version() > record.version();
        String code =
                switch (status) {
                    case 200 -> "2";
                    case 302, 303 -> "3";
                    case 400 -> "B";
                    case 403 -> "F";
                    case 404 -> "N";
                    case 405 -> "M";
                    case 409 -> "C";
                    default -> "(" + status + ")";
                };
        return changed ? code + "!" : code;
    }

    /** Returns the id of the administrator's trial of a draft. */
    private String trial() throws Exception {
        if (trial == null) {
            URL address = client("admin").createCrumbedUrl("changes/policy/try/json?policy=");
            String json = client("admin")
                    .getPage(new WebRequest(address, HttpMethod.POST))
                    .getWebResponse()
                    .getContentAsString();
            trial = json.replaceFirst("(?s).*/policy/try/([0-9a-f-]+)/.*", "$1");
        }
        return trial;
    }

    /** Returns a change that nobody has done anything to yet. */
    private ChangeRecord waiting() throws Exception {
        if (run != null && Gates.record(run).version() == 1) {
            return Gates.record(run);
        }
        if (run != null && run.isBuilding()) {
            run.doStop();
            jenkins.waitForCompletion(run);
        }
        // The first deployment of a service asks.
        String gate = "changeGate environment: 'production', service: 'shop" + ++services + "'";
        run = gates.start(gates.pipeline("shop", Gates.script(repository, gate)), "dev");
        return gates.waitForPrompt(run);
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient known = clients.get(user);
        if (known == null) {
            known = jenkins.createWebClient();
            known.getOptions().setThrowExceptionOnFailingStatusCode(false);
            known.getOptions().setJavaScriptEnabled(false);
            known.getOptions().setRedirectEnabled(false);
            // Who is not logged in is sent to the login page; here the refusal itself counts.
            known.setRefreshHandler((page, url, seconds) -> {});
            if (!user.isEmpty()) {
                known.getOptions().setRedirectEnabled(true);
                known.login(user);
                known.getOptions().setRedirectEnabled(false);
            }
            clients.put(user, known);
        }
        return known;
    }
}
