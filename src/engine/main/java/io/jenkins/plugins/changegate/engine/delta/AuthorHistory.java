package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the authors of a change did before it, as far as the last {@value FileHistory#COMMITS} commits before it tell.
 * Each number is the mean over the commits of the change, of what their authors did: the least of them would say little
 * more than how many commits there are, because in many of them somebody is always new.
 *
 * <p>Numbers only: who somebody is does not leave the agent with them. An author is the mail address that the commit
 * names, without {@code .mailmap}.
 *
 * @param changes how many of the earlier commits the author wrote; merges do not count
 * @param recent the same, where one that is n whole years older than the change counts 1 / (n + 1)
 * @param inSubsystems how many of them changed something in a directory at the top of the repository in which the
 *     change changes something too
 */
public record AuthorHistory(double changes, double recent, double inSubsystems) implements Serializable {

    private static final double SECONDS_OF_A_YEAR = 365.25 * 86_400;

    /**
     * @param earlier the commits up to base
     * @param commits those of the change
     * @param files the paths that it changes
     * @return empty if there are no commits of the change
     */
    static Optional<AuthorHistory> of(
            List<EarlierParser.Entry> earlier, List<Commit> commits, Collection<String> files) {
        if (commits.isEmpty()) {
            return Optional.empty();
        }
        Set<String> subsystems = files.stream().map(AuthorHistory::subsystem).collect(Collectors.toSet());
        // Some wrote most of both, and each of their commits would go through all paths of all the others.
        Map<String, List<Before>> byAuthor = new HashMap<>();
        for (EarlierParser.Entry entry : earlier) {
            boolean within = entry.paths().stream().anyMatch(path -> subsystems.contains(subsystem(path)));
            byAuthor.computeIfAbsent(entry.author(), author -> new ArrayList<>())
                    .add(new Before(entry.committed(), within));
        }
        double changes = 0;
        double recent = 0;
        double inSubsystems = 0;
        for (Commit commit : commits) {
            for (Before before : byAuthor.getOrDefault(commit.author().mailKey(), List.of())) {
                double years = Math.max(0, commit.committed() - before.committed) / SECONDS_OF_A_YEAR;
                changes++;
                recent += 1 / (Math.floor(years) + 1);
                inSubsystems += before.inSubsystems ? 1 : 0;
            }
        }
        int n = commits.size();
        return Optional.of(new AuthorHistory(changes / n, recent / n, inSubsystems / n));
    }

    /** An earlier commit. */
    private record Before(long committed, boolean inSubsystems) {}

    private static String subsystem(String path) {
        return path.substring(0, path.indexOf('/') + 1);
    }
}
