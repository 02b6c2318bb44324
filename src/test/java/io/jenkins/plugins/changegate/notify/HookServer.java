package io.jenkins.plugins.changegate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.sf.json.JSONObject;

/** A receiver of webhooks on the loopback interface that keeps what it gets, and answers as it is told. */
final class HookServer implements AutoCloseable {

    /** Instead of a status: no answer ever comes. */
    static final int HANG = 0;

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final Deque<Integer> statuses;
    private final int last;

    /** What came. */
    record Call(String event, String delivery, String signature, String type, String body) {

        JSONObject json() {
            return JSONObject.fromObject(body);
        }
    }

    /**
     * @param statuses what it answers, one after another; the last one again and again
     */
    HookServer(Integer... statuses) throws IOException {
        this.statuses = new ConcurrentLinkedDeque<>(List.of(statuses));
        this.last = statuses[statuses.length - 1];
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook/t0ken";
    }

    Call take() throws InterruptedException {
        Call call = calls.poll(30, TimeUnit.SECONDS);
        assertThat(call).as("a call").isNotNull();
        return call;
    }

    void expectNoMore() throws InterruptedException {
        assertThat(calls.poll(700, TimeUnit.MILLISECONDS)).as("one too many").isNull();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        calls.add(new Call(
                exchange.getRequestHeaders().getFirst("X-Change-Gate-Event"),
                exchange.getRequestHeaders().getFirst("X-Change-Gate-Delivery"),
                exchange.getRequestHeaders().getFirst("X-Change-Gate-Signature-256"),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                body));
        Integer next = statuses.poll();
        int status = next == null ? last : next;
        if (status == HANG) {
            return;
        }
        if (status / 100 == 3) {
            exchange.getResponseHeaders().add("Location", url());
        }
        byte[] answer = "an answer that belongs in no log".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
