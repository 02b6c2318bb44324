package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.changegate.authorise.Glance;
import io.jenkins.plugins.changegate.authorise.PendingGates;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The changes that wait on this Jenkins, as far as the user may see them; as they are when it is made, from memory.
 */
@Restricted(NoExternalUse.class)
public final class AwaitingList {

    static final int ROWS_PER_PAGE = 100;

    private static final Logger LOGGER = Logger.getLogger(AwaitingList.class.getName());

    private final AwaitingFilter filter;
    private final List<AwaitingRow> visible;
    private final List<AwaitingRow> rows;

    AwaitingList(AwaitingFilter filter) {
        this.filter = filter;
        this.visible = visible();
        this.rows = visible.stream()
                .filter(filter::accepts)
                .sorted(AwaitingRow.URGENT_FIRST)
                .toList();
    }

    private static List<AwaitingRow> visible() {
        Glance glance = new Glance(Jenkins.getAuthentication2());
        Map<Job<?, ?>, Boolean> seen = new HashMap<>();
        List<AwaitingRow> rows = new ArrayList<>();
        for (PendingGates.Pending pending : PendingGates.get().all()) {
            row(pending, glance, seen, rows);
        }
        return rows;
    }

    private static void row(
            PendingGates.Pending pending, Glance glance, Map<Job<?, ?>, Boolean> seen, List<AwaitingRow> rows) {
        ChangeRecord record = pending.record();
        Run<?, ?> run;
        try {
            run = pending.run();
        } catch (RuntimeException e) {
            // One build that is being deleted must not take the list from everybody.
            LOGGER.log(Level.FINE, e, () -> "The build of " + record.id() + " is gone");
            return;
        }
        Job<?, ?> job = run.getParent();
        if (record.decided().isEmpty()
                && seen.computeIfAbsent(job, asked -> asked.hasPermission(ChangePermissions.VIEW))) {
            rows.add(new AwaitingRow(record, run, glance.denies(record, job), glance.mayReject(record, job)));
        }
    }

    public AwaitingFilter getFilter() {
        return filter;
    }

    /** Returns how many changes await the user, whatever is filtered by. */
    public int getAwaiting() {
        return (int) visible.stream().filter(AwaitingRow::isAwaiting).count();
    }

    /** Returns how many changes wait that the user may see. */
    public int getTotal() {
        return visible.size();
    }

    /** Returns everything that passes the filter. */
    List<AwaitingRow> rows() {
        return rows;
    }

    public int getFound() {
        return rows.size();
    }

    /** Returns the rows of the page that is asked for. */
    public List<AwaitingRow> getRows() {
        return rows.stream()
                .skip((long) (getPage() - 1) * ROWS_PER_PAGE)
                .limit(ROWS_PER_PAGE)
                .toList();
    }

    /** Whether there is a row on this page that the user can do something to. */
    public boolean isSelectable() {
        return getRows().stream().anyMatch(AwaitingRow::isSelectable);
    }

    /** Returns the number of the page, from 1. */
    public int getPage() {
        return Math.min(filter.page(), getPages());
    }

    public int getPages() {
        return Math.max(1, (rows.size() + ROWS_PER_PAGE - 1) / ROWS_PER_PAGE);
    }

    public String getPrevious() {
        return getPage() > 1 ? filter.query(filter.all(), getPage() - 1) : "";
    }

    public String getNext() {
        return getPage() < getPages() ? filter.query(filter.all(), getPage() + 1) : "";
    }

    public String getMineQuery() {
        return filter.query(false, 1);
    }

    public String getAllQuery() {
        return filter.query(true, 1);
    }

    public List<String> getEnvironments() {
        return values(row -> row.target().environment());
    }

    public List<String> getServices() {
        return values(row -> row.target().service());
    }

    private List<String> values(Function<AwaitingRow, String> part) {
        return visible.stream().map(part).distinct().sorted().toList();
    }

    public List<RiskLevel> getLevels() {
        return List.of(RiskLevel.values());
    }
}
