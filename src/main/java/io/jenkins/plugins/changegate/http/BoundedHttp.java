package io.jenkins.plugins.changegate.http;

import hudson.ProxyConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.model.Jenkins;

/**
 * Gets answers by HTTP, by Jenkins' proxy, bounded in time and size. Redirects are not followed, so a credential goes
 * nowhere but where it is meant to. Thread-safe.
 */
public final class BoundedHttp {

    private HttpClient client;
    private ProxyConfiguration proxy;

    /**
     * What is asked.
     *
     * @param address where
     * @param credentialsId by which credential; {@code null} for none
     * @param headers further ones, by name
     * @param timeout how long the whole answer may take
     * @param largest how large the body of an answer with status 200 or 201 may be, in bytes; other bodies are not read
     */
    public record Question(
            URI address, String credentialsId, Map<String, String> headers, Duration timeout, int largest) {
        public Question {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * What came.
     *
     * @param status as the other side says
     * @param headers as they came
     * @param body empty unless the status is 200 or 201; must not be changed
     */
    public record Answer(int status, HttpHeaders headers, byte[] body) {}

    /**
     * Returns an answer, whatever its status is. Waits for it. To be called as the system.
     *
     * @throws HttpFailureException if there is none
     */
    public Answer get(Question question) throws HttpFailureException, InterruptedException {
        return send("GET", question, new byte[0]);
    }

    /**
     * Sends something, and returns the answer, whatever its status is. Waits for it. To be called as the system.
     *
     * @param method of HTTP
     * @param body what is sent; empty for nothing
     * @throws HttpFailureException if there is none
     */
    public Answer send(String method, Question question, byte[] body)
            throws HttpFailureException, InterruptedException {
        Duration timeout = question.timeout();
        CompletableFuture<HttpResponse<byte[]>> coming =
                client().sendAsync(request(method, question, body), LimitedBody.upTo(question.largest()));
        try {
            // The request's own time limit ends with the head of the answer.
            HttpResponse<byte[]> response = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            throw late(timeout);
        } catch (ExecutionException e) {
            throw failure(e.getCause(), question);
        } finally {
            coming.cancel(true);
        }
    }

    private static HttpRequest request(String method, Question question, byte[] body) throws HttpFailureException {
        HttpRequest.Builder request = ProxyConfiguration.newHttpRequestBuilder(question.address())
                .timeout(question.timeout())
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        question.headers().forEach(request::header);
        if (question.credentialsId() != null) {
            String header = HttpCredential.header(question.credentialsId());
            try {
                request.header("Authorization", header);
            } catch (IllegalArgumentException e) {
                // Its message has the credential in it.
                throw new HttpFailureException("its credential cannot be sent");
            }
        }
        return request.build();
    }

    private static HttpFailureException failure(Throwable failure, Question question) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LimitedBody.TooLargeException) {
                return new HttpFailureException("its answer is larger than " + question.largest() / 1024 + " KiB");
            }
            if (cause instanceof HttpTimeoutException) {
                return late(question.timeout());
            }
        }
        return new HttpFailureException(
                "it could not be reached (" + failure.getClass().getSimpleName() + ")");
    }

    private static HttpFailureException late(Duration timeout) {
        return new HttpFailureException("there was no answer within " + timeout.toSeconds() + " seconds");
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
