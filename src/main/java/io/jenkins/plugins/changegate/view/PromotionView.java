package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.authorise.Promotions;
import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Foresight;
import io.jenkins.plugins.changegate.engine.record.Route;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.engine.syntax.Durations;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What can be promoted on one route of a job, a change model or the service itself: what the records say of it, for a
 * page and as JSON.
 */
@Restricted(NoExternalUse.class)
public final class PromotionView {

    /** As many ids as a line holds; the JSON has all. */
    private static final int SHOWN = 8;

    private final Promotions promotions;
    private final Promotions.Candidate candidate;
    private final List<Long> evidence;

    PromotionView(Promotions promotions, Promotions.Candidate candidate) {
        this.promotions = promotions;
        this.candidate = candidate;
        this.evidence = candidate.evidence();
    }

    Promotions.Candidate candidate() {
        return candidate;
    }

    boolean isOn(Route route) {
        return candidate.route().equals(route);
    }

    /** Whether a service would pass one level further; else changes of a model would become standard changes. */
    public boolean isRaise() {
        return candidate.version().isRaise();
    }

    /** Returns what it is called. */
    public String getTitle() {
        return isRaise()
                ? Messages.PromotionView_titleOfService(getService(), getEnvironment(), getPassUpTo())
                : Messages.PromotionView_titleOfModel(getModel(), getService(), getEnvironment());
    }

    private String getModel() {
        return Visible.of(candidate.version().model());
    }

    /** Returns what kind of change it is. */
    public String getBecause() {
        return isRaise()
                ? Messages.PromotionView_allChanges(before())
                : Visible.of(candidate.offer().because());
    }

    /** Returns up to which level its changes pass without the promotion of the service. */
    private String before() {
        return candidate.ceiling().map(Ceiling::words).orElse("");
    }

    /** Returns whose policy offers it. */
    public String getLayer() {
        return Visible.of(candidate.version().layer().words());
    }

    public String getService() {
        return Visible.of(candidate.route().service());
    }

    public String getEnvironment() {
        return Visible.of(candidate.route().environment());
    }

    /** Returns the service as a form sends it. */
    public String getServiceKey() {
        return candidate.route().service();
    }

    /** Returns the environment as a form sends it. */
    public String getEnvironmentKey() {
        return candidate.route().environment();
    }

    /** Returns the version of what it is for as a form sends it. */
    public String getVersion() {
        return candidate.version().version();
    }

    /** Returns how many successful deployments in a row there are. */
    public int getSuccesses() {
        return evidence.size();
    }

    /** Returns how many of which risk there are over how long, and what is asked for, one sentence. */
    public String getSuccessesInWords() {
        Duration reach = candidate.track().reach(candidate.promotion());
        String over = reach.toMinutes() == 0 ? "" : Messages.PromotionView_reach(words(reach));
        String asked = candidate.promotion().over().isZero()
                ? Messages.PromotionView_asked(candidate.promotion().after())
                : Messages.PromotionView_askedOver(
                        candidate.promotion().after(),
                        Durations.words(candidate.promotion().over()));
        return isRaise()
                ? Messages.PromotionView_successesOfRisk(getSuccesses(), getPassUpTo(), over, asked)
                : Messages.PromotionView_successes(getSuccesses(), over, asked);
    }

    /** Returns up to which level its changes would pass by themselves. */
    public String getPassUpTo() {
        return candidate.promotion().passUpTo().words();
    }

    /** Returns the ids of the changes of the evidence, the newest first. */
    public List<String> getEvidence() {
        return evidence.stream().map(ChangeRecord::id).toList();
    }

    /** Returns the newest of them as a line of text, and how many there are besides. */
    public String getShown() {
        String newest = String.join(", ", getEvidence().subList(0, Math.min(SHOWN, evidence.size())));
        return evidence.size() > SHOWN ? Messages.PromotionView_more(newest, evidence.size() - SHOWN) : newest;
    }

    public boolean isProposed() {
        return candidate.isProposed();
    }

    public boolean isPromoted() {
        return candidate.isPromoted();
    }

    /** Returns that somebody could promote it, as a sentence on the page of one of its changes. */
    String proposal() {
        return isRaise()
                ? Messages.PromotionView_proposalOfService(getService(), getEnvironment(), getPassUpTo())
                : Messages.PromotionView_proposalOfModel(getModel(), getService(), getEnvironment());
    }

    /** Returns how it stands, one sentence. */
    public String getState() {
        return candidate.track().standing().map(this::standing).orElseGet(this::unpromoted);
    }

    private String unpromoted() {
        if (isRaise()) {
            return isProposed()
                    ? Messages.PromotionView_proposedService(before(), getPassUpTo())
                    : Messages.PromotionView_usual(before());
        }
        return isProposed() ? Messages.PromotionView_proposed() : Messages.PromotionView_normal();
    }

    private String standing(Standing standing) {
        String by = Visible.user(standing.by());
        String on = standing.at().atOffset(ZoneOffset.UTC).toLocalDate() + standing.where();
        if (standing.isStandard()) {
            String upTo = standing.upTo().words();
            return isRaise()
                    ? Messages.PromotionView_promotedService(by, on, upTo)
                    : Messages.PromotionView_standard(by, on, upTo);
        }
        String lost = Visible.of(standing.lost());
        return isRaise()
                ? Messages.PromotionView_lostByService(by, on, lost, before())
                : Messages.PromotionView_lost(by, on, lost);
    }

    /** Returns what it would have done to the changes so far, as sentences. */
    public List<String> getForesight() throws StoreException {
        Foresight past = promotions.foresight(candidate);
        return past.asked() == 0
                ? List.of(Messages.PromotionView_nothingForeseen())
                : List.of(
                        Messages.PromotionView_foreseen(past.asked()),
                        Messages.PromotionView_ended(
                                past.successful(), past.withIssues(), past.failed(), past.rejected(), past.otherwise()),
                        Messages.PromotionView_waited(past.waited().toHours()));
    }

    /** Of days their hours are of no interest, and of hours their minutes. */
    private static String words(Duration time) {
        if (time.toDays() > 1) {
            return Durations.words(Duration.ofDays(time.toDays()));
        }
        return Durations.words(time.toHours() > 1 ? Duration.ofHours(time.toHours()) : time);
    }

    /** Returns what can be promised of the failures that pass. */
    public String getGuarantee() throws StoreException {
        return promotions.guarantee(candidate.route().service());
    }

    Map<String, Object> json() throws StoreException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", isRaise() ? "environment" : "model");
        json.put("model", candidate.version().model());
        json.put("layer", candidate.version().layer().words());
        json.put("version", getVersion());
        json.put("service", getServiceKey());
        json.put("environment", getEnvironmentKey());
        json.put("after", candidate.promotion().after());
        json.put("overSeconds", candidate.promotion().over().toSeconds());
        json.put("passUpTo", candidate.promotion().passUpTo().key());
        json.put("evidence", getEvidence());
        json.put("proposed", isProposed());
        json.put("promoted", isPromoted());
        json.put("state", getState());
        Foresight past = promotions.foresight(candidate);
        Map<String, Object> foresight = new LinkedHashMap<>();
        foresight.put("asked", past.asked());
        foresight.put("successful", past.successful());
        foresight.put("withIssues", past.withIssues());
        foresight.put("failed", past.failed());
        foresight.put("rejected", past.rejected());
        foresight.put("otherwise", past.otherwise());
        foresight.put("waitedSeconds", past.waited().toSeconds());
        json.put("foresight", foresight);
        json.put("guarantee", getGuarantee());
        return json;
    }
}
