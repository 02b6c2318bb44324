package io.jenkins.plugins.changegate.engine.terraform;

import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.delta.Readings;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a Terraform plan is about to do.
 *
 * @param sha256 of the plan's bytes, 64 hexadecimal digits: what a decision about it binds to
 * @param changes what it does, in its order, as many as are listed; also what is only read or left alone
 * @param totals sums over all of them, listed or not, that do something
 * @param gaps why the plan is not all that will happen; empty if it is
 */
public record Plan(String sha256, List<PlannedChange> changes, Totals totals, List<Gap> gaps) {

    public Plan {
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(totals, "totals");
        changes = List.copyOf(changes);
        gaps = List.copyOf(gaps);
    }

    /**
     * Returns the plan as a delta, so that every rule about paths is one about resources: a file's path is
     * {@code ACTION/TYPE/ADDRESS}, as in {@code delete/aws_db_instance/module.shop.aws_db_instance.main}; that of what
     * was changed outside of Terraform {@code drift/TYPE/ADDRESS}, that of an output {@code ACTION/output/NAME}. A
     * replaced resource is renamed, from {@code delete/TYPE/ADDRESS} to {@code replace/TYPE/ADDRESS}: a rule about what
     * is deleted holds for it too.
     *
     * <p>A plan does not say who wrote it, so the reading has a {@link Gap.Kind#HISTORY_CUT} gap.
     */
    public Reading reading() {
        List<FileChange> files = changes.stream().flatMap(Plan::file).toList();
        Reading reading = Readings.ofFiles(sha256, files, totals);
        List<Gap> all = new ArrayList<>(reading.gaps());
        all.addAll(gaps);
        all.add(new Gap(
                Gap.Kind.HISTORY_CUT,
                "A plan does not say who wrote it, so nobody knows who may not approve it: assess its commit, too."));
        return new Reading(reading.deltaOrNull(), all);
    }

    /** Returns the one file that stands for a change; none if nothing is done. */
    static Stream<FileChange> file(PlannedChange change) {
        String rest = "/" + change.type() + "/" + change.address()
                + (change.deposed().isEmpty() ? "" : "/deposed/" + change.deposed());
        String path = change.action().word() + rest;
        if (change.kind() == PlannedChange.Kind.DRIFT) {
            return Stream.of(file("drift" + rest, null, Status.MODIFIED, 0, 0));
        }
        return switch (change.action()) {
            case NONE, READ -> Stream.of();
            case CREATE -> Stream.of(file(path, null, Status.ADDED, 1, 0));
            case UPDATE -> Stream.of(file(path, null, Status.MODIFIED, 1, 1));
            case DELETE -> Stream.of(file(path, null, Status.DELETED, 0, 1));
            case REPLACE -> Stream.of(file(path, PlannedChange.Action.DELETE.word() + rest, Status.RENAMED, 1, 1));
            case FORGET, MOVE, IMPORT -> Stream.of(file(path, null, Status.MODIFIED, 0, 0));
        };
    }

    private static FileChange file(String path, String oldPath, Status status, int added, int deleted) {
        return new FileChange(path, oldPath, status, added, deleted, false, false, false, false);
    }
}
