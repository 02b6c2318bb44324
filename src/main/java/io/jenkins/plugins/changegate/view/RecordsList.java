package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One page of the changes on record, as far as the user may see them; as they are when it is made. */
@Restricted(NoExternalUse.class)
public final class RecordsList {

    private static final Logger LOGGER = Logger.getLogger(RecordsList.class.getName());

    private static final RecordsSearch.Found NOTHING = new RecordsSearch.Found(List.of(), 0, 0, false);

    /** More due reviews are not counted: whoever has so many needs no number. */
    private static final int MOST_REVIEWS = 99;

    private final RecordsFilter filter;
    private final VisibleJobs jobs;
    private final boolean broken;
    private final RecordsSearch.Found found;
    private final List<RecordRow> rows;

    RecordsList(RecordsFilter filter, VisibleJobs jobs) {
        this.filter = filter;
        this.jobs = jobs;
        RecordsSearch.Found page = NOTHING;
        boolean failed = false;
        try {
            if (filter.getProblems().isEmpty()) {
                page = new RecordsSearch(ChangeRecords.get().store(), filter, jobs).page();
            }
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, "The changes on record cannot be read", e);
            failed = true;
        }
        this.broken = failed;
        this.found = page;
        this.rows = page.changes().stream()
                .map(change -> new RecordRow(change, jobs.url(change)))
                .toList();
    }

    public RecordsFilter getFilter() {
        return filter;
    }

    /** Whether the store cannot be read. */
    public boolean isBroken() {
        return broken;
    }

    public List<RecordRow> getRows() {
        return rows;
    }

    /** Whether further ones were not looked for yet. */
    public boolean isCut() {
        return found.cut();
    }

    /** Whether it can be told that there is nothing at all. */
    public boolean isNothing() {
        return rows.isEmpty() && getOlder().isEmpty() && getNewer().isEmpty();
    }

    /** Returns how many reviews are due of changes that the user may see, as people write it; empty if none is. */
    public String getReviewsDue() {
        RecordsFilter due = new RecordsFilter(
                key -> key.equals("review") ? "due" : key.equals("limit") ? String.valueOf(MOST_REVIEWS + 1) : "",
                jobs);
        try {
            int count = new RecordsSearch(ChangeRecords.get().store(), due, jobs)
                    .page()
                    .changes()
                    .size();
            return count == 0 ? "" : count > MOST_REVIEWS ? MOST_REVIEWS + "+" : String.valueOf(count);
        } catch (StoreException e) {
            LOGGER.log(Level.FINE, "The reviews that are due cannot be counted", e);
            return "";
        }
    }

    /** Returns the query part of the address of the page before; empty if there is none. */
    public String getNewer() {
        return found.newer() > 0 ? filter.query(0, found.newer()) : "";
    }

    /** Returns the query part of the address of the next page; empty if there is none. */
    public String getOlder() {
        return found.older() > 0 ? filter.query(found.older(), 0) : "";
    }

    /** Returns the query part of the address of the whole selection. */
    public String getSelection() {
        return filter.query(0, 0);
    }

    public SortedSet<String> getServices() {
        return values(row -> row.change().service());
    }

    public SortedSet<String> getProducts() {
        SortedSet<String> products = values(row -> row.change().product());
        products.remove("");
        return products;
    }

    public SortedSet<String> getEnvironments() {
        return values(row -> row.change().environment());
    }

    public SortedSet<String> getJobs() {
        return values(row -> row.change().job());
    }

    private SortedSet<String> values(Function<RecordRow, String> part) {
        return rows.stream().map(part).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns it as the REST API shows it. */
    Map<String, Object> json() {
        String address = Jenkins.get().getRootUrl() + "changes/records/api/json";
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("changes", rows.stream().map(RecordRow::json).toList());
        json.put("next", getOlder().isEmpty() ? null : address + getOlder());
        json.put("previous", getNewer().isEmpty() ? null : address + getNewer());
        return json;
    }
}
