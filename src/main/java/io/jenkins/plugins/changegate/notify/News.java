package io.jenkins.plugins.changegate.notify;

import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;

/**
 * A record's newest event, to be told. Small: many may wait to be told.
 *
 * @param record without its delta
 * @param placement what its deployment does to what ran there
 */
record News(ChangeRecord record, Placement placement) {

    /** What a deployment does to what ran there. */
    enum Placement {
        /** Nothing is known to have run there. */
        DEPLOYED,
        /** Another commit takes the place of the one that ran there. */
        UPGRADED,
        /** Commits are taken back, and none is brought. */
        ROLLED_BACK
    }

    /** Returns what there is to tell of a record, which may have its delta. */
    static News of(ChangeRecord record) {
        return new News(record.withoutDelta(), placement(record.opened().delta()));
    }

    private static Placement placement(Delta delta) {
        if (delta == null || delta.base().isEmpty()) {
            return Placement.DEPLOYED;
        }
        boolean back = !delta.commits().isEmpty() && delta.commits().stream().allMatch(Commit::undone);
        return back ? Placement.ROLLED_BACK : Placement.UPGRADED;
    }
}
