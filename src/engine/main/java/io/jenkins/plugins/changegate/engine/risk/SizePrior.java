package io.jenkins.plugins.changegate.engine.risk;

import io.jenkins.plugins.changegate.engine.delta.Totals;
import java.util.ArrayList;
import java.util.List;

/**
 * The risk that comes with size alone, for a gate that knows nothing of an organisation's own history yet.
 *
 * <p>A logistic curve over the logarithm of the lines added and deleted, with coefficients fitted on the training
 * parts of the six projects of Zeng et al., "Deep just-in-time defect prediction: how far are we?", ISSTA 2021 (data
 * under the MIT licence). With no local history, nothing richer was found that does better on projects not trained on.
 * The score is 100 times the curve's value: a rank, not a probability of an incident.
 *
 * <p>Strictly: more lines added or deleted never give fewer points.
 */
public final class SizePrior {

    private static final PriorCoefficients COEFFICIENTS = PriorCoefficients.shipped();

    /** The source that its contributions name. */
    public static final String SOURCE = "size";

    private SizePrior() {}

    /**
     * Returns the base score of a change of this size, from 0 to 100.
     *
     * @param added lines added, at least 0
     * @param deleted lines deleted, at least 0
     */
    public static int score(long added, long deleted) {
        return (int) Math.round(100 / (1 + Math.exp(-COEFFICIENTS.logOdds(added, deleted))));
    }

    /** Returns what size contributes to the score; nothing if nothing changed. */
    public static List<Contribution> contributions(Totals totals) {
        if (totals.files() == 0) {
            return List.of(new Contribution(SOURCE, 0, "Nothing changes: this commit already runs there."));
        }
        int start = score(0, 0);
        int withAdded = score(totals.added(), 0);
        int withDeleted = score(totals.added(), totals.deleted());
        List<Contribution> parts = new ArrayList<>();
        parts.add(new Contribution(SOURCE, start, "Any change carries some risk."));
        if (totals.added() > 0) {
            parts.add(new Contribution(
                    SOURCE,
                    withAdded - start,
                    count(totals.added(), "line") + " added: larger changes fail more often."));
        }
        if (totals.deleted() > 0) {
            parts.add(new Contribution(SOURCE, withDeleted - withAdded, count(totals.deleted(), "line") + " deleted."));
        }
        return parts;
    }

    private static String count(long n, String noun) {
        return n == 1 ? "1 " + noun : n + " " + noun + "s";
    }
}
