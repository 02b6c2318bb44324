package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a change from a git clone: which files differ, by how much, and who wrote it.
 *
 * <p>The difference is one {@code git diff --raw --numstat -z -M} of the two trees, streamed; the history is one
 * {@code git log base...head}, read at the same time. git itself is the reference for every number. Never throws for
 * something that is merely missing: that is a {@link Gap}.
 *
 * <p>Stateless; may be used from several threads.
 */
public final class GitReader implements ChangedText {

    /** Longest file that is read whole, in bytes. */
    static final int FILE_LIMIT = 1 << 20;

    /** What git is asked of the files of a difference. */
    static final List<String> FILES = List.of(
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            "--ignore-submodules=none",
            "--raw",
            // How short an object's name can be, git would have to look up.
            "--no-abbrev",
            "--numstat",
            "-z",
            "-M");

    /** What git is asked of the text of a difference. */
    static final List<String> TEXT = List.of(
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            "--no-renames",
            "--ignore-submodules=none",
            "--submodule=short",
            "--no-prefix",
            "--text",
            "-U0",
            "--inter-hunk-context=0");

    private final Git git;
    private final Path directory;
    private final Limits limits;

    /**
     * @param directory the clone, or a directory inside it
     * @param limits how much is read at most
     */
    public GitReader(Path directory, Limits limits) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.limits = Objects.requireNonNull(limits, "limits");
        this.git = new Git(directory, limits.time());
    }

    /**
     * What a commit is, and one file as it is in it.
     *
     * @param commit the commit, or {@code null} if there is none
     * @param file the file's text, or {@code null} if the commit has no such file or there is no commit
     * @param gap why there is no commit, or why the file could not be read; {@code null} if neither
     */
    public record Look(Commit commit, String file, Gap gap) implements Serializable {}

    /**
     * Looks at one commit, without touching the work tree, which a build may have changed.
     *
     * @param revision names the commit
     * @param path a file from the repository's top
     */
    public Look look(String revision, String path) {
        try {
            GitNames.requireName(revision);
            GitNames.requireName(path);
            return git.run(
                    revision + "^{commit}\n" + revision + ":" + path + "\n",
                    stdout -> look(revision, path, stdout),
                    "cat-file",
                    "--batch");
        } catch (IOException e) {
            return new Look(null, null, failed(e));
        }
    }

    private Look look(String revision, String path, InputStream stdout) throws IOException {
        BatchParser.Blob commit = BatchParser.next(stdout, limits.message());
        if (commit == null) {
            return new Look(
                    null,
                    null,
                    new Gap(
                            Gap.Kind.HEAD_MISSING,
                            "There is no commit " + GitNames.abbreviate(revision)
                                    + " in this clone: fetch it before the gate."));
        }
        Commit parsed = CommitParser.parse(commit.id(), commit.text());
        BatchParser.Blob file = BatchParser.next(stdout, FILE_LIMIT);
        if (file == null || file.whole()) {
            return new Look(parsed, file == null ? null : file.text(), null);
        }
        Gap gap = new Gap(
                Gap.Kind.POLICY_UNREADABLE, path + " is larger than the " + FILE_LIMIT + " bytes that are read.");
        return new Look(parsed, null, gap);
    }

    /**
     * Reads the change from one commit to another.
     *
     * @param base full object name of the commit that runs in the target now; must be in this clone
     * @param head full object name of the commit about to be deployed; must be in this clone
     * @return the delta, or the gaps that say why there is none; never {@code null}
     */
    public Reading read(String base, String head) {
        Later<Set<String>> shallow = new Later<>(this::shallow);
        return read(base, head, shallow, new Later<>(() -> commits(base, head, shallow)), () -> {}, before -> {})
                .reading();
    }

    /**
     * @param swaps which contents the change puts in the place of which; {@code null} if that is not known
     */
    private record Both(Reading reading, Swaps.Told swaps) {}

    private Both read(
            String base,
            String head,
            Later<Set<String>> shallow,
            Later<PackedDelta.FittedHistory> commits,
            Runnable besides,
            Consumer<List<String>> before) {
        try {
            GitNames.requireId(base);
            GitNames.requireId(head);
            return between(base, head, shallow, commits, besides, before);
        } catch (IOException e) {
            return new Both(new Reading(null, List.of(failed(e))), null);
        }
    }

    /**
     * Looks at a commit, and reads the change from it, its commits one by one, and what happened to its files before, at
     * the same time.
     *
     * @param base full object name of the commit that runs in the target now
     * @param head full object name of the commit about to be deployed; must be in this clone
     * @param path a file from the repository's top
     * @return what base is, and the change if base is in this clone
     */
    public LookAndReading lookAndRead(String base, String head, String path) {
        return lookAndRead(base, head, path, Background.Asked.COMMITS, () -> {});
    }

    /**
     * The same, with something that is begun as soon as git counts lines, which takes the longest.
     *
     * @param background what is asked for besides the difference and the commit
     * @param besides should only begin something, as it holds up the reading. Not run if git cannot be started
     */
    public LookAndReading lookAndRead(
            String base, String head, String path, Background.Asked background, Runnable besides) {
        Later<Look> look = new Later<>(() -> look(base, path));
        Later<Set<String>> shallow = new Later<>(this::shallow);
        Later<PackedDelta.FittedHistory> commits = new Later<>(() -> commits(base, head, shallow));
        BackgroundReader more = new BackgroundReader(background, directory, limits, base, shallow, commits);
        Runnable meanwhile = () -> {
            besides.run();
            look.begin();
            more.begin();
        };
        Both read = read(base, head, shallow, commits, meanwhile, more::before);
        return new LookAndReading(look.begin().join(), read.reading, more.join(read.reading, read.swaps));
    }

    /**
     * Tells which files change, many times faster than how much they do.
     *
     * @param base full object name of a commit in this clone
     * @param head full object name of a commit in this clone
     * @return a change with files and nothing else: no numbers of lines, not even whether a file has any, and nobody
     * @throws IOException if git fails
     */
    public Delta names(String base, String head) throws IOException {
        GitNames.requireId(base);
        GitNames.requireId(head);
        List<String> arguments = new ArrayList<>(List.of("diff"));
        arguments.addAll(FILES);
        arguments.remove("--numstat");
        arguments.addAll(List.of(base, head, "--"));
        DiffParser.Files files =
                git.run("", stdout -> DiffParser.parse(stdout, limits.files()), arguments.toArray(new String[0]));
        return new Delta(base, head, files.listed(), files.totals(), List.of(), List.of());
    }

    /**
     * A commit, and the change from it.
     *
     * @param look the commit
     * @param reading the change
     * @param background what else is known of the change
     */
    public record LookAndReading(Look look, Reading reading, Background background) implements Serializable {}

    /** Returns the gap that a base which is not in this clone makes. */
    public Gap missingBase(String base) {
        boolean shallow;
        try {
            shallow = !shallow().isEmpty();
        } catch (IOException e) {
            shallow = false;
        }
        return shallow
                ? new Gap(
                        Gap.Kind.SHALLOW,
                        "The commit that runs there now, " + GitNames.abbreviate(base)
                                + ", is not in this clone, which is shallow: fetch with more depth.")
                : new Gap(
                        Gap.Kind.BASE_MISSING,
                        "The commit that runs there now, " + GitNames.abbreviate(base)
                                + ", is not in this clone: fetch the branch it is on, or see whether history was rewritten.");
    }

    @Override
    public boolean lines(Delta delta, List<String> pathspecs, LineSink lines) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("diff"));
        arguments.addAll(TEXT);
        arguments.addAll(List.of(delta.base(), delta.head(), "--"));
        arguments.addAll(pathspecs);
        return git.run("", stdout -> PatchParser.parse(stdout, limits, lines), arguments.toArray(new String[0]));
    }

    /** Returns what reads whole files of this clone. */
    public GitFiles files() {
        return new GitFiles(git);
    }

    private PackedDelta.FittedHistory commits(String base, String head, Later<Set<String>> shallow) throws IOException {
        GitNames.requireId(base);
        GitNames.requireId(head);
        return git.run(
                "",
                stdout -> PackedDelta.FittedHistory.of(LogParser.parse(stdout, limits, shallow.join())),
                "log",
                "-z",
                "--no-color",
                "--no-notes",
                "--no-decorate",
                "--left-right",
                LogParser.FORMAT,
                base + "..." + head,
                "--");
    }

    private Both between(
            String base,
            String head,
            Later<Set<String>> shallow,
            Later<PackedDelta.FittedHistory> history,
            Runnable besides,
            Consumer<List<String>> before)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of("diff"));
        arguments.addAll(FILES);
        arguments.addAll(List.of(base, head, "--"));
        DiffParser.Files files;
        try {
            files = git.run(
                    "",
                    stdout -> {
                        shallow.begin();
                        history.begin();
                        besides.run();
                        return DiffParser.parse(stdout, limits.files(), before);
                    },
                    arguments.toArray(new String[0]));
        } catch (IOException e) {
            // Where there is no repository at all, this one says so.
            shallow.join();
            throw e;
        }
        return new Both(Readings.of(base, head, files, history.join()), files.swaps());
    }

    private Gap failed(IOException e) {
        if (!Files.isDirectory(directory)) {
            return new Gap(Gap.Kind.NO_REPOSITORY, "There is no directory " + directory + " on this machine.");
        }
        if (e instanceof Git.GitException git && git.notStarted()) {
            return new Gap(
                    Gap.Kind.NO_GIT,
                    "There is no git on this machine: install it, or put it on the PATH of the agent.");
        }
        String message = String.valueOf(e.getMessage());
        return message.contains("not a git repository")
                ? new Gap(
                        Gap.Kind.NO_REPOSITORY,
                        "There is no git repository here: run the gate in the directory that was checked out.")
                : new Gap(Gap.Kind.GIT_FAILED, message);
    }

    /** Returns the commits at which this clone ends; empty if it is not shallow. */
    Set<String> shallow() throws IOException {
        Path own = directory.resolve(".git");
        Path path = Files.isDirectory(own) ? own.resolve("shallow") : shallowOfWorkTree();
        return Files.isRegularFile(path) ? new HashSet<>(Files.readAllLines(path)) : Set.of();
    }

    private Path shallowOfWorkTree() throws IOException {
        String file = git.run(
                "",
                stdout -> new String(stdout.readAllBytes(), StandardCharsets.UTF_8),
                "rev-parse",
                "--git-path",
                "shallow");
        return directory.resolve(file.strip());
    }

    /** Receives the changed lines of a text diff. */
    @FunctionalInterface
    public interface LineSink {
        /**
         * @param path the file at head, or at base for a deleted one
         * @param added true for an added line, false for a deleted one
         * @param number its line number, from 1, at head for an added line, else at base
         * @param text the line without its end, cut at {@link Limits#message()} bytes
         */
        void line(String path, boolean added, int number, String text);
    }
}
