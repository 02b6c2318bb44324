package io.jenkins.plugins.changegate.connect;

import io.jenkins.plugins.changegate.connect.CallException.Kind;
import io.jenkins.plugins.changegate.http.AllowedHosts;
import io.jenkins.plugins.changegate.http.BoundedHttp;
import io.jenkins.plugins.changegate.http.HttpFailureException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls the REST API of one system: JSON there and back, to an allowed host, as the chosen credential, bounded in time
 * and size. To be used as the system. Thread-safe.
 */
public final class Calls {

    /** Largest answer, in bytes: some pages of comments or requests. */
    private static final int LARGEST = 2 * 1024 * 1024;

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    private final BoundedHttp http;
    private final AllowedHosts hosts;
    private final String base;
    private final String credentialsId;
    private final Duration timeout;
    private final JsonMapper mapper = new JsonMapper();

    /**
     * @param base where the system is, without a slash at the end
     * @param timeout how long an answer may take
     */
    Calls(BoundedHttp http, AllowedHosts hosts, String base, String credentialsId, Duration timeout) {
        this.http = http;
        this.hosts = hosts;
        this.base = base;
        this.credentialsId = credentialsId;
        this.timeout = timeout;
    }

    /** Returns an empty JSON object, to be filled and sent. */
    public ObjectNode object() {
        return mapper.createObjectNode();
    }

    /** Returns a text as it is written in the query of an address. */
    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Returns what is at an address.
     *
     * @param path from the base on, with its query
     */
    public JsonNode get(String path) throws CallException, InterruptedException {
        return call("GET", path, Optional.empty());
    }

    /** Creates something, and returns what came of it. */
    public JsonNode post(String path, ObjectNode body) throws CallException, InterruptedException {
        return call("POST", path, Optional.of(body));
    }

    /** Changes something, and returns what came of it. */
    public JsonNode patch(String path, ObjectNode body) throws CallException, InterruptedException {
        return call("PATCH", path, Optional.of(body));
    }

    private JsonNode call(String method, String path, Optional<ObjectNode> body)
            throws CallException, InterruptedException {
        BoundedHttp.Question question = new BoundedHttp.Question(
                address(path),
                credentialsId,
                body.isEmpty()
                        ? Map.of("Accept", "application/json", "X-ExperimentalApi", "opt-in")
                        : Map.of(
                                "Accept",
                                "application/json",
                                "Content-Type",
                                "application/json",
                                "X-ExperimentalApi",
                                "opt-in"),
                timeout,
                LARGEST);
        BoundedHttp.Answer answer;
        try {
            answer = body.isEmpty()
                    ? http.get(question)
                    : http.send(method, question, mapper.writeValueAsBytes(body.get()));
        } catch (HttpFailureException e) {
            throw new CallException(Kind.UNAVAILABLE, e.getMessage());
        }
        int status = answer.status();
        if (status == NO_CONTENT) {
            return object();
        }
        if (status != OK && status != CREATED) {
            throw new CallException(kind(method, status), "status " + status + " to " + method + " " + bare(path));
        }
        try {
            return mapper.readTree(answer.body());
        } catch (JacksonException e) {
            // What sleeps or wants a login shows a page.
            throw new CallException(Kind.UNAVAILABLE, "no JSON came to " + method + " " + bare(path));
        }
    }

    private URI address(String path) throws CallException {
        try {
            URI address = new URI(base + path);
            if (!hosts.permit(address)) {
                throw new CallException(Kind.UNAUTHORISED, "no administrator has allowed its host");
            }
            return address;
        } catch (URISyntaxException e) {
            throw new CallException(Kind.REFUSED, "there is no such address");
        }
    }

    /**
     * A system that forbids reading knows us or wants us not at all. One that forbids a single act, such as a state that
     * its own rules do not let the request go to, does that for one change.
     */
    private static Kind kind(String method, int status) {
        return switch (status) {
            case 401, 407 -> Kind.UNAUTHORISED;
            case 403 -> method.equals("GET") ? Kind.UNAUTHORISED : Kind.REFUSED;
            case 408, 425, 429 -> Kind.UNAVAILABLE;
            default -> status / 100 == 4 ? Kind.REFUSED : Kind.UNAVAILABLE;
        };
    }

    private static String bare(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }
}
