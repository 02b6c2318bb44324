package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reads many past changes of a clone at once, with a few git processes for all of them instead of a few for each. What
 * it reads of a change is what {@link GitReader} reads of it.
 *
 * <p>Stateless; may be used from several threads.
 */
public final class GitHistory {

    private final Git git;
    private final GitReader reader;
    private final Limits limits;

    /**
     * @param directory the clone, or a directory inside it
     * @param limits how much of each change is read at most; the time is for each process
     */
    public GitHistory(Path directory, Limits limits) {
        this.git = new Git(directory, limits.time());
        this.reader = new GitReader(directory, limits);
        this.limits = limits;
    }

    /**
     * A commit of the first-parent history: what was the tip of the branch at some time.
     *
     * @param id full object name
     * @param parent full object name of its first parent; empty if it has none in this clone
     * @param merge whether it has further parents
     * @param committed when it was committed, in seconds since 1970 UTC
     */
    public record Tip(String id, String parent, boolean merge, long committed) {}

    /**
     * A past change.
     *
     * @param base full object name of the commit that was deployed before
     * @param head full object name of the commit that was deployed, a descendant of base
     */
    public record Step(String base, String head) {
        public Step {
            Objects.requireNonNull(base, "base");
            Objects.requireNonNull(head, "head");
        }
    }

    /**
     * A file as it is in a commit.
     *
     * @param text its text; {@code null} if it is not there or too large to be read
     * @param tooLarge whether it is there, but too large
     */
    public record Version(String text, boolean tooLarge) {}

    /**
     * Returns the first-parent history of a commit, oldest first.
     *
     * @param commit full object name
     * @throws IOException if git fails
     */
    public List<Tip> tips(String commit) throws IOException {
        GitNames.requireId(commit);
        List<Tip> tips = git.run(
                "",
                stdout -> {
                    Tokens tokens = new Tokens(stdout, limits.message());
                    List<Tip> all = new ArrayList<>();
                    for (String id = tokens.next(); id != null; id = tokens.next()) {
                        String[] parents = tokens.require().split(" ");
                        all.add(new Tip(id, parents[0], parents.length > 1, LogParser.seconds(tokens.require())));
                    }
                    return all;
                },
                "log",
                "-z",
                "--first-parent",
                "--no-show-signature",
                "--format=tformat:%H%x00%P%x00%ct",
                commit,
                "--");
        Collections.reverse(tips);
        return tips;
    }

    /**
     * Whether older history than this clone has was left out of it.
     *
     * @throws IOException if git fails
     */
    public boolean isShallow() throws IOException {
        return !reader.shallow().isEmpty();
    }

    /**
     * Reads changes.
     *
     * @param steps oldest first, on one line of first parents: each base is the head of an earlier step, or between two
     * @return the readings, in the same order
     * @throws IOException if git fails; for instance, if a commit is not in this clone
     */
    public List<Reading> read(List<Step> steps) throws IOException {
        if (steps.isEmpty()) {
            return List.of();
        }
        Set<String> shallow = reader.shallow();
        String first = steps.get(0).base();
        String last = steps.get(steps.size() - 1).head();
        CompletableFuture<Map<String, LogParser.Entry>> history = Later.inParallel(() -> git.run(
                "",
                stdout -> LogParser.parseWithParents(stdout, limits),
                "log",
                "-z",
                "--no-color",
                "--no-notes",
                "--no-decorate",
                LogParser.FORMAT_WITH_PARENTS,
                first + ".." + last,
                "--"));
        List<DiffParser.Files> files = git.run(
                pairs(steps),
                stdout -> DiffParser.parseMany(stdout, heads(steps), limits.files()),
                diffTree(GitReader.FILES, List.of()));
        Ancestry ancestry = new Ancestry(Later.join(history), limits, shallow);
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            LogParser.History between = ancestry.next(step.base(), step.head());
            readings.add(Readings.of(step.base(), step.head(), files.get(i), between));
        }
        return readings;
    }

    /**
     * Reads the text of changes and hands their changed lines out, one by one.
     *
     * @param pathspecs only files that one of these matches, in git's own meaning; all if empty
     * @param sinks receive every added and deleted line, one for each step
     * @return for each step, whether all of it was read
     * @throws IOException if git fails
     */
    public List<Boolean> lines(List<Step> steps, List<String> pathspecs, List<? extends GitReader.LineSink> sinks)
            throws IOException {
        if (steps.isEmpty()) {
            return List.of();
        }
        return git.run(
                pairs(steps),
                stdout -> PatchParser.parseMany(stdout, limits, heads(steps), sinks),
                diffTree(GitReader.TEXT, pathspecs));
    }

    /**
     * Reads a file as it is in several commits.
     *
     * @param commits full object names
     * @param path from the repository's top
     * @return the file by commit
     * @throws IOException if git fails
     */
    public Map<String, Version> versions(List<String> commits, String path) throws IOException {
        GitNames.requireName(path);
        StringBuilder names = new StringBuilder();
        for (String commit : commits) {
            GitNames.requireId(commit);
            names.append(commit).append(':').append(path).append('\n');
        }
        return git.run(
                names.toString(),
                stdout -> {
                    Map<String, Version> byCommit = new HashMap<>();
                    // Mostly the same few texts: each is kept once.
                    Map<String, Version> byObject = new HashMap<>();
                    for (String commit : commits) {
                        BatchParser.Blob blob = BatchParser.next(stdout, GitReader.FILE_LIMIT);
                        byCommit.put(
                                commit,
                                blob == null
                                        ? new Version(null, false)
                                        : byObject.computeIfAbsent(
                                                blob.id(),
                                                id -> new Version(blob.whole() ? blob.text() : null, !blob.whole())));
                    }
                    return byCommit;
                },
                "cat-file",
                "--batch");
    }

    private static List<String> heads(List<Step> steps) {
        return steps.stream().map(Step::head).toList();
    }

    /** A commit and what follows it in a line are taken for a commit and its parents: so a difference has two ends. */
    private static String pairs(List<Step> steps) throws IOException {
        StringBuilder pairs = new StringBuilder();
        for (Step step : steps) {
            GitNames.requireId(step.base());
            GitNames.requireId(step.head());
            pairs.append(step.head()).append(' ').append(step.base()).append('\n');
        }
        return pairs.toString();
    }

    private static String[] diffTree(List<String> options, List<String> pathspecs) {
        List<String> arguments = new ArrayList<>(List.of("diff-tree", "--stdin", "-r", "--always"));
        arguments.addAll(options);
        arguments.add("--");
        arguments.addAll(pathspecs);
        return arguments.toArray(new String[0]);
    }
}
