package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.authorise.Promotions;
import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Route;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A change model that can be promoted, on one route of a job: what the records say of it, for a page and as JSON. */
@Restricted(NoExternalUse.class)
public final class PromotionView {

    /** As many ids as a line holds; the JSON has all. */
    private static final int SHOWN = 8;

    private final Promotions.Candidate candidate;
    private final List<Long> evidence;

    PromotionView(Promotions.Candidate candidate) {
        this.candidate = candidate;
        this.evidence = candidate.track().evidence();
    }

    Promotions.Candidate candidate() {
        return candidate;
    }

    boolean isOn(Route route) {
        return candidate.route().equals(route);
    }

    /** Returns the model's name. */
    public String getModel() {
        return Visible.of(candidate.model().name());
    }

    /** Returns what kind of change it is. */
    public String getBecause() {
        return Visible.of(candidate.model().because());
    }

    /** Returns whose policy the model is of. */
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

    /** Returns the version of the model as a form sends it. */
    public String getVersion() {
        return candidate.version().version();
    }

    /** Returns how many successful deployments in a row there are. */
    public int getSuccesses() {
        return evidence.size();
    }

    /** Returns how many are asked for. */
    public int getAfter() {
        return candidate.promotion().after();
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

    public boolean isStandard() {
        return candidate.isStandard();
    }

    /** Returns how it stands, one sentence. */
    public String getState() {
        return candidate
                .track()
                .standing()
                .map(PromotionView::standing)
                .orElseGet(() -> isProposed() ? Messages.PromotionView_proposed() : Messages.PromotionView_normal());
    }

    private static String standing(Standing standing) {
        String by = Visible.user(standing.by());
        String on = standing.at().atOffset(ZoneOffset.UTC).toLocalDate().toString();
        return standing.isStandard()
                ? Messages.PromotionView_standard(by, on, standing.upTo().words())
                : Messages.PromotionView_lost(by, on, Visible.of(standing.lost()));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", candidate.model().name());
        json.put("layer", candidate.version().layer().words());
        json.put("version", getVersion());
        json.put("service", getServiceKey());
        json.put("environment", getEnvironmentKey());
        json.put("after", getAfter());
        json.put("passUpTo", candidate.promotion().passUpTo().key());
        json.put("evidence", getEvidence());
        json.put("proposed", isProposed());
        json.put("standard", isStandard());
        json.put("state", getState());
        return json;
    }
}
