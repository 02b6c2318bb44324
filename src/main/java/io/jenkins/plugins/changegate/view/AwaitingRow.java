package io.jenkins.plugins.changegate.view;

import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Deadline;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * One waiting change in the list.
 *
 * @param record the change, without its delta
 * @param run the build that waits
 * @param denied why the user may not approve it; empty if the user may
 * @param rejectable whether the user may reject it
 */
@Restricted(NoExternalUse.class)
public record AwaitingRow(ChangeRecord record, Run<?, ?> run, Optional<String> denied, boolean rejectable) {

    /** What expires first comes first; then what has waited longest. */
    static final Comparator<AwaitingRow> URGENT_FIRST = Comparator.<AwaitingRow, Instant>comparing(
                    row -> row.expires().orElse(Instant.MAX))
            .thenComparing(row -> row.record().number());

    public String getId() {
        return record.id();
    }

    /** Returns the address of the change's page, below Jenkins' own. */
    public String getUrl() {
        return run.getUrl() + "change/" + record.id() + "/";
    }

    Target target() {
        return judgement().target();
    }

    private Judgement judgement() {
        return record.opened().judgement();
    }

    public String getService() {
        return Visible.of(target().service());
    }

    public String getEnvironment() {
        return Visible.of(target().environment());
    }

    /** Whether it needs nobody any more, and waits until it may be deployed. */
    public boolean isHeld() {
        return record.held().isPresent();
    }

    public RiskView getRisk() {
        return new RiskView(judgement().assessment(), target().tier());
    }

    /** Returns what adds most to the risk; the reason why it is asked about if nothing does. */
    public String getReason() {
        return Visible.of(reason());
    }

    private String reason() {
        return getRisk().getWeightiest().stream()
                .findFirst()
                .map(bar -> bar.contribution().because())
                .orElseGet(() -> judgement().verdict().reasons().get(0));
    }

    public String getMissing() {
        return Visible.of(String.join(" and ", record.ballot().missing()));
    }

    public Date getSince() {
        return Date.from(record.opened().at());
    }

    /** Returns when it expires; {@code null} for never. */
    public Date getExpires() {
        return expires().map(Date::from).orElse(null);
    }

    private Optional<Instant> expires() {
        return TermsView.at(record, Deadline.Kind.EXPIRY);
    }

    /** Whether the user may approve it. */
    public boolean isAwaiting() {
        return denied.isEmpty();
    }

    /** Whether the user can do anything to it. */
    public boolean isSelectable() {
        return isAwaiting() || rejectable;
    }

    /** Returns why the user may not approve it; empty if the user may. */
    public String getDenied() {
        return Visible.of(denied.orElse(""));
    }

    /** Returns everything that a search looks at, in lower case. */
    String searched() {
        return String.join(
                        "\n",
                        record.id(),
                        target().service(),
                        target().environment(),
                        record.opened().origin().job(),
                        record.opened().reason(),
                        record.opened().requestedBy(),
                        reason())
                .toLowerCase(Locale.ROOT);
    }

    /** Returns it as the REST API shows it. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", record.id());
        json.put("url", Jenkins.get().getRootUrl() + getUrl());
        json.put("service", target().service());
        json.put("environment", target().environment());
        json.put("tier", target().tier().key());
        json.put("level", judgement().assessment().level().key());
        json.put("score", judgement().assessment().score());
        json.put("reason", reason());
        json.put("missing", record.ballot().missing());
        json.put("since", record.opened().at().toString());
        json.put("expires", expires().map(Instant::toString).orElse(null));
        json.put("awaiting", isAwaiting());
        json.put("denied", denied.orElse(null));
        return json;
    }
}
