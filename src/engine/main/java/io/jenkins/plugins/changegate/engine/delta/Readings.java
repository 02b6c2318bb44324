package io.jenkins.plugins.changegate.engine.delta;

import java.util.ArrayList;
import java.util.List;

/** Puts together what was said of a change, and says what of it was left out. */
public final class Readings {

    private Readings() {}

    /**
     * Puts together what was read of a change that has no commits, within what goes on the wire.
     *
     * @param head what tells this change from others, such as a hash
     * @param files as many as could be listed
     * @param totals sums over all files, also those not listed
     */
    public static Reading ofFiles(String head, List<FileChange> files, Totals totals) {
        LogParser.History nobody = new LogParser.History(List.of(), List.of(), true, false);
        return of("", head, new DiffParser.Files(files, totals), nobody);
    }

    /**
     * @param files the difference between the two trees
     * @param history the commits between them
     */
    static Reading of(String base, String head, DiffParser.Files files, LogParser.History history) {
        return of(base, head, files, PackedDelta.FittedHistory.of(history));
    }

    /**
     * @param files the difference between the two trees
     * @param fitted the commits between them
     */
    static Reading of(String base, String head, DiffParser.Files files, PackedDelta.FittedHistory fitted) {
        LogParser.History history = fitted.history();
        Delta delta = new Delta(
                base,
                head,
                PackedDelta.fitted(files.listed(), fitted),
                files.totals(),
                fitted.commits(),
                fitted.people());
        List<Gap> gaps = new ArrayList<>();
        if (delta.files().size() < files.totals().files()) {
            gaps.add(new Gap(
                    Gap.Kind.TOO_LARGE,
                    "The change touches " + files.totals().files() + " files; only "
                            + delta.files().size()
                            + " are looked at one by one. Deploy in smaller steps."));
        }
        if (history.cut()) {
            gaps.add(new Gap(
                    Gap.Kind.HISTORY_CUT,
                    "The history between " + GitNames.abbreviate(base) + " and " + GitNames.abbreviate(head)
                            + " is cut off in this clone, so its authors are not all known: fetch with more depth."));
        }
        if (!fitted.isWhole()) {
            gaps.add(new Gap(
                    Gap.Kind.TOO_LARGE,
                    "The history between " + GitNames.abbreviate(base) + " and " + GitNames.abbreviate(head)
                            + " has more commits, people or text than are looked at. Deploy in smaller steps."));
        }
        return new Reading(delta, gaps);
    }
}
