package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A real git repository for tests, made by git itself, the same one each time: people and dates are fixed, and nobody's
 * configuration is read. Failures are {@link AssertionError}s.
 */
public final class TestRepository {

    /** Who writes, unless a test says otherwise. */
    public static final Person AUTHOR = new Person("Ada Author", "ada@example.org");

    /** Who commits. */
    public static final Person COMMITTER = new Person("Carl Committer", "carl@example.org");

    private final Path directory;
    private long seconds = 1_700_000_000L;

    private TestRepository(Path directory) {
        this.directory = directory;
    }

    /** Makes an empty repository; the directory is made if it is missing. */
    public static TestRepository in(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestRepository repository = new TestRepository(directory);
        repository.git("init", "-q", "-b", "main");
        return repository;
    }

    /** Makes a shallow clone of a repository. */
    public static TestRepository shallowCloneOf(TestRepository origin, int depth, Path directory) {
        origin.git(
                "clone",
                "-q",
                "--depth",
                String.valueOf(depth),
                "file://" + origin.directory.toAbsolutePath(),
                directory.toAbsolutePath().toString());
        return new TestRepository(directory);
    }

    /** Returns the work tree. */
    public Path directory() {
        return directory;
    }

    /** Returns a reader of this repository. */
    public GitReader reader() {
        return new GitReader(directory, Limits.DEFAULT);
    }

    /** Writes a file, and makes the directories it is in. */
    public TestRepository write(String path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file, and makes the directories it is in. */
    public TestRepository write(String path, byte[] bytes) {
        Path file = directory.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Moves a file, and makes the directories it goes to. */
    public TestRepository rename(String from, String to) {
        Path target = directory.resolve(to);
        try {
            Files.createDirectories(target.getParent());
            Files.move(directory.resolve(from), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Deletes a file. */
    public TestRepository delete(String path) {
        try {
            Files.delete(directory.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Makes a symbolic link. */
    public TestRepository link(String path, String target) {
        try {
            Files.createDirectories(directory.resolve(path).getParent());
            Files.createSymbolicLink(directory.resolve(path), Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Commits everything in the work tree and returns the commit's id. */
    public String commit(String message) {
        return commit(message, AUTHOR);
    }

    /** Commits everything in the work tree and returns the commit's id. */
    public String commit(String message, Person author) {
        git("add", "-A");
        return commitIndex(message, author);
    }

    /** Commits what is in the index and returns the commit's id. */
    public String commitIndex(String message, Person author) {
        run(
                message,
                Map.of("GIT_AUTHOR_NAME", author.name(), "GIT_AUTHOR_EMAIL", author.email()),
                "commit",
                "-q",
                "--allow-empty",
                "--cleanup=verbatim",
                "-F",
                "-");
        return head();
    }

    /** Puts a submodule into the index, as moved to this commit, and commits it. */
    public String commitSubmodule(String path, String commit) {
        git("update-index", "--add", "--cacheinfo", "160000," + commit + "," + path);
        return commitIndex("Move the submodule", AUTHOR);
    }

    /**
     * Puts a file into the index only, so that its name needn't be one that this machine's file system or locale can
     * write; commit it with {@link #commitIndex}.
     *
     * @param mode {@code 100644}, {@code 100755} or {@code 120000}
     */
    public TestRepository put(String path, String mode, String text) {
        String blob = run(text, Map.of(), "hash-object", "-w", "--stdin").strip();
        run(mode + " " + blob + "\t" + path + "\0", Map.of(), "update-index", "-z", "--index-info");
        return this;
    }

    /** Writes a commit object as it stands, whatever git itself would think of it, and returns its id. */
    public String rawCommit(String text) {
        return run(text, Map.of(), "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
                .strip();
    }

    /** Returns the id of the commit that is checked out. */
    public String head() {
        return git("rev-parse", "HEAD").strip();
    }

    /** Runs git, which must succeed, and returns what it prints. */
    public String git(String... arguments) {
        return run("", Map.of(), arguments);
    }

    private String run(String input, Map<String, String> variables, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "core.quotePath=false"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_AUTHOR_NAME", AUTHOR.name());
        environment.put("GIT_AUTHOR_EMAIL", AUTHOR.email());
        environment.put("GIT_COMMITTER_NAME", COMMITTER.name());
        environment.put("GIT_COMMITTER_EMAIL", COMMITTER.email());
        String date = seconds++ + " +0000";
        environment.put("GIT_AUTHOR_DATE", date);
        environment.put("GIT_COMMITTER_DATE", date);
        environment.put("LC_ALL", "C.UTF-8");
        environment.putAll(variables);
        try {
            Process process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
