package io.jenkins.plugins.changegate.signal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A system on the loopback interface that knows facts, and answers well or badly, as the path says. */
final class AnswerServer implements AutoCloseable {

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();

    AnswerServer() throws IOException {
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Returns scheme, host and port. */
    String place() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What a path is answered with from now on; a status of 3xx leads to what is given. */
    void put(String path, int status, String answer) {
        answers.put(path, answer);
        statuses.put(path, status);
    }

    /** Returns what was asked so far, and how who asked showed who it is. */
    List<String> calls() {
        return calls;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        int status = statuses.getOrDefault(path, 404);
        byte[] answer = answers.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
        switch (path) {
            case "/hang" -> {
                // Never answers.
            }
            case "/drip" -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write('1');
                exchange.getResponseBody().flush();
            }
            case "/endless" -> {
                exchange.sendResponseHeaders(200, 0);
                try (var body = exchange.getResponseBody()) {
                    while (true) {
                        body.write(new byte[10_000]);
                    }
                }
            }
            default -> {
                if (status / 100 == 3) {
                    exchange.getResponseHeaders().add("Location", answers.get(path));
                }
                exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
