package io.jenkins.plugins.changegate.view;

import hudson.model.ModelObject;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Hold;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.util.Date;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What there is to see of one change, whoever looks. */
@Restricted(NoExternalUse.class)
public abstract class ChangeView implements ModelObject {

    private final ChangeStore store;
    private final ChangeRecord record;

    ChangeView(ChangeStore store, ChangeRecord record) {
        this.store = store;
        this.record = record;
    }

    /** Returns where it is kept; no getter, so that no address leads through it. */
    ChangeStore store() {
        return store;
    }

    /** Returns the record; no getter, so that no address leads through it. */
    ChangeRecord record() {
        return record;
    }

    /** Returns the full name of the job, as it was then, and the build's number. */
    public String getBuild() {
        return Visible.of(
                record.opened().origin().job() + " #" + record.opened().origin().build());
    }

    /** Returns what it is of and somebody could promote now, each one sentence. */
    public abstract List<String> getProposed() throws StoreException;

    /** Returns what was said of it after its deployment, and what the user who looks may say. */
    public abstract ClosingView getClosing();

    @Override
    public String getDisplayName() {
        return record.id();
    }

    public String getId() {
        return record.id();
    }

    public String getService() {
        return Visible.of(judgement().target().service());
    }

    public String getEnvironment() {
        return Visible.of(judgement().target().environment());
    }

    public String getTier() {
        return judgement().target().tier().key();
    }

    /** Returns why the change is wanted, in the pipeline's words; may be empty. */
    public String getReason() {
        return Visible.of(record.opened().reason());
    }

    /** Returns the name of whoever started the run; empty if nobody did. */
    public String getRequestedBy() {
        return Visible.user(record.opened().requestedBy());
    }

    /** Returns how it is handled, if that is not as usual: {@code standard} or {@code emergency}; else empty. */
    public String getType() {
        ChangeType type = judgement().type();
        return type == ChangeType.NORMAL ? "" : type.key();
    }

    /** Returns the change model that it is of; empty if it is of none. */
    public String getModel() {
        return Visible.of(judgement().model());
    }

    public List<String> getLabels() {
        return judgement().labels().stream().map(Visible::of).toList();
    }

    /** Returns what only observing kept from happening; empty if nothing. */
    public String getWithheld() {
        return Visible.of(judgement().withheld().orElse(""));
    }

    public AuthorsView getAuthors() {
        return new AuthorsView(record);
    }

    public String getPolicyVersion() {
        return Visible.abbreviated(judgement().policyVersion());
    }

    /** Returns the policies that it was judged by, the highest layer first; empty in records older than these. */
    public List<AppliedPolicy> getPolicies() {
        return judgement().policies().stream().map(AppliedPolicy::new).toList();
    }

    public RiskView getRisk() {
        return new RiskView(
                judgement().assessment(),
                judgement().target().tier(),
                judgement().basis());
    }

    /** Returns the facts from outside that rules asked about. */
    public List<SignalView> getSignals() {
        return judgement().signals().stream().map(SignalView::new).toList();
    }

    /** Returns what changes; {@code null} if it could not be read. */
    public DeltaView getDelta() {
        return record.opened().delta() == null
                ? null
                : new DeltaView(record.opened().delta());
    }

    /** Returns the commit about to be deployed; empty if not known. */
    public String getHead() {
        return Visible.abbreviated(record.opened().head());
    }

    final Judgement judgement() {
        return record.opened().judgement();
    }

    /** Returns how it was decided and how its deployment ended, or that it waits. */
    public String getState() {
        return record.decided()
                .map(decided -> decided.decision().key()
                        + record.outcome()
                                .map(outcome -> ", " + outcome.words())
                                .orElse(record.isDeploying() ? ", " + Messages.ChangePage_deploying() : ""))
                .orElseGet(
                        () -> record.held().isPresent() ? Messages.ChangePage_held() : Messages.ChangePage_waiting());
    }

    /** Returns why it may not be deployed yet, though nobody is needed any more; empty if it does not wait for that. */
    public String getHeld() {
        return Visible.of(record.held().map(Hold::because).orElse(""));
    }

    /** Returns from when it may be deployed; {@code null} if it is not held back, or that is not known. */
    public Date getHeldUntil() {
        return record.held().flatMap(Hold::until).map(Date::from).orElse(null);
    }

    /**
     * Returns whether that is {@code good}, {@code bad}, {@code over} without either, or still {@code open}, as long as
     * somebody has to do something about it: also the review of a deployment that went well.
     */
    public String getMood() {
        if (isWaiting() || record.isDeploying()) {
            return "open";
        }
        if (record.outcome().isPresent()) {
            boolean bad = record.isFailed() || record.outcome().get() != Outcome.SUCCESSFUL;
            return bad ? "bad" : record.review().isPresent() ? "open" : "good";
        }
        Decision decision = record.decided().orElseThrow().decision();
        return decision == Decision.REJECTED || decision == Decision.REFUSED ? "bad" : "over";
    }

    public boolean isWaiting() {
        return record.decided().isEmpty();
    }

    /** Returns why the gate judged as it did; the first reason is the decisive one. */
    public List<String> getReasons() {
        return judgement().verdict().reasons().stream().map(Visible::of).toList();
    }

    /** Returns who is needed still, in words; empty if nobody is. */
    public String getMissing() {
        return isWaiting() ? Visible.of(String.join(" and ", record.ballot().missing())) : "";
    }

    /** Returns who is asked, and who has approved. */
    public ApprovalView getApproval() {
        return new ApprovalView(record);
    }

    /** Returns who would have been asked had it been riskier; {@code null} if it did not pass by itself. */
    public BeyondView getBeyond() {
        return judgement().verdict().beyond().map(BeyondView::new).orElse(null);
    }

    /** Returns what time will do to it. */
    public TermsView getTerms() {
        return new TermsView(record);
    }

    /** Returns how it was decided; {@code null} if it is not. */
    public HistoryView.Entry getDecision() {
        return record.decided().map(HistoryView::of).orElse(null);
    }

    /** Returns why a review of it is due; empty if none is. */
    public String getReview() {
        return Visible.of(record.review().orElse(""));
    }

    /** Whether people are asked about it now. */
    public boolean isAsking() {
        return isWaiting()
                && (record.held().isPresent() || judgement().verdict().kind() == Verdict.Kind.ASK);
    }

    public List<HistoryView.Entry> getHistory() {
        return HistoryView.of(record);
    }

    /** Returns what the service is part of; empty if the pipeline does not say. */
    public String getProduct() {
        return Visible.of(record.opened().particulars().product());
    }

    /** Returns how the change is to be done, as the pipeline says: nothing of it if it does not. */
    public List<PlanView> getPlans() {
        return PlanView.of(record.opened().particulars());
    }
}
