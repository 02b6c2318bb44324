package io.jenkins.plugins.changegate.authorise;

import hudson.model.Job;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/**
 * What is said of one change after its deployment: how it really went, what outside belongs to it, that its review was
 * held. Everybody with Change/Close may say that something went worse than it seemed; that it went better, and that it
 * was reviewed, only somebody who had no part in it. A pipeline is its authors' word. What is said already is not said
 * again. Thread-safe.
 */
public final class Closure {

    /** More links than that are no help to anybody. */
    private static final int LINKS = 100;

    private static final int KEY = 200;
    private static final int URL = 2000;

    private final ChangeStore store;
    private final long number;
    private final Speaker speaker;

    private Closure(ChangeStore store, long number, Speaker speaker) {
        this.store = store;
        this.number = number;
        this.speaker = speaker;
    }

    /** Returns what a user says of a change of a job. */
    public static Closure by(Authentication user, ChangeStore store, long number, Job<?, ?> job) {
        return new Closure(store, number, new Speaker.Person(user, job));
    }

    /** Returns what a pipeline says of a change of its own job. */
    public static Closure byPipeline(ChangeStore store, long number) {
        return new Closure(store, number, new Speaker.Pipeline());
    }

    /** Whether a user may close changes of a job. */
    public static boolean mayClose(Authentication user, Job<?, ?> job) {
        return new Speaker.Person(user, job).mayClose();
    }

    /** Returns why this user is nobody to judge a change; empty if the user is. */
    public static Optional<String> partIn(ChangeRecord record, Authentication user, Job<?, ?> job) {
        return new Speaker.Person(user, job).partIn(record);
    }

    /** What kind of refusal it is. */
    public enum Reason {
        /** Somebody else may. */
        FORBIDDEN,
        /** The change is not there in its life. */
        CONFLICT,
        /** Something is missing, or too long. */
        INCOMPLETE
    }

    /**
     * Why nothing was recorded.
     *
     * @param because one sentence for the user
     */
    public record Refused(Reason reason, String because) {}

    /**
     * What came of it.
     *
     * @param record the record afterwards
     * @param refused why it had no effect, if so
     */
    public record Answer(ChangeRecord record, Optional<Refused> refused) {}

    /** What to do with a record: add an event, or nothing because that is known already, or refuse. */
    private record Next(Optional<ChangeEvent> event, Optional<Refused> refused) {

        static final Next NOTHING = new Next(Optional.empty(), Optional.empty());

        static Next add(ChangeEvent event) {
            return new Next(Optional.of(event), Optional.empty());
        }

        static Next refuse(Reason reason, ChangeRecord record, String because) {
            return new Next(Optional.empty(), Optional.of(new Refused(reason, record.id() + ": " + because)));
        }
    }

    /** Judges on a record as it is now. */
    @FunctionalInterface
    private interface Judge {
        Next on(ChangeRecord record);
    }

    /**
     * Says how the deployment really ended.
     *
     * @param because why, in the user's words; needed
     * @throws StoreException if it cannot be recorded
     */
    public Answer correct(Outcome outcome, String because) throws StoreException {
        return act(record -> {
            Optional<String> wrong = wrong(because, "Say why; nothing was written.");
            if (wrong.isPresent()) {
                return Next.refuse(Reason.INCOMPLETE, record, wrong.get());
            }
            Optional<Outcome> now = record.ended().isPresent() ? record.outcome() : Optional.empty();
            if (now.isEmpty()) {
                return Next.refuse(Reason.CONFLICT, record, notEnded(record));
            }
            Optional<String> part = outcome.compareTo(now.get()) < 0 ? speaker.partIn(record) : Optional.empty();
            if (part.isPresent()) {
                return Next.refuse(
                        Reason.FORBIDDEN, record, part.get() + ", so that it went better is for somebody else to say.");
            }
            boolean known = outcome == now.get() && because.strip().equals(lastWords(record));
            return known
                    ? Next.NOTHING
                    : Next.add(new ChangeEvent.Corrected(Instant.now(), outcome, speaker.id(), because.strip()));
        });
    }

    private static String lastWords(ChangeRecord record) {
        String words = "";
        for (ChangeEvent event : record.history()) {
            if (event instanceof ChangeEvent.Ended ended) {
                words = ended.because();
            } else if (event instanceof ChangeEvent.Corrected corrected) {
                words = corrected.because();
            }
        }
        return words;
    }

    private static String notEnded(ChangeRecord record) {
        if (record.isDeploying()) {
            return "Its deployment has not ended yet.";
        }
        return record.decided().isPresent() ? "It was not let through." : "It is not decided yet.";
    }

    /**
     * Says that something outside belongs to the change.
     *
     * @throws StoreException if it cannot be recorded
     */
    public Answer link(Link link) throws StoreException {
        return act(record -> {
            Optional<String> wrong = wrong(link);
            if (wrong.isPresent()) {
                return Next.refuse(Reason.INCOMPLETE, record, wrong.get());
            }
            if (link.kind() == Link.Kind.INCIDENT
                    && record.decided().filter(d -> d.decision().lets()).isEmpty()) {
                return Next.refuse(Reason.CONFLICT, record, "It was not let through, so it caused no incident.");
            }
            boolean known = record.links().stream()
                    .anyMatch(other -> other.kind() == link.kind()
                            && other.key().equals(link.key())
                            && (link.url().isEmpty() || other.url().equals(link.url())));
            if (known) {
                return Next.NOTHING;
            }
            return record.links().size() < LINKS
                    ? Next.add(new ChangeEvent.Linked(Instant.now(), link, speaker.id()))
                    : Next.refuse(Reason.CONFLICT, record, "It has " + LINKS + " links; there is no room for more.");
        });
    }

    /**
     * Says that something outside does not belong to the change. Without an incident it looks better, so that is for
     * somebody who had no part in it.
     *
     * @param because why, in the user's words; needed
     * @throws StoreException if it cannot be recorded
     */
    public Answer unlink(Link.Kind kind, String key, String because) throws StoreException {
        return act(record -> {
            Optional<String> wrong = wrong(because, "Say why; nothing was written.");
            if (wrong.isPresent()) {
                return Next.refuse(Reason.INCOMPLETE, record, wrong.get());
            }
            Optional<Link> link = record.links().stream()
                    .filter(other -> other.kind() == kind && other.key().equals(key))
                    .findFirst();
            if (link.isEmpty()) {
                return isUnlinked(record, kind, key)
                        ? Next.NOTHING
                        : Next.refuse(Reason.CONFLICT, record, "It has no such link.");
            }
            Optional<String> part = kind == Link.Kind.INCIDENT ? speaker.partIn(record) : Optional.empty();
            return part.isPresent()
                    ? Next.refuse(
                            Reason.FORBIDDEN,
                            record,
                            part.get() + ", so that it did not cause an incident is for somebody else to say.")
                    : Next.add(new ChangeEvent.Unlinked(Instant.now(), link.get(), speaker.id(), because.strip()));
        });
    }

    private static boolean isUnlinked(ChangeRecord record, Link.Kind kind, String key) {
        return record.history().stream()
                .anyMatch(event -> event instanceof ChangeEvent.Unlinked unlinked
                        && unlinked.link().kind() == kind
                        && unlinked.link().key().equals(key));
    }

    /** Returns what is wrong with a link, one sentence; empty if nothing is. */
    public static Optional<String> wrong(Link link) {
        if (link.key().isBlank()) {
            return Optional.of("Give the key, such as INC0010023; nothing was written.");
        }
        if (link.key().length() > KEY || link.url().length() > URL) {
            return Optional.of("A key may have at most " + KEY + " characters, and an address " + URL + ".");
        }
        if (link.key().codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of("A key is one line.");
        }
        return link.url().isEmpty() || link.isHttp()
                ? Optional.empty()
                : Optional.of("The address of " + link.key() + " has to begin with http:// or https://.");
    }

    /**
     * Says that the post-implementation review was held.
     *
     * @param comment what came of it; needed
     * @throws StoreException if it cannot be recorded
     */
    public Answer review(String comment) throws StoreException {
        return act(record -> {
            Optional<String> wrong = wrong(comment, "Say what came of the review; nothing was written.");
            if (wrong.isPresent()) {
                return Next.refuse(Reason.INCOMPLETE, record, wrong.get());
            }
            if (record.review().isEmpty()) {
                return Next.refuse(Reason.CONFLICT, record, "No review of it is due.");
            }
            Optional<String> part = speaker.partIn(record);
            return part.isPresent()
                    ? Next.refuse(Reason.FORBIDDEN, record, part.get() + ", so somebody else has to review it.")
                    : Next.add(new ChangeEvent.Reviewed(Instant.now(), speaker.id(), comment.strip()));
        });
    }

    private static Optional<String> wrong(String text, String missing) {
        if (text.isBlank()) {
            return Optional.of(missing);
        }
        return text.length() > Authorisation.COMMENT_LIMIT
                ? Optional.of("A text may have at most " + Authorisation.COMMENT_LIMIT + " characters.")
                : Optional.empty();
    }

    private Answer act(Judge judge) throws StoreException {
        while (true) {
            ChangeRecord record = new Settlement(store, number).current();
            Next next = speaker.mayClose()
                    ? judge.on(record)
                    : Next.refuse(Reason.FORBIDDEN, record, "Closing changes needs the permission Change/Close.");
            if (next.event().isEmpty()) {
                return new Answer(record, next.refused());
            }
            Optional<ChangeRecord> added = store.append(record, next.event().get());
            if (added.isPresent()) {
                if (added.get().decided().isEmpty()) {
                    PendingGates.get().changed(added.get());
                }
                return new Answer(added.get(), Optional.empty());
            }
        }
    }
}
