package io.jenkins.plugins.changegate.config;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Git's own HTTP server on the loopback interface, for one user with a password. */
final class GitServer implements AutoCloseable {

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path root;

    /**
     * @param root the directory in which the repositories are
     */
    GitServer(Path root, String user, String password) throws IOException {
        this.root = root;
        server.createContext("/", this::answer).setAuthenticator(new BasicAuthenticator("git") {
            @Override
            public boolean checkCredentials(String name, String given) {
                return name.equals(user) && given.equals(password);
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    /** Returns the address of a repository. */
    String address(String repository) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + repository;
    }

    /** Runs {@code git http-backend} as a web server does: RFC 3875. */
    private void answer(HttpExchange exchange) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put(
                "QUERY_STRING",
                exchange.getRequestURI().getQuery() == null
                        ? ""
                        : exchange.getRequestURI().getQuery());
        header(exchange, "Content-Type", environment, "CONTENT_TYPE");
        header(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
        header(exchange, "Git-Protocol", environment, "HTTP_GIT_PROTOCOL");
        Process backend = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream in = backend.getOutputStream()) {
            exchange.getRequestBody().transferTo(in);
        }
        try (InputStream out = backend.getInputStream();
                OutputStream body = exchange.getResponseBody()) {
            int status = 200;
            for (String line = line(out); !line.isEmpty(); line = line(out)) {
                String value = line.substring(line.indexOf(':') + 1).strip();
                if (line.startsWith("Status:")) {
                    status = Integer.parseInt(value.substring(0, 3));
                } else {
                    exchange.getResponseHeaders().add(line.substring(0, line.indexOf(':')), value);
                }
            }
            exchange.sendResponseHeaders(status, 0);
            out.transferTo(body);
        }
    }

    private static void header(HttpExchange exchange, String name, Map<String, String> environment, String variable) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
            environment.put(variable, value);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
