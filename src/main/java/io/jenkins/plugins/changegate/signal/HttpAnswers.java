package io.jenkins.plugins.changegate.signal;

import hudson.ProxyConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import jenkins.model.Jenkins;

/**
 * Fetches answers by HTTP, bounded in time and size, and keeps them for a minute: one change asks for several values of
 * the same answer, and a build for several changes. Failures are not kept. Redirects are not followed, so a credential
 * goes nowhere but where it is meant to. Thread-safe.
 */
final class HttpAnswers {

    private static final int LARGEST = 64 * 1024;
    private static final int MOST = 100;
    private static final long KEPT = TimeUnit.SECONDS.toNanos(60);

    private final LongSupplier nanos;
    private final Map<Question, Answer> kept = new LinkedHashMap<>();

    private HttpClient client;
    private ProxyConfiguration proxy;

    /**
     * @param nanos the time, in nanoseconds from anywhere
     */
    HttpAnswers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * What is asked.
     *
     * @param address where
     * @param credentialsId by which credential; {@code null} for none
     */
    record Question(URI address, String credentialsId) {}

    private record Answer(byte[] body, long at) {}

    /**
     * Returns the body of an answer; must not be changed. Waits for it.
     *
     * @throws UnknownSignalException if there is none, with a reason that holds nothing of the answer or the credential
     */
    byte[] of(Question question, Duration timeout) throws UnknownSignalException, InterruptedException {
        Optional<byte[]> known = kept(question);
        if (known.isPresent()) {
            return known.get();
        }
        byte[] body = fetch(question, timeout);
        keep(question, body);
        return body;
    }

    private synchronized Optional<byte[]> kept(Question question) {
        kept.values().removeIf(answer -> nanos.getAsLong() - answer.at() > KEPT);
        return Optional.ofNullable(kept.get(question)).map(Answer::body);
    }

    private synchronized void keep(Question question, byte[] body) {
        if (kept.size() >= MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(question, new Answer(body, nanos.getAsLong()));
    }

    private byte[] fetch(Question question, Duration timeout) throws UnknownSignalException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> coming =
                client().sendAsync(request(question, timeout), LimitedBody.upTo(LARGEST));
        try {
            // The request's own time limit ends with the head of the answer.
            HttpResponse<byte[]> response = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new UnknownSignalException("it was answered with status " + response.statusCode());
            }
            return response.body();
        } catch (TimeoutException e) {
            throw new UnknownSignalException("there was no answer within " + timeout.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            throw new UnknownSignalException(reason(e.getCause(), timeout));
        } finally {
            coming.cancel(true);
        }
    }

    private static HttpRequest request(Question question, Duration timeout) throws UnknownSignalException {
        HttpRequest.Builder request = ProxyConfiguration.newHttpRequestBuilder(question.address())
                .timeout(timeout)
                .header("Accept", "application/json, text/plain;q=0.9, */*;q=0.1")
                .GET();
        if (question.credentialsId() != null) {
            String header = HttpCredential.header(question.credentialsId());
            try {
                request.header("Authorization", header);
            } catch (IllegalArgumentException e) {
                // Its message has the credential in it.
                throw new UnknownSignalException("its credential cannot be sent");
            }
        }
        return request.build();
    }

    private static String reason(Throwable failure, Duration timeout) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LimitedBody.TooLargeException) {
                return "its answer is larger than " + LARGEST / 1024 + " KiB";
            }
            if (cause instanceof HttpTimeoutException) {
                return "there was no answer within " + timeout.toSeconds() + " seconds";
            }
        }
        return "it could not be reached (" + failure.getClass().getSimpleName() + ")";
    }

    /** One client serves all, and is made anew when Jenkins' proxy is another. */
    private synchronized HttpClient client() {
        ProxyConfiguration now = Jenkins.get().getProxy();
        if (client == null || proxy != now) {
            client = ProxyConfiguration.newHttpClientBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            proxy = now;
        }
        return client;
    }
}
