package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.ChangeFilter;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds the changes on record that are asked for and that the user may see, in batches.
 *
 * <p>How far one page is looked for does not depend on how many there are that the user may not see, or where a page
 * ends would tell: it is looked for among the changes of one or two blocks of numbers. All that can be told from that is
 * how many blocks there are. Where nothing is hidden and the store can look for all that is asked for, it is looked for
 * among all.
 */
final class RecordsSearch {

    /** Numbers in a block: twice as many are looked through within a third of a second (docs/performance.md). */
    static final long BLOCK = 50_000;

    private static final int BATCH = 500;
    private static final int LARGEST_BATCH = 2_000;

    private final ChangeStore store;
    private final RecordsFilter filter;
    private final VisibleJobs jobs;
    private final ChangeFilter exact;
    private final boolean whole;
    private final long end;
    private final long block;

    RecordsSearch(ChangeStore store, RecordsFilter filter, VisibleJobs jobs) throws StoreException {
        this(store, filter, jobs, BLOCK);
    }

    RecordsSearch(ChangeStore store, RecordsFilter filter, VisibleJobs jobs, long block) throws StoreException {
        this.store = store;
        this.filter = filter;
        this.jobs = jobs;
        this.block = block;
        this.whole = jobs.isEverything() && filter.isExact();
        this.exact = filter.exact().least(filter.number().orElse(1L));
        long newest = store.page(ChangeFilter.ALL, Long.MAX_VALUE, 1).stream()
                .mapToLong(ChangeSummary::number)
                .sum();
        this.end = Math.min(newest, filter.number().orElse(newest)) + 1;
    }

    /**
     * A page.
     *
     * @param changes the newest first
     * @param older below which number the next page begins; 0 if there is none
     * @param newer above which number the page before ends; 0 if there is none
     * @param cut whether it ends because further ones were not looked for yet
     */
    record Found(List<ChangeSummary> changes, long older, long newer, boolean cut) {}

    /** Returns the page that the filter asks for. */
    Found page() throws StoreException {
        return filter.after() > 0 ? newer(filter.after(), filter.limit()) : older(filter.before(), filter.limit());
    }

    private Found older(long before, int size) throws StoreException {
        long begin = Math.min(before, end);
        long least = whole ? 1 : Math.max(1, (Math.floorDiv(begin - 2, block) - 1) * block + 1);
        List<ChangeSummary> found = new ArrayList<>();
        walk(exact.least(Math.max(least, exact.least())), begin, change -> {
            found.add(change);
            return found.size() <= size;
        });
        // Also from a place beyond the end, which is not to be found by trying.
        long newer = before == Long.MAX_VALUE ? 0 : before - 1;
        if (found.size() > size) {
            found.remove(size);
            return new Found(List.copyOf(found), found.get(size - 1).number(), newer, false);
        }
        boolean cut = least > exact.least() && isAnyBefore(least);
        return new Found(List.copyOf(found), cut ? least : 0, newer, cut);
    }

    /** Whether a change was opened early enough not to be too early, before this number. */
    private boolean isAnyBefore(long number) throws StoreException {
        ChangeFilter any = filter.exact().since().map(ChangeFilter.ALL::since).orElse(ChangeFilter.ALL);
        return !store.page(any, number, 1).isEmpty();
    }

    private Found newer(long after, int size) throws StoreException {
        long limit = whole ? end : Math.min(end, (Math.floorDiv(after, block) + 2) * block + 1);
        List<ChangeSummary> found = new ArrayList<>();
        long next = after + 1;
        int batch = Math.min(2 * size, LARGEST_BATCH);
        while (next < limit && found.size() <= size) {
            long to = Math.min(limit, next + batch);
            List<ChangeSummary> chunk =
                    new ArrayList<>(store.page(exact.least(Math.max(next, exact.least())), to, batch));
            Collections.reverse(chunk);
            chunk.stream().filter(this::accepts).forEach(found::add);
            next = to;
            batch = Math.min(2 * batch, LARGEST_BATCH);
        }
        boolean more = found.size() > size;
        boolean cut = !more && limit < end;
        if (!more && !cut && found.size() < size) {
            return older(Long.MAX_VALUE, size);
        }
        List<ChangeSummary> kept = new ArrayList<>(more ? found.subList(0, size) : found);
        Collections.reverse(kept);
        long newer = more ? kept.get(0).number() : cut ? limit - 1 : 0;
        long older = kept.isEmpty() ? after + 1 : kept.get(kept.size() - 1).number();
        return new Found(List.copyOf(kept), older, newer, cut);
    }

    /** Takes changes, the newest first, until it wants no more. */
    interface Taker {
        /** Returns whether it wants more. */
        boolean take(ChangeSummary change) throws StoreException;
    }

    /** Gives all that is asked for, wherever a page would end. */
    void all(Taker taker) throws StoreException {
        walk(exact, end, taker);
    }

    private void walk(ChangeFilter wanted, long before, Taker taker) throws StoreException {
        long next = before;
        int size = BATCH;
        boolean full;
        do {
            List<ChangeSummary> batch = store.page(wanted, next, size);
            full = batch.size() == size;
            size = LARGEST_BATCH;
            for (ChangeSummary change : batch) {
                next = change.number();
                if (accepts(change) && !taker.take(change)) {
                    return;
                }
            }
        } while (full);
    }

    private boolean accepts(ChangeSummary change) {
        return filter.accepts(change) && jobs.shows(change);
    }
}
