package io.jenkins.plugins.changegate.engine.delta;

import java.util.ArrayList;
import java.util.List;

/** Puts together what git said of a change, and says what of it was left out. */
final class Readings {

    private Readings() {}

    /**
     * @param files the difference between the two trees
     * @param history the commits between them
     * @param limits by which both were read
     */
    static Reading of(String base, String head, DiffParser.Files files, LogParser.History history, Limits limits) {
        Delta delta = new Delta(base, head, files.listed(), files.totals(), history.commits(), history.people());
        List<Gap> gaps = new ArrayList<>();
        if (files.listed().size() < files.totals().files()) {
            gaps.add(new Gap(
                    Gap.Kind.TOO_LARGE,
                    "The change touches " + files.totals().files() + " files; only " + limits.files()
                            + " are looked at one by one. Deploy in smaller steps."));
        }
        if (history.cut()) {
            gaps.add(new Gap(
                    Gap.Kind.HISTORY_CUT,
                    "The history between " + GitReader.abbreviate(base) + " and " + GitReader.abbreviate(head)
                            + " is cut off in this clone, so its authors are not all known: fetch with more depth."));
        }
        if (!history.whole()) {
            gaps.add(new Gap(
                    Gap.Kind.TOO_LARGE,
                    "The history between " + GitReader.abbreviate(base) + " and " + GitReader.abbreviate(head)
                            + " has more commits, people or text than are looked at. Deploy in smaller steps."));
        }
        return new Reading(delta, gaps);
    }
}
