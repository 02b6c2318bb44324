package io.jenkins.plugins.changegate.engine.cli;

import io.jenkins.plugins.changegate.engine.delta.GitHistory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Which commits of a branch are taken for deployments. */
enum Deployments {
    /** Each commit of the first-parent history; a merge brings all that it merges. */
    COMMIT,
    /** The last commit of each day in UTC. */
    DAY,
    /** Each merge, with what was committed since the one before. */
    MERGE;

    /**
     * A deployment.
     *
     * @param step what was deployed, and what before
     * @param when the head was committed
     */
    record Deployment(GitHistory.Step step, Instant when) {}

    /**
     * Returns the deployments of a period, oldest first. The very first one of all has nothing to be compared with, and
     * is left out.
     *
     * @param tips the first-parent history, oldest first
     * @param since the first day
     * @param until the last day
     */
    List<Deployment> of(List<GitHistory.Tip> tips, LocalDate since, LocalDate until) {
        List<Deployment> deployments = new ArrayList<>();
        String before = "";
        // Clocks differ, but a branch's days do not go back.
        LocalDate today = LocalDate.MIN;
        for (int i = 0; i < tips.size(); i++) {
            GitHistory.Tip tip = tips.get(i);
            LocalDate day = day(tip);
            today = day.isAfter(today) ? day : today;
            boolean deployed =
                    switch (this) {
                        case COMMIT -> true;
                        case DAY -> i + 1 == tips.size() || day(tips.get(i + 1)).isAfter(today);
                        case MERGE -> tip.merge();
                    };
            if (deployed) {
                String base = this == COMMIT ? tip.parent() : before;
                LocalDate counted = this == DAY ? today : day;
                if (!base.isEmpty() && !counted.isBefore(since) && !counted.isAfter(until)) {
                    deployments.add(new Deployment(
                            new GitHistory.Step(base, tip.id()), Instant.ofEpochSecond(tip.committed())));
                }
                before = tip.id();
            }
        }
        return deployments;
    }

    private static LocalDate day(GitHistory.Tip tip) {
        // A commit may claim any time; more than can be counted in is no day that anybody asks for.
        long seconds = Math.min(tip.committed(), LocalDate.of(9999, 1, 1).toEpochDay() * 86_400);
        return LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    }
}
