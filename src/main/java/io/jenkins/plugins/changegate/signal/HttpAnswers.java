package io.jenkins.plugins.changegate.signal;

import io.jenkins.plugins.changegate.engine.policy.Hashes;
import io.jenkins.plugins.changegate.http.BoundedHttp;
import io.jenkins.plugins.changegate.http.HttpFailureException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Fetches answers by HTTP, bounded in time and size, and keeps them for a minute: one change asks for several values of
 * the same answer, and a build for several changes. Failures are not kept. Redirects are not followed, so a credential
 * goes nowhere but where it is meant to. Thread-safe.
 */
final class HttpAnswers {

    private static final int LARGEST = 64 * 1024;
    private static final Map<String, String> HEADERS =
            Map.of("Accept", "application/json, text/plain;q=0.9, */*;q=0.1");
    private static final Map<String, String> SENDING =
            Map.of("Accept", HEADERS.get("Accept"), "Content-Type", "application/json");
    private static final int MOST = 100;
    private static final long KEPT = TimeUnit.SECONDS.toNanos(60);

    private final LongSupplier nanos;
    private final Map<Key, Answer> kept = new LinkedHashMap<>();
    private final BoundedHttp http = new BoundedHttp();

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
     * @param sent JSON that is sent with it; empty for a question without any
     */
    record Question(URI address, String credentialsId, String sent) {

        /** What tells it from others; what is sent may be long. */
        private Key key() {
            return new Key(address, credentialsId, sent.isEmpty() ? "" : Hashes.sha256(sent));
        }
    }

    private record Key(URI address, String credentialsId, String sent) {}

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
        return Optional.ofNullable(kept.get(question.key())).map(Answer::body);
    }

    private synchronized void keep(Question question, byte[] body) {
        if (kept.size() >= MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(question.key(), new Answer(body, nanos.getAsLong()));
    }

    private byte[] fetch(Question question, Duration timeout) throws UnknownSignalException, InterruptedException {
        try {
            boolean sends = !question.sent().isEmpty();
            BoundedHttp.Question asked = new BoundedHttp.Question(
                    question.address(), question.credentialsId(), sends ? SENDING : HEADERS, timeout, LARGEST);
            BoundedHttp.Answer answer = sends
                    ? http.send("POST", asked, question.sent().getBytes(StandardCharsets.UTF_8))
                    : http.get(asked);
            if (answer.status() != 200) {
                throw new UnknownSignalException("it was answered with status " + answer.status());
            }
            return answer.body();
        } catch (HttpFailureException e) {
            throw new UnknownSignalException(e.getMessage());
        }
    }
}
