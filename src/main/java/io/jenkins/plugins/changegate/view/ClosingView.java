package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.authorise.Closure;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.Rollback;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/** What was said of a change after its deployment, and what whoever looks may say, for a page. */
@Restricted(NoExternalUse.class)
public final class ClosingView {

    private static final Logger LOGGER = Logger.getLogger(ClosingView.class.getName());

    private final ChangeStore store;
    private final ChangeRecord record;
    private final Job<?, ?> job;
    private final Map<String, String> written;

    /**
     * @param job whose change it is; {@code null} if nobody can say anything more of it
     */
    ClosingView(ChangeStore store, ChangeRecord record, Job<?, ?> job) {
        this(store, record, job, Map.of());
    }

    private ClosingView(ChangeStore store, ChangeRecord record, Job<?, ?> job, Map<String, String> written) {
        this.store = store;
        this.record = record;
        this.job = job;
        this.written = Map.copyOf(written);
    }

    /** Returns the same with what somebody wrote already. */
    ClosingView with(Map<String, String> texts) {
        return new ClosingView(store, record, job, texts);
    }

    /** Returns what somebody wrote already into a field; empty for nothing. */
    public String written(String field) {
        return written.getOrDefault(field, "");
    }

    /** Whether somebody tried to write this field. */
    public boolean isWritten(String field) {
        return written.containsKey(field);
    }

    /** Whether the gate let it through: before, there is nothing to say. */
    public boolean isLet() {
        return record.decided().filter(decided -> decided.decision().lets()).isPresent();
    }

    /** Whether the user may say anything. */
    public boolean isCloseable() {
        return isLet() && job != null && Closure.mayClose(user(), job);
    }

    /** Whether its deployment has ended, so that it can be said how. */
    public boolean isEnded() {
        return record.ended().isPresent();
    }

    /** Whether a review is due that the user may hold. */
    public boolean isReviewable() {
        return isCloseable()
                && record.review().isPresent()
                && Closure.partIn(record, user(), job).isEmpty();
    }

    /** Returns what of it is for others to say, one sentence; empty if nothing is. */
    public String getPart() {
        return isCloseable()
                ? Closure.partIn(record, user(), job)
                        .map(Messages::ClosingView_part)
                        .map(Visible::of)
                        .orElse("")
                : "";
    }

    private static Authentication user() {
        return Jenkins.getAuthentication2();
    }

    /** A word that can be chosen. */
    public record Choice(String key, String words) {
        public String getKey() {
            return key;
        }

        public String getWords() {
            return words;
        }
    }

    /** Returns how a deployment can have ended. */
    public List<Choice> getOutcomes() {
        return Arrays.stream(Outcome.values())
                .map(outcome -> new Choice(outcome.key(), outcome.words()))
                .toList();
    }

    /** Returns what can be linked. */
    public List<Choice> getKinds() {
        return List.of(Link.Kind.WORK_ITEM, Link.Kind.CHANGE_REQUEST, Link.Kind.INCIDENT).stream()
                .map(kind -> new Choice(kind.key(), kind.words()))
                .toList();
    }

    public int getLimit() {
        return Authorisation.COMMENT_LIMIT;
    }

    /**
     * Something outside that belongs to it.
     *
     * @param kind what it is, in words
     * @param key its name
     * @param url where it can be looked at; empty if that is not known, or no address of a page
     * @param bad whether it is an incident
     * @param link itself
     * @param unlinkable whether the user may take it away
     */
    public record LinkRow(String kind, String key, String url, boolean bad, Link link, boolean unlinkable) {
        public String getKind() {
            return kind;
        }

        public String getKey() {
            return Visible.of(key);
        }

        public String getUrl() {
            return url;
        }

        public boolean isBad() {
            return bad;
        }

        public boolean isUnlinkable() {
            return unlinkable;
        }

        /** Returns its kind as a request names it. */
        public String getKindKey() {
            return link.kind().key();
        }

        /** Returns its name as it is kept. */
        public String getExactKey() {
            return link.key();
        }
    }

    /** Whether somebody tried to take this link away. */
    public boolean isTakenAway(LinkRow row) {
        return row.getKindKey().equals(written("unlinkKind"))
                && row.getExactKey().equals(written("unlinkKey").strip());
    }

    /** Returns what outside belongs to it. */
    public List<LinkRow> getLinks() {
        boolean closeable = isCloseable();
        boolean part = closeable && Closure.partIn(record, user(), job).isPresent();
        return record.links().stream()
                .map(link -> new LinkRow(
                        link.kind().words(),
                        link.key(),
                        link.isHttp() ? link.url() : "",
                        link.kind() == Link.Kind.INCIDENT,
                        link,
                        closeable && !(part && link.kind() == Link.Kind.INCIDENT)))
                .toList();
    }

    /** Returns which change took it back, if the user may see that one; else empty. */
    public List<String> getTakenBackBy() {
        return ids(true);
    }

    /** Returns which change it took back, if the user may see that one; else empty. */
    public List<String> getTakesBack() {
        return ids(false);
    }

    private List<String> ids(boolean by) {
        if (record.ended().isEmpty()) {
            return List.of();
        }
        try {
            Rollback rollback = store.rollback(record.number());
            return new VisibleJobs().ids(store, by ? rollback.by() : rollback.of());
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> "What took back " + record.id() + " cannot be read");
            return List.of();
        }
    }

    /** Returns why something else may have run there before it; empty if nothing says so. */
    public List<String> getDoubts() {
        return record.doubts().stream().map(Visible::of).toList();
    }
}
