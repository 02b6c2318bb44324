package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the commits of a change one by one, with one git process for all of them. What adds nothing of its own is left
 * out: merges, whose sides are commits too, and empty commits.
 */
final class SingleCommits {

    /** So many are read at most, the newest. */
    static final int COMMITS = 50;

    /** So many files of each are listed; of a commit with more it is not known over what it is spread. */
    private static final int FILES = 200;

    private SingleCommits() {}

    /** A commit, and what it changes. */
    record Own(Commit commit, DiffParser.Files files) {}

    /**
     * @param commits of a change; those that it takes back are not its own
     * @param shallow the commits at which a shallow clone ends: what those change is not known
     * @return empty if there are fewer than two
     * @throws IOException if git fails
     */
    static List<Own> read(Git git, List<Commit> commits, Set<String> shallow) throws IOException {
        List<Commit> own = commits.stream()
                .filter(commit -> !commit.undone())
                .limit(COMMITS)
                .toList();
        List<String> ids = own.stream().map(Commit::id).toList();
        if (own.size() < 2 || ids.stream().anyMatch(shallow::contains)) {
            return List.of();
        }
        List<String> arguments = new ArrayList<>(List.of("diff-tree", "--stdin", "-r", "--always", "--root"));
        arguments.addAll(GitReader.FILES);
        List<DiffParser.Files> files = git.run(
                String.join("\n", ids) + "\n",
                stdout -> DiffParser.parseMany(stdout, ids, FILES),
                arguments.toArray(new String[0]));
        List<Own> changing = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            if (files.get(i).totals().files() > 0) {
                changing.add(new Own(own.get(i), files.get(i)));
            }
        }
        return changing.size() < 2 ? List.of() : changing;
    }

    /**
     * @param earlier what is known of the commits up to base; empty if nothing is
     */
    static List<SingleCommit> of(List<Own> commits, Optional<EarlierParser.Earlier> earlier) {
        return commits.stream()
                .map(own -> new SingleCommit(
                        own.commit.id(),
                        own.files.totals(),
                        Spread.of(own.files.listed(), own.files.totals()).orElse(null),
                        earlier.flatMap(known -> FileHistory.of(known, own.files, List.of(own.commit), true))
                                .orElse(null)))
                .toList();
    }
}
