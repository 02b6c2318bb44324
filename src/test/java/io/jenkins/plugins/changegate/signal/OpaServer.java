package io.jenkins.plugins.changegate.signal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers on the loopback interface as the Data API of Open Policy Agent is documented to: to a POST with a JSON object
 * that has an {@code input}, by an object with a {@code result}, or without one if the policy leaves it undefined.
 */
final class OpaServer implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    static final String PATH = "/v1/data/deploy/allow";

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    private final List<JsonNode> inputs = new CopyOnWriteArrayList<>();
    private final Function<JsonNode, String> policy;

    /**
     * @param policy from an input to a value in JSON; {@code null} for undefined
     */
    OpaServer(Function<JsonNode, String> policy) throws IOException {
        this.policy = policy;
        server.createContext("/", this::answer);
        server.start();
    }

    /** Returns scheme, host and port. */
    String place() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns what it was asked with. */
    List<JsonNode> inputs() {
        return inputs;
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode input = MAPPER.readTree(exchange.getRequestBody()).path("input");
        boolean understood = exchange.getRequestMethod().equals("POST")
                && exchange.getRequestURI().getPath().equals(PATH)
                && "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                && input.isObject();
        String value = understood ? policy.apply(input) : null;
        inputs.add(input);
        byte[] body = (value == null ? "{}" : "{\"result\": " + value + "}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(understood ? 200 : 400, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
