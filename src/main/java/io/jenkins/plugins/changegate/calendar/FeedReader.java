package io.jenkins.plugins.changegate.calendar;

import io.jenkins.plugins.changegate.engine.policy.CalendarText;
import io.jenkins.plugins.changegate.engine.schedule.CalendarReader;
import io.jenkins.plugins.changegate.engine.schedule.ScheduleException;
import io.jenkins.plugins.changegate.http.AllowedHosts;
import io.jenkins.plugins.changegate.http.BoundedHttp;
import io.jenkins.plugins.changegate.http.HttpFailureException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads a calendar from its address, bounded in time and size, and only if it has changed. Redirects are followed as far
 * as they stay on the same host. Thread-safe.
 */
final class FeedReader {

    private static final Logger LOGGER = Logger.getLogger(FeedReader.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int REDIRECTS = 3;
    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);
    private static final int OK = 200;
    private static final int UNCHANGED = 304;

    private final BoundedHttp http = new BoundedHttp();

    /**
     * Returns what is to be kept from now on: what was read, or why nothing was. Waits for it.
     *
     * @param kept what is kept so far
     * @param credentialsId by which credential; {@code null} for none
     */
    KeptFeed read(KeptFeed kept, String credentialsId, Instant now) throws InterruptedException {
        URI address = URI.create(kept.address());
        try {
            BoundedHttp.Answer answer = get(kept, address, credentialsId);
            for (int n = 0; MOVED.contains(answer.status()); n++) {
                if (n == REDIRECTS) {
                    return kept.failed("it was redirected more than " + REDIRECTS + " times", now);
                }
                URI next =
                        address.resolve(answer.headers().firstValue("Location").orElse(""));
                if (!AllowedHosts.isWeb(next) || !AllowedHosts.place(next).equals(AllowedHosts.place(address))) {
                    return kept.failed("it redirects to another host, which is not followed: name that address", now);
                }
                address = next;
                answer = get(kept, address, credentialsId);
            }
            if (answer.status() == UNCHANGED && kept.text() != null) {
                return kept.unchanged(now);
            }
            return answer.status() == OK
                    ? readable(kept, answer, now)
                    : kept.failed("it was answered with status " + answer.status(), now);
        } catch (HttpFailureException e) {
            return kept.failed(e.getMessage(), now);
        } catch (RuntimeException e) {
            // What the other side sends must not keep anything from being judged.
            LOGGER.log(Level.WARNING, e, () -> "A calendar could not be read");
            return kept.failed("it could not be read (" + e.getClass().getSimpleName() + ")", now);
        }
    }

    private BoundedHttp.Answer get(KeptFeed kept, URI address, String credentialsId)
            throws HttpFailureException, InterruptedException {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "text/calendar, */*;q=0.1"));
        if (kept.text() != null && !kept.tag().isEmpty()) {
            headers.put("If-None-Match", kept.tag());
        }
        if (kept.text() != null && !kept.modified().isEmpty()) {
            headers.put("If-Modified-Since", kept.modified());
        }
        return http.get(new BoundedHttp.Question(address, credentialsId, headers, TIMEOUT, CalendarReader.LARGEST));
    }

    private static KeptFeed readable(KeptFeed kept, BoundedHttp.Answer answer, Instant now) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(answer.body()))
                    .toString();
            new CalendarText(text).times(ZoneOffset.UTC);
            return kept.with(
                    text,
                    now,
                    answer.headers().firstValue("ETag").orElse(""),
                    answer.headers().firstValue("Last-Modified").orElse(""));
        } catch (CharacterCodingException e) {
            return kept.failed("it is not in UTF-8", now);
        } catch (ScheduleException e) {
            return kept.failed("it is broken: " + e.getMessage(), now);
        }
    }
}
