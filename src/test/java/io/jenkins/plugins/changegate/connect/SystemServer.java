package io.jenkins.plugins.changegate.connect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A system on the loopback interface that does what the documentation of a real one says, and writes down whatever it is
 * asked that the documentation does not know. It can be told to be slow, busy, or against something.
 */
abstract class SystemServer implements AutoCloseable {

    static final String USER = "gate";
    static final String PASSWORD = "pa55w0rd-of-the-gate";

    /** Instead of a status: no answer ever comes. */
    static final int HANG = 0;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> mistakes = new CopyOnWriteArrayList<>();
    private final Deque<Integer> statuses = new ConcurrentLinkedDeque<>();
    private final Map<String, Integer> against = new ConcurrentHashMap<>();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    final JsonMapper mapper = new JsonMapper();

    /** What is answered. */
    record Answer(int status, JsonNode body) {}

    /** What is asked. */
    record Call(String method, String path, Map<String, String> query, JsonNode body) {}

    /**
     * @param port 0 for any
     */
    SystemServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Returns what was asked so far: methods and paths. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    long calls(String method) {
        return calls.stream().filter(call -> call.startsWith(method + " ")).count();
    }

    /** Returns what was asked against the documentation. */
    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    /** With what the next calls are answered, whatever they are. */
    void next(Integer... all) {
        statuses.addAll(List.of(all));
    }

    /** With what the next call of a method is answered. */
    void next(String method, int status) {
        against.put(method, status);
    }

    /** The next call of a method is obeyed, and its answer gets lost. */
    void lose(String method) {
        lost.add(method);
    }

    abstract Answer answer(Call call);

    /** Returns whether it holds; writes down what is wrong if it does not. */
    boolean expect(boolean holds, String mistake) {
        if (!holds) {
            mistakes.add(mistake);
        }
        return holds;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        calls.add(method + " " + path);
        Integer told = against.containsKey(method) ? against.remove(method) : statuses.poll();
        if (told != null && told == HANG) {
            return;
        }
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        Answer answer;
        if (told != null) {
            answer = error(told, "You sent " + given);
        } else if (!expectation().equals(given)) {
            answer = error(401, "User is not authenticated: " + given);
        } else {
            answer = checked(exchange, method, path, sent);
        }
        if (lost.remove(method)) {
            return;
        }
        byte[] body = answer.body() == null ? new byte[0] : mapper.writeValueAsBytes(answer.body());
        exchange.getResponseHeaders().add("Content-Type", "application/json;charset=UTF-8");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Answer checked(HttpExchange exchange, String method, String path, byte[] sent) {
        expect("application/json".equals(exchange.getRequestHeaders().getFirst("Accept")), "Accept is missing");
        JsonNode body = null;
        if (sent.length > 0) {
            expect(
                    "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type")),
                    "Content-Type is missing");
            try {
                body = mapper.readTree(sent);
            } catch (JacksonException e) {
                expect(false, "no JSON");
                return error(400, "no JSON");
            }
        }
        if (!expect(method.equals("GET") == (body == null), method + " with or without a body")) {
            return error(400, "body");
        }
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            String[] pair = part.split("=", 2);
            query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return answer(new Call(method, path, query, body));
    }

    private static String expectation() {
        return "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    Answer error(int status, String message) {
        ObjectNode body = mapper.createObjectNode();
        body.putObject("error").put("message", message).put("detail", "an answer that belongs in no log");
        body.put("status", "failure");
        return new Answer(status, body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
