package io.jenkins.plugins.changegate.engine.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Adds up what rules are worth: by the sets in which they applied, of which there are few. Not thread-safe. */
final class RuleTally {

    private final FactTable table;
    private final long[] matched;
    private final long[] asked;
    private final long[] ended;
    private final long[] failed;

    RuleTally(FactTable table) {
        this.table = table;
        matched = new long[table.ruleSets().size()];
        asked = new long[matched.length];
        ended = new long[matched.length];
        failed = new long[matched.length];
    }

    /** Adds a change that was decided. */
    void decided(Block block, int row) {
        matched[block.rules[row]]++;
        if (block.isAsked(row)) {
            asked[block.rules[row]]++;
        }
    }

    /** Adds a deployment that has ended. */
    void ended(Block block, int row) {
        ended[block.rules[row]]++;
        if (block.isFailed(row)) {
            failed[block.rules[row]]++;
        }
    }

    /**
     * @param all failures of all deployments that ended
     */
    List<Line.Rule> lines(Share all) {
        int rules = table.rules().size();
        long[][] sums = new long[4][rules];
        long[][] sets = {matched, asked, ended, failed};
        for (int set = 0; set < matched.length; set++) {
            for (int rule : table.ruleSets().get(set)) {
                for (int what = 0; what < sums.length; what++) {
                    sums[what][rule] += sets[what][set];
                }
            }
        }
        List<Line.Rule> lines = new ArrayList<>();
        for (int rule = 0; rule < rules; rule++) {
            if (sums[0][rule] + sums[2][rule] > 0) {
                lines.add(new Line.Rule(
                        table.rules().get(rule),
                        sums[0][rule],
                        sums[1][rule],
                        new Share(sums[3][rule], sums[2][rule]),
                        new Share(all.part() - sums[3][rule], all.of() - sums[2][rule])));
            }
        }
        lines.sort(Comparator.comparingLong((Line.Rule line) -> -line.matched()).thenComparing(Line.Rule::name));
        return lines;
    }
}
