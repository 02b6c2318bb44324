package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What happened before a change to the files that it changes, as far as the last {@value #COMMITS} commits before it
 * tell. New files have no history.
 *
 * @param changes how many of these commits changed one of the files; merges do not count
 * @param authors how many people, by their mail addresses, wrote these
 * @param days how long ago the files were last changed, the mean over them, in days; of one that none of the commits
 *     changed, as far as they reach back. -1 if all files are new
 * @param byAuthors what the authors of the change did before; {@code null} if that is not known
 */
public record FileHistory(int changes, int authors, double days, AuthorHistory byAuthors) implements Serializable {

    /** So many commits are looked at. */
    static final int COMMITS = 300;

    private static final double SECONDS_OF_A_DAY = 86_400;

    /** What the authors of the change did before is not known. */
    public FileHistory(int changes, int authors, double days) {
        this(changes, authors, days, null);
    }

    /** Returns how long ago the files were last changed, in days; empty if all are new. */
    public OptionalDouble age() {
        return days < 0 ? OptionalDouble.empty() : OptionalDouble.of(days);
    }

    /**
     * @param earlier what is known of the commits up to base
     * @param everybody whether all commits of the change are listed
     * @return empty if the clone ends within them, if there are none, or if not all files of the change are listed
     */
    static Optional<FileHistory> of(EarlierParser.Earlier earlier, Delta delta, boolean everybody) {
        return of(
                earlier,
                new DiffParser.Files(delta.files(), delta.totals()),
                delta.commits().stream().filter(commit -> !commit.undone()).toList(),
                everybody);
    }

    /**
     * @param earlier what is known of the commits up to base
     * @param changed what the commits change
     * @param own those whose authors and time count
     * @param everybody whether these are all of them
     * @return empty if the clone ends within the earlier ones, if there are none, or if not all files are listed
     */
    static Optional<FileHistory> of(
            EarlierParser.Earlier earlier, DiffParser.Files changed, List<Commit> own, boolean everybody) {
        List<EarlierParser.Entry> commits = earlier.commits();
        if (earlier.cut()
                || commits.isEmpty()
                || changed.listed().size() < changed.totals().files()) {
            return Optional.empty();
        }
        Set<String> files = new HashSet<>();
        for (FileChange file : changed.listed()) {
            if (file.status() != FileChange.Status.ADDED) {
                files.add(file.oldPath() == null ? file.path() : file.oldPath());
            }
        }
        int changes = 0;
        Set<String> authors = new HashSet<>();
        Map<String, Long> last = new HashMap<>();
        long oldest = Long.MAX_VALUE;
        for (EarlierParser.Entry commit : commits) {
            oldest = Math.min(oldest, commit.committed());
            boolean touches = false;
            for (String path : commit.paths()) {
                if (files.contains(path)) {
                    touches = true;
                    last.merge(path, commit.committed(), Math::max);
                }
            }
            if (touches) {
                changes++;
                authors.add(commit.author());
            }
        }
        long now = own.stream()
                .mapToLong(Commit::committed)
                .max()
                .orElse(commits.get(0).committed());
        long beyond = oldest;
        double seconds = files.stream()
                .mapToLong(file -> Math.max(0, now - last.getOrDefault(file, beyond)))
                .average()
                .orElse(-SECONDS_OF_A_DAY);
        AuthorHistory byAuthors = everybody
                ? AuthorHistory.of(
                                commits,
                                own,
                                changed.listed().stream().map(FileChange::path).toList())
                        .orElse(null)
                : null;
        return Optional.of(new FileHistory(changes, authors.size(), seconds / SECONDS_OF_A_DAY, byAuthors));
    }
}
