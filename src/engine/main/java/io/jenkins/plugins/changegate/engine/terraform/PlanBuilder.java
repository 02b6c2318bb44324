package io.jenkins.plugins.changegate.engine.terraform;

import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Puts a plan together, entry by entry: the first are listed, all are counted. Not thread-safe. */
final class PlanBuilder {

    /** Longest address that is listed, in characters: as long as a path may be. */
    private static final int ADDRESS_LIMIT = 4_000;

    private final int limit;
    private final List<PlannedChange> listed = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private boolean format;
    private boolean plan;
    private boolean deferred;
    private int files;
    private int replaced;
    private long added;
    private long deleted;
    private long characters;

    /**
     * @param limit how many changes are listed
     */
    PlanBuilder(int limit) {
        this.limit = limit;
    }

    /** Takes the version of the plan's form, as in {@code 1.2}. */
    void format(String version) throws IOException {
        if (!version.matches("[01]\\.\\d{1,9}")) {
            throw new IOException("The plan is of a form that is not known: write it with Terraform 0.12 or newer");
        }
        format = true;
    }

    /** Takes note that it holds what a plan has, and a state of the same form has not. */
    void planned() {
        plan = true;
    }

    void errored(boolean errored) {
        if (errored) {
            gaps.add(
                    new Gap(Gap.Kind.FACT_UNKNOWN, "Planning ended with an error: not all that will happen is in it."));
        }
    }

    void complete(boolean complete) {
        deferred |= !complete;
    }

    void deferred() {
        deferred = true;
    }

    void add(PlannedChange change) {
        List<FileChange> does = Plan.file(change).toList();
        for (FileChange file : does) {
            files++;
            replaced += file.status() == FileChange.Status.RENAMED ? 1 : 0;
            added += file.added();
            deleted += file.deleted();
        }
        int length = change.address().length()
                + change.deposed().length()
                + change.type().length();
        characters += length;
        // What is cut off is missing among the files then, and the reading says so.
        if (listed.size() < limit && length <= ADDRESS_LIMIT && characters <= (long) limit * ADDRESS_LIMIT / 10) {
            listed.add(change);
        }
    }

    /**
     * @throws IOException if it was no plan
     */
    Plan plan(String sha256) throws IOException {
        if (!format || !plan) {
            throw new IOException("This is no Terraform plan: write it with terraform show -json PLANFILE");
        }
        if (deferred) {
            gaps.add(new Gap(
                    Gap.Kind.FACT_UNKNOWN, "The plan puts some changes off: what they will be is not known yet."));
        }
        return new Plan(sha256, listed, new Totals(files, replaced, 0, added, deleted), gaps);
    }
}
