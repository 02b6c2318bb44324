package io.jenkins.plugins.changegate.config;

import io.jenkins.plugins.changegate.engine.policy.CalendarPlace;
import io.jenkins.plugins.changegate.engine.policy.CalendarSource;
import io.jenkins.plugins.changegate.engine.policy.CalendarText;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.UnreadCalendarException;
import io.jenkins.plugins.changegate.engine.syntax.CalendarCheck;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The organisation's policy in force: what is written, or else what could last be read. Reading compiles every
 * condition, and this is asked for with every vote, so it is done once. Thread-safe; nothing here waits for the network.
 */
final class OrganisationPolicy {

    /** How the policy is called in messages, and of which file all of its texts are versions. */
    static final String SOURCE = "organisation policy";

    private final PolicyReader reader;
    private final KeptPolicyFile file;

    private Standing standing;

    OrganisationPolicy(PolicyReader reader, KeptPolicyFile file) {
        this.reader = reader;
        this.file = file;
    }

    /**
     * How things stand.
     *
     * @param written the text that this is of; {@code null} for a repository's
     * @param policy what is in force; empty if nothing could ever be read
     * @param kept as it is kept
     */
    record Standing(String written, Optional<Policy> policy, KeptPolicy kept) {

        /** Returns why what is in force is not what is written; empty if it is. */
        Optional<KeptPolicy.Problem> problem() {
            return Optional.ofNullable(kept.problem());
        }
    }

    /** Returns how things stand if this text is the policy. */
    synchronized Standing ofText(String text) {
        if (standing == null || !text.equals(standing.written())) {
            standing = read(text);
        }
        return standing;
    }

    private Standing read(String text) {
        KeptPolicy last = file.read().filter(kept -> kept.origin().isEmpty()).orElse(KeptPolicy.never(""));
        try {
            Policy policy = reader.readWithoutRepository(Layer.ORGANISATION, SOURCE, text);
            boolean same = text.equals(last.text());
            KeptPolicy now = new KeptPolicy("", "", same ? last.read() : Instant.now(), text, Map.of(), null);
            // A Jenkins without a policy needs no file that says so.
            if (!now.equals(last) && !(text.isEmpty() && last.text() == null)) {
                file.write(now);
            }
            return new Standing(text, Optional.of(policy), now);
        } catch (PolicyException e) {
            KeptPolicy now = last.with(e.brief(), Instant.now());
            file.write(now);
            return new Standing(text, inForce(now, SOURCE + " as of " + day(now)), now);
        }
    }

    private static Object day(KeptPolicy kept) {
        return kept.read() == null ? "" : kept.read().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Returns how things stand if the policy is in this repository. */
    synchronized Standing of(PolicyRepository where) {
        boolean known = standing != null
                && standing.written() == null
                && standing.kept().origin().equals(where.origin());
        if (!known) {
            KeptPolicy kept = kept(where)
                    .orElseGet(() -> KeptPolicy.never(where.origin())
                            .with(where.words() + " has not been read yet", Instant.now()));
            standing = new Standing(null, inForce(kept, source(where, kept.commit())), kept);
        }
        return standing;
    }

    /** Returns what was kept of this repository; empty if nothing of it could ever be read. */
    synchronized Optional<KeptPolicy> kept(PolicyRepository where) {
        return file.read().filter(kept -> kept.origin().equals(where.origin()) && kept.text() != null);
    }

    /**
     * Reads what was fetched. Nothing is changed.
     *
     * @throws PolicyException if it cannot be used
     */
    Policy read(PolicyRepository where, PolicyFetcher.Fetched fetched) throws PolicyException {
        Policy policy = reader.read(Layer.ORGANISATION, SOURCE, source(where, fetched.shortCommit()), fetched.text());
        CalendarSource files = files(fetched.files());
        CalendarCheck.requireFiles(policy, files);
        return policy.withCalendars(files);
    }

    /** Returns the paths of the calendars that a policy names; none if it cannot be read. */
    Set<String> files(String text) {
        try {
            return reader.read(Layer.ORGANISATION, SOURCE, text).calendars().stream()
                    .filter(place -> !place.isUrl())
                    .map(CalendarPlace::written)
                    .collect(Collectors.toSet());
        } catch (PolicyException e) {
            return Set.of();
        }
    }

    /** What an address says is found out whenever somebody asks. */
    private static CalendarSource files(Map<String, String> files) {
        Map<String, CalendarText> texts = new HashMap<>();
        files.forEach((path, text) -> texts.put(path, new CalendarText(text)));
        return place -> {
            CalendarText text = texts.get(place.written());
            if (text == null) {
                throw new UnreadCalendarException("There is no such file in the commit: add it, or mend the path, which"
                        + " begins at the repository's top.");
            }
            return text;
        };
    }

    /** Puts in force what was fetched and read. */
    synchronized void put(PolicyRepository where, PolicyFetcher.Fetched fetched, Policy policy) {
        KeptPolicy now = kept(where)
                .filter(kept -> kept.commit().equals(fetched.commit()))
                .map(KeptPolicy::read)
                .map(read -> of(where, fetched, read))
                .orElseGet(() -> of(where, fetched, Instant.now()));
        if (!file.read().equals(Optional.of(now))) {
            file.write(now);
        }
        standing = new Standing(null, Optional.of(policy), now);
    }

    private static KeptPolicy of(PolicyRepository where, PolicyFetcher.Fetched fetched, Instant read) {
        return new KeptPolicy(where.origin(), fetched.commit(), read, fetched.text(), fetched.files(), null);
    }

    /** Leaves in force what is, and says why nothing newer is. */
    synchronized void problem(PolicyRepository where, String message) {
        Standing last = of(where);
        KeptPolicy now = last.kept().with(message, Instant.now());
        if (now != last.kept()) {
            file.write(now);
        }
        standing = new Standing(null, last.policy(), now);
    }

    /** Says no more of the problem that there is. */
    synchronized void dismiss() {
        if (standing != null && standing.kept().problem() != null) {
            KeptPolicy now = standing.kept().dismissed();
            file.write(now);
            standing = new Standing(standing.written(), standing.policy(), now);
        }
    }

    /** Forgets what was read, and looks again at what is kept. */
    synchronized void forget() {
        standing = null;
    }

    private Optional<Policy> inForce(KeptPolicy kept, String source) {
        if (kept.text() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    reader.read(Layer.ORGANISATION, SOURCE, source, kept.text()).withCalendars(files(kept.files())));
        } catch (PolicyException e) {
            // Not even what once could be read can: a newer version of the plugin reads it in another way.
            return Optional.empty();
        }
    }

    private static String source(PolicyRepository where, String commit) {
        return SOURCE + " " + where.words() + " at " + commit.substring(0, Math.min(7, commit.length()));
    }
}
