package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * One change on record in the list.
 *
 * @param change which
 * @param url the address of its page, below Jenkins' own; empty if its build is gone
 */
@Restricted(NoExternalUse.class)
public record RecordRow(ChangeSummary change, String url) {

    /** Whether only this line is kept of it. */
    public boolean isSealed() {
        return change.isSealed();
    }

    public String getId() {
        return change.id();
    }

    public String getUrl() {
        return url;
    }

    /** Returns the address of a page that shows it, below Jenkins' own: that of its build, if it is there. */
    public String getPage() {
        return url.isEmpty() || isSealed() ? "changes/records/" + change.id() + "/" : url;
    }

    public String getService() {
        return Visible.of(change.service());
    }

    /** Returns what the service is part of; empty if not said. */
    public String getProduct() {
        return Visible.of(change.product());
    }

    public String getEnvironment() {
        return Visible.of(change.environment());
    }

    /** Returns the full name of the job; empty if it is not known. */
    public String getJob() {
        return Visible.of(change.job());
    }

    public int getBuild() {
        return change.build();
    }

    /** Returns the Jenkins that it is of; empty if it is this one. */
    public String getController() {
        return change.controller().equals(ChangeRecords.get().controller()) ? "" : Visible.of(change.controller());
    }

    public Date getOpened() {
        return Date.from(change.opened());
    }

    public String getLevel() {
        return change.level().key();
    }

    public String getWords() {
        return change.level().words();
    }

    public int getScore() {
        return change.score();
    }

    /** Returns how it is handled, if that is not as usual; else empty. */
    public String getType() {
        return change.type() == ChangeType.NORMAL ? "" : change.type().key();
    }

    public String getModel() {
        return Visible.of(change.model());
    }

    /** Returns how it was decided and how its deployment ended, or that it waits. */
    public String getState() {
        return change.decision()
                .map(decision -> decision.key()
                        + change.outcome()
                                .map(outcome -> ", " + outcome.words())
                                .orElse(change.isOpen() ? ", " + Messages.ChangePage_deploying() : ""))
                .orElseGet(Messages::RecordRow_waiting);
    }

    /** Returns whether that is good, as {@link ChangePage#getMood} does. */
    public String getMood() {
        if (change.isOpen()) {
            return "open";
        }
        if (change.outcome().isPresent()) {
            boolean bad = change.failed() || change.outcome().get() != Outcome.SUCCESSFUL;
            return bad ? "bad" : change.reviewDue() ? "open" : "good";
        }
        Decision decision = change.decision().get();
        return decision == Decision.REJECTED || decision == Decision.REFUSED ? "bad" : "over";
    }

    /** Whether a post-implementation review of it is due. */
    public boolean isReviewDue() {
        return change.reviewDue();
    }

    /** Whether something else may have run there before it than the gate had let through. */
    public boolean isDoubtful() {
        return change.doubtful();
    }

    /** Returns it as the REST API shows it. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", change.id());
        json.put("url", Jenkins.get().getRootUrl() + getPage());
        json.put("opened", change.opened().toString());
        json.put("service", change.service());
        json.put("product", change.product());
        json.put("environment", change.environment());
        json.put("job", change.job());
        json.put("build", change.build());
        json.put("commit", change.head());
        json.put("type", change.type().key());
        json.put("model", change.model());
        json.put("level", change.level().key());
        json.put("score", change.score());
        json.put("decision", change.decision().map(Decision::key).orElse(null));
        json.put("outcome", change.outcome().map(Outcome::key).orElse(null));
        json.put("failed", change.failed());
        json.put("reviewDue", change.reviewDue());
        json.put("unauthorised", change.doubtful());
        json.put("sealed", change.isSealed());
        return json;
    }
}
