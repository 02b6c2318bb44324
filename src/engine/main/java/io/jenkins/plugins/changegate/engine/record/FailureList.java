package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.risk.FailedFiles;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the last deployment that failed with some files. Reads one record at a time. Thread-safe. */
final class FailureList {

    /** So many deployments to a target are looked at, the latest first. */
    private static final int LOOKED_AT = 200;

    /** So many of them that failed are read. */
    private static final int READ = 50;

    private final TargetList targets;
    private final Histories histories;

    FailureList(TargetList targets, Histories histories) {
        this.targets = targets;
        this.histories = histories;
    }

    /** Returns what {@link ChangeStore#failedFiles} says. */
    Optional<FailedFiles> last(Connection connection, String service, String environment, Delta delta)
            throws SQLException, StoreException {
        List<TargetList.Deployment> latest = targets.last(connection, service, environment, LOOKED_AT);
        Set<Long> undone = undone(connection, latest);
        List<TargetList.Deployment> failed = latest.stream()
                .filter(deployment ->
                        deployment.outcome() == Outcome.UNSUCCESSFUL || undone.contains(deployment.number()))
                .limit(READ)
                .toList();
        boolean whole = isWhole(delta);
        for (TargetList.Deployment deployment : failed) {
            List<ChangeRecord> record = histories.where(connection, "number = ?", deployment.number());
            if (record.isEmpty() || record.get(0).ended().isEmpty()) {
                // What is sealed is on record no more.
                continue;
            }
            Delta then = record.get(0).opened().delta();
            int files = then == null ? 0 : inBoth(delta, then);
            if (files > 0) {
                return Optional.of(new FailedFiles(
                        files,
                        record.get(0).id(),
                        record.get(0).ended().get().at(),
                        undone.contains(deployment.number())));
            }
            whole = whole && then != null && isWhole(then);
        }
        return whole ? Optional.of(FailedFiles.NONE) : Optional.empty();
    }

    private static Set<Long> undone(Connection connection, List<TargetList.Deployment> latest) throws SQLException {
        if (latest.isEmpty()) {
            return Set.of();
        }
        String numbers = latest.stream()
                .map(deployment -> String.valueOf(deployment.number()))
                .collect(Collectors.joining(", "));
        return new HashSet<>(Statements.select(
                connection,
                "SELECT number FROM changegate_deployment WHERE number IN (" + numbers + ") AND undone > 0",
                row -> row.getLong(1)));
    }

    private static boolean isWhole(Delta delta) {
        return delta.files().size() == delta.totals().files();
    }

    private static int inBoth(Delta delta, Delta then) {
        Set<String> paths = then.files().stream().flatMap(FailureList::paths).collect(Collectors.toSet());
        return (int) delta.files().stream()
                .filter(file -> paths(file).anyMatch(paths::contains))
                .count();
    }

    private static Stream<String> paths(FileChange file) {
        return file.oldPath() == null ? Stream.of(file.path()) : Stream.of(file.path(), file.oldPath());
    }
}
