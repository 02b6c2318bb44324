package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Over how much a change is spread.
 *
 * @param directories how many directories its files are in
 * @param subsystems how many directories at the top of the repository they are in; that itself is one
 * @param entropy how evenly its lines are spread over the files, in bits: Shannon's entropy of each file's share in them
 */
public record Spread(long directories, long subsystems, double entropy) implements Serializable {

    /** Returns how much the files are spread; empty if they are not all of those that the totals are of. */
    public static Optional<Spread> of(List<FileChange> files, Totals totals) {
        return files.size() == totals.files()
                ? Optional.of(new Spread(
                        distinct(files, path -> path.substring(0, path.lastIndexOf('/') + 1)),
                        distinct(files, path -> path.substring(0, path.indexOf('/') + 1)),
                        entropy(files, (double) totals.added() + totals.deleted())))
                : Optional.empty();
    }

    private static long distinct(List<FileChange> files, UnaryOperator<String> place) {
        return files.stream().map(FileChange::path).map(place).distinct().count();
    }

    private static double entropy(List<FileChange> files, double lines) {
        double entropy = 0;
        for (FileChange file : files) {
            double share = ((double) file.added() + file.deleted()) / lines;
            // Also where there are no lines at all.
            entropy -= share > 0 ? share * Math.log(share) / Math.log(2) : 0;
        }
        return Math.max(0, entropy);
    }
}
