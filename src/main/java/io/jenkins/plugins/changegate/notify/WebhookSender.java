package io.jenkins.plugins.changegate.notify;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.changegate.config.GateThreads;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Delivers to webhooks, and tries again where that fails. No thread waits for the other side, nor between attempts.
 * What is outstanding when Jenkins stops is {@link Undelivered}. Thread-safe.
 */
final class WebhookSender {

    private static final Logger LOGGER = Logger.getLogger(WebhookSender.class.getName());
    private static final int ATTEMPTS = 8;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Undelivered undelivered;
    private final int outstanding;
    private final Semaphore room;
    private final AtomicBoolean dropping = new AtomicBoolean();
    private volatile Duration backoff = Duration.ofSeconds(1);
    private volatile Duration timeout = Duration.ofSeconds(30);

    private HttpClient client;
    private ProxyConfiguration proxy;

    /**
     * @param undelivered keeps what is outstanding
     * @param outstanding how many deliveries may be under way; what comes beyond that is dropped, with one warning until
     *     half of them are done
     */
    WebhookSender(Undelivered undelivered, int outstanding) {
        this.undelivered = undelivered;
        this.outstanding = outstanding;
        this.room = new Semaphore(outstanding);
    }

    /**
     * @param backoff how long it waits before the second attempt; before each further one twice as long
     * @param timeout how long the other side may take for an answer
     */
    void setPace(Duration backoff, Duration timeout) {
        this.backoff = backoff;
        this.timeout = timeout;
    }

    /** Begins to deliver a record's newest event, and returns at once. */
    void send(Webhook webhook, News news) {
        send(webhook, news, UUID.randomUUID());
    }

    /**
     * Begins to deliver a record's newest event, and returns at once.
     *
     * @param id of the delivery, if it was begun before
     */
    void send(Webhook webhook, News news, UUID id) {
        if (!room.tryAcquire()) {
            if (!dropping.getAndSet(true)) {
                LOGGER.warning("Too many deliveries to webhooks are outstanding, so more are dropped");
            }
            return;
        }
        if (room.availablePermits() >= outstanding / 2) {
            dropping.set(false);
        }
        Undelivered.Delivery delivery =
                new Undelivered.Delivery(news.record().number(), news.record().version(), webhook.key(), id);
        undelivered.add(delivery);
        try {
            Executor executor = GateThreads.deliveries();
            CompletableFuture.supplyAsync(() -> WebhookRequest.of(webhook, news, id, timeout), executor)
                    .thenCompose(request -> attempt(request, 1, executor))
                    .whenComplete((done, failure) -> {
                        room.release();
                        if (isStopping(failure)) {
                            return;
                        }
                        undelivered.remove(delivery);
                        if (failure != null) {
                            LOGGER.log(Level.WARNING, "{0} could not be told of {1}, version {2}: {3}", new Object[] {
                                webhook.host(),
                                news.record().id(),
                                news.record().version(),
                                reason(failure)
                            });
                        }
                    });
        } catch (RejectedExecutionException e) {
            room.release();
            LOGGER.log(Level.FINE, "Jenkins stops, so nothing is delivered any more", e);
        }
    }

    private static boolean isStopping(Throwable failure) {
        return failure instanceof RejectedExecutionException
                || failure instanceof CompletionException && failure.getCause() instanceof RejectedExecutionException;
    }

    private CompletableFuture<Void> attempt(HttpRequest request, int number, Executor executor) {
        return client().sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .handleAsync((response, failure) -> failure == null ? mistake(response) : reason(failure), executor)
                .thenCompose(mistake -> {
                    if (mistake.isEmpty()) {
                        return CompletableFuture.completedFuture(null);
                    }
                    if (number == ATTEMPTS) {
                        return CompletableFuture.failedFuture(
                                new IllegalStateException(mistake + " at attempt " + number));
                    }
                    Executor later = CompletableFuture.delayedExecutor(delay(number), TimeUnit.MILLISECONDS, executor);
                    return CompletableFuture.supplyAsync(() -> attempt(request, number + 1, executor), later)
                            .thenCompose(Function.identity());
                });
    }

    /** Grows twofold, and varies by a quarter so that many do not come back at once. In milliseconds. */
    private long delay(int failed) {
        long full = backoff.toMillis() << (failed - 1);
        return full * ThreadLocalRandom.current().nextLong(75, 126) / 100;
    }

    /** Returns what is wrong with an answer; empty if it is taken. Nobody reads the body, which may have no end. */
    private static String mistake(HttpResponse<InputStream> response) {
        try (InputStream ignored = response.body()) {
            return response.statusCode() / 100 == 2 ? "" : "status " + response.statusCode();
        } catch (IOException e) {
            return response.statusCode() / 100 == 2 ? "" : reason(e);
        }
    }

    /** Only what we say ourselves is told: the client's messages may have parts of the answer in them. */
    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof IllegalStateException
                ? cause.getMessage()
                : cause.getClass().getSimpleName();
    }

    /** One client serves all, and is made anew when Jenkins' proxy is another. */
    private synchronized HttpClient client() {
        ProxyConfiguration now = Jenkins.get().getProxy();
        if (client == null || proxy != now) {
            client = ProxyConfiguration.newHttpClientBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            proxy = now;
        }
        return client;
    }
}
