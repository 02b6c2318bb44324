package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

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

    /** Longest name of a revision or file that is passed to git. */
    private static final int NAME_LIMIT = 4_096;

    /** Longest file that is read whole, in bytes. */
    static final int FILE_LIMIT = 1 << 20;

    /** How long it is waited for what is no part of the difference: it is not worth more. */
    private static final Duration EARLIER = Duration.ofSeconds(10);

    /** What git is asked of the files of a difference. */
    static final List<String> FILES = List.of(
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            "--ignore-submodules=none",
            "--raw",
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
            requireName(revision);
            requireName(path);
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
                            "There is no commit " + abbreviate(revision)
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
        return read(base, head, shallow, new Later<>(() -> commits(base, head, shallow)), () -> {});
    }

    private Reading read(
            String base,
            String head,
            Later<Set<String>> shallow,
            Later<PackedDelta.FittedHistory> commits,
            Runnable besides) {
        try {
            requireId(base);
            requireId(head);
            return between(base, head, shallow, commits, besides);
        } catch (IOException e) {
            return new Reading(null, List.of(failed(e)));
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
        return lookAndRead(base, head, path, true, () -> {});
    }

    /**
     * The same, with something that is begun as soon as git counts lines, which takes the longest.
     *
     * @param background whether more is asked for than the difference and the commit
     * @param besides should only begin something, as it holds up the reading. Not run if git cannot be started
     */
    public LookAndReading lookAndRead(String base, String head, String path, boolean background, Runnable besides) {
        Later<Look> look = new Later<>(() -> look(base, path));
        Later<Set<String>> shallow = new Later<>(this::shallow);
        Later<PackedDelta.FittedHistory> commits = new Later<>(() -> commits(base, head, shallow));
        Later<EarlierParser.Earlier> earlier = new Later<>(() -> earlier(base, shallow));
        Later<List<SingleCommits.Own>> singly = new Later<>(
                () -> SingleCommits.read(briefly(), commits.join().history().commits(), shallow.join()));
        Reading reading = read(base, head, shallow, commits, () -> {
            besides.run();
            look.begin();
            if (background) {
                earlier.begin();
                singly.begin();
            }
        });
        return new LookAndReading(
                look.begin().join(),
                reading,
                background ? background(reading, known(earlier), known(singly)) : Background.NONE);
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
        requireId(base);
        requireId(head);
        List<String> arguments = new ArrayList<>(List.of("diff"));
        arguments.addAll(FILES);
        arguments.remove("--numstat");
        arguments.addAll(List.of(base, head, "--"));
        DiffParser.Files files =
                git.run("", stdout -> DiffParser.parse(stdout, limits.files()), arguments.toArray(new String[0]));
        return new Delta(base, head, files.listed(), files.totals(), List.of(), List.of());
    }

    private static Background background(
            Reading reading, Optional<EarlierParser.Earlier> earlier, Optional<List<SingleCommits.Own>> commits) {
        Optional<FileHistory> history = earlier.flatMap(known -> reading.delta()
                .flatMap(delta -> FileHistory.of(known, delta, reading.gaps().isEmpty())));
        return new Background(history.orElse(null), SingleCommits.of(commits.orElse(List.of()), earlier));
    }

    /** What is only one more thing to go by makes no gap where it is missing. */
    private static <T> Optional<T> known(Later<T> later) {
        try {
            return Optional.of(later.join());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Git briefly() {
        return new Git(directory, limits.time().compareTo(EARLIER) < 0 ? limits.time() : EARLIER);
    }

    private EarlierParser.Earlier earlier(String base, Later<Set<String>> shallow) throws IOException {
        requireId(base);
        return briefly()
                .run(
                        "",
                        stdout -> EarlierParser.parse(stdout, shallow.join()),
                        "log",
                        "-z",
                        "--raw",
                        "--no-color",
                        "--no-notes",
                        "--no-decorate",
                        "--no-merges",
                        "--no-renames",
                        "--no-ext-diff",
                        "--no-textconv",
                        "--ignore-submodules=none",
                        "--max-count=" + FileHistory.COMMITS,
                        EarlierParser.FORMAT,
                        base,
                        "--");
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
                        "The commit that runs there now, " + abbreviate(base)
                                + ", is not in this clone, which is shallow: fetch with more depth.")
                : new Gap(
                        Gap.Kind.BASE_MISSING,
                        "The commit that runs there now, " + abbreviate(base)
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
        requireId(base);
        requireId(head);
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

    private Reading between(
            String base,
            String head,
            Later<Set<String>> shallow,
            Later<PackedDelta.FittedHistory> history,
            Runnable besides)
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
                        return DiffParser.parse(stdout, limits.files());
                    },
                    arguments.toArray(new String[0]));
        } catch (IOException e) {
            // Where there is no repository at all, this one says so.
            shallow.join();
            throw e;
        }
        return Readings.of(base, head, files, history.join());
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

    static void requireId(String id) throws IOException {
        if (!id.matches("[0-9a-f]{40,64}")) {
            throw new IOException("Not a full object name: " + abbreviate(id));
        }
    }

    static void requireName(String name) throws IOException {
        if (name.isEmpty()
                || name.length() > NAME_LIMIT
                || name.startsWith("-")
                || name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IOException(
                    "Not a name that can be given to git: " + abbreviate(name.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    static String abbreviate(String revision) {
        return revision.matches("[0-9a-f]{40,64}")
                ? revision.substring(0, 12)
                : revision.substring(0, Math.min(revision.length(), 80));
    }

    /** Something that may fail while reading. */
    interface Read<T> {
        T get() throws IOException;
    }

    static <T> CompletableFuture<T> inParallel(Read<T> read) {
        Supplier<T> supplier = () -> {
            try {
                return read.get();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return CompletableFuture.supplyAsync(supplier, task -> Git.daemon(task, "change-gate git log"));
    }

    static <T> T join(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException io) {
                throw io.getCause();
            }
            throw e;
        }
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
