package io.jenkins.plugins.changegate.authorise;

import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.util.Optional;

/**
 * Lets a waiting change step aside for a newer one of the same service and environment that reached the gate and did
 * not fail there. Gates of one build never step aside for each other: they are parts of the same deployment.
 */
public final class Supersession {

    private Supersession() {}

    /** Closes the waiting changes whose place a newer one takes. */
    public static void by(ChangeStore store, ChangeRecord newer) throws StoreException {
        if (!standsInLine(newer)) {
            return;
        }
        for (ChangeRecord older : PendingGates.get().olderThan(newer)) {
            if (sameTarget(older, newer)) {
                decide(store, older, newer);
            }
        }
    }

    /** Closes a change whose place a newer one took while nobody looked, and returns the record afterwards. */
    public static ChangeRecord of(ChangeStore store, ChangeRecord older) throws StoreException {
        if (older.decided().isPresent()) {
            return older;
        }
        Target target = older.opened().judgement().target();
        Optional<ChangeRecord> newer = store.after(older.number(), target.service(), target.environment()).stream()
                .filter(Supersession::standsInLine)
                .filter(candidate -> sameTarget(older, candidate))
                .reduce((first, second) -> second);
        return newer.isPresent() ? decide(store, older, newer.get()) : older;
    }

    private static ChangeRecord decide(ChangeStore store, ChangeRecord older, ChangeRecord newer)
            throws StoreException {
        String because = newer.id() + " is newer and takes its place.";
        return new Settlement(store, older.number()).decide(Decision.SUPERSEDED, "", because);
    }

    private static boolean standsInLine(ChangeRecord record) {
        boolean failed = record.opened().judgement().verdict().kind() == Verdict.Kind.REFUSE
                || record.decided()
                        .filter(decided -> !decided.decision().lets())
                        .isPresent()
                || record.ended().isPresent() && !record.isDeployed();
        return !failed;
    }

    private static boolean sameTarget(ChangeRecord older, ChangeRecord newer) {
        Origin one = older.opened().origin();
        Origin other = newer.opened().origin();
        boolean sameBuild = one.job().equals(other.job()) && one.build() == other.build();
        Target target = older.opened().judgement().target();
        Target same = newer.opened().judgement().target();
        return !sameBuild
                && target.service().equals(same.service())
                && target.environment().equals(same.environment());
    }
}
