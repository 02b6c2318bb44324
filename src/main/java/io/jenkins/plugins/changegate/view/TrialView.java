package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import hudson.security.AccessDeniedException3;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.replay.Differences;
import io.jenkins.plugins.changegate.engine.replay.Result;
import io.jenkins.plugins.changegate.engine.replay.RuleName;
import io.jenkins.plugins.changegate.engine.replay.RuleTally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The result of a trial, for a page and as JSON. */
@Restricted(NoExternalUse.class)
public final class TrialView {

    private static final double PERCENT = 100;

    private final TrialReport report;

    TrialView(TrialReport report) {
        this.report = report;
    }

    public int getTried() {
        return report.draft().changes();
    }

    public int getUnseen() {
        return report.unseen();
    }

    public int getIncomplete() {
        return report.incomplete();
    }

    public int getSealed() {
        return report.sealed();
    }

    /**
     * How many changes have one result.
     *
     * @param result which
     * @param today how many by today's policies
     * @param draft how many by the draft
     * @param all how many changes there are
     */
    public record Share(Result result, int today, int draft, int all) {

        public String getWords() {
            return result.words();
        }

        /** Returns the part of a CSS class. */
        public String getKey() {
            return key(result);
        }

        public int getToday() {
            return today;
        }

        public int getDraft() {
            return draft;
        }

        public String getTodayPercent() {
            return percent(today);
        }

        public String getDraftPercent() {
            return percent(draft);
        }

        private String percent(int some) {
            return String.format(Locale.ROOT, "%.1f", PERCENT * some / Math.max(1, all));
        }
    }

    /** Returns the shares of all results; that of what is not decidable only if there is some. */
    public List<Share> getShares() {
        List<Share> shares = new ArrayList<>();
        for (Result result : Result.values()) {
            int today = report.today().results().get(result);
            int draft = report.draft().results().get(result);
            if (result != Result.NOT_DECIDABLE || today + draft > 0) {
                shares.add(new Share(result, today, draft, getTried()));
            }
        }
        return shares;
    }

    /** Whether there are changes that cannot be decided. */
    public boolean isUndecidable() {
        return report.today().results().get(Result.NOT_DECIDABLE)
                        + report.draft().results().get(Result.NOT_DECIDABLE)
                > 0;
    }

    private static String key(Result result) {
        return result.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns of how many changes both say the same. */
    public int getSame() {
        return report.differences().same();
    }

    /**
     * Changes of which the draft says something else than today's policies.
     *
     * @param difference which
     * @param examples some of them
     */
    public record Difference(Differences.Difference difference, List<Link> examples) {

        public String getFrom() {
            return difference.from().words();
        }

        public String getFromKey() {
            return key(difference.from());
        }

        public String getTo() {
            return difference.to().words();
        }

        public String getToKey() {
            return key(difference.to());
        }

        public int getCount() {
            return difference.count();
        }

        public List<Link> getExamples() {
            return examples;
        }
    }

    public List<Difference> getDifferences() {
        return report.differences().differences().stream()
                .map(each -> new Difference(
                        each, each.examples().stream().map(this::link).toList()))
                .toList();
    }

    /**
     * A change.
     *
     * @param id its number
     * @param url where its page is, from the root of Jenkins; empty if it is gone
     */
    public record Link(String id, String url) {

        public String getId() {
            return id;
        }

        public String getUrl() {
            return url;
        }
    }

    private Link link(String id) {
        Origin origin = report.origins().get(id);
        return new Link(id, origin == null ? "" : url(origin, id));
    }

    private static String url(Origin origin, String id) {
        try {
            Job<?, ?> job = Jenkins.get().getItemByFullName(origin.job(), Job.class);
            return job == null || job.getBuildByNumber(origin.build()) == null
                    ? ""
                    : job.getUrl() + origin.build() + "/change/" + id + "/";
        } catch (AccessDeniedException3 e) {
            return "";
        }
    }

    /**
     * A change whose deployment failed.
     *
     * @param failure what the trial says of it
     * @param link it
     */
    public record FailureRow(TrialReport.Failure failure, Link link) {

        public Link getLink() {
            return link;
        }

        public String getHow() {
            return failure.rolledBack() ? Messages.TrialView_rolledBack() : Messages.TrialView_unsuccessful();
        }

        public String getToday() {
            return failure.today().words();
        }

        public String getTodayKey() {
            return key(failure.today());
        }

        /** Returns what the draft would have done, in words. */
        public String getDraft() {
            return switch (failure.draft()) {
                case ASK, REFUSE -> Messages.TrialView_caught(failure.draft().words());
                case PASS -> Messages.TrialView_letGo();
                case NOT_DECIDABLE -> failure.draft().words();
            };
        }

        public String getDraftKey() {
            return key(failure.draft());
        }

        /** Returns the rules that it is due to, and of which one it is due to alone. */
        public List<String> getRules() {
            return failure.rules().stream()
                    .map(rule -> failure.alone().contains(rule) ? Messages.TrialView_alone(words(rule)) : words(rule))
                    .map(Visible::of)
                    .toList();
        }
    }

    public List<FailureRow> getFailures() {
        return report.failures().stream()
                .map(failure -> new FailureRow(failure, link(failure.id())))
                .toList();
    }

    private static String words(RuleName name) {
        return name.layer().equals(Layer.BUILT_IN)
                ? name.rule()
                : Messages.TrialView_rule(name.rule(), name.layer().words());
    }

    /**
     * How often a rule had which part under the draft.
     *
     * @param tally the counts
     */
    public record RuleRow(RuleTally tally) {

        public String getName() {
            return Visible.of(tally.rule().rule());
        }

        /** Returns whose it is; empty if it is the plugin's own. */
        public String getLayer() {
            Layer layer = tally.rule().layer();
            return layer.equals(Layer.BUILT_IN) ? "" : Visible.of(layer.words());
        }

        public int getMatched() {
            return tally.matched();
        }

        public int getTightened() {
            return tally.tightened();
        }

        public int getSole() {
            return tally.sole();
        }

        public int getUndecided() {
            return tally.undecided();
        }

        public int getCaught() {
            return tally.caught();
        }

        public int getMissed() {
            return tally.missed();
        }
    }

    public List<RuleRow> getRules() {
        return report.draft().rules().stream().map(RuleRow::new).toList();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tried", getTried());
        json.put(
                "leftOut",
                Map.of("notVisible", getUnseen(), "policiesMissing", getIncomplete(), "sealed", getSealed()));
        json.put("today", report.today());
        json.put("draft", report.draft());
        json.put("differences", report.differences());
        List<Map<String, Object>> failures = new ArrayList<>();
        report.failures().forEach(failure -> failures.add(json(failure)));
        json.put("failures", failures);
        return json;
    }

    private static Map<String, Object> json(TrialReport.Failure failure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", failure.id());
        json.put("rolledBack", failure.rolledBack());
        json.put("today", failure.today());
        json.put("draft", failure.draft());
        json.put("rules", failure.rules());
        Set<RuleName> alone = failure.alone();
        json.put("alone", failure.rules().stream().filter(alone::contains).toList());
        return json;
    }
}
