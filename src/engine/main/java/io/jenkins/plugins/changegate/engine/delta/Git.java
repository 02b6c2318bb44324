package io.jenkins.plugins.changegate.engine.delta;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs git processes in one directory, safely: no shell, no pager, no prompt, no external diff, no lazy fetch, and
 * none of the caller's {@code GIT_*} variables, which could point git at another repository.
 *
 * <p>Stateless; may be used from several threads.
 */
final class Git {

    /** Longest excerpt of git's own error text that is kept, in bytes. */
    private static final int ERROR_LIMIT = 2_000;

    /** So much can be written to any process before it reads, in characters: less than the smallest pipe holds. */
    private static final int PIPE = 1_000;

    /**
     * In bytes: has glibc keep the memory of one file for the next. Otherwise it gives it back and asks for it again, for
     * each file, which is up to a sixth of git's time (docs/performance.md). Other C libraries do not look at these.
     */
    private static final Map<String, String> MEMORY = Map.of(
            "MALLOC_TOP_PAD_", String.valueOf(16 << 20),
            "MALLOC_TRIM_THRESHOLD_", String.valueOf(256 << 20),
            "MALLOC_MMAP_THRESHOLD_", String.valueOf(32 << 20));

    private final Path directory;
    private final Duration time;

    Git(Path directory, Duration time) {
        this.directory = directory;
        this.time = time;
    }

    /** What reads a process' standard output. */
    @FunctionalInterface
    interface Output<T> {
        T read(InputStream stdout) throws IOException;
    }

    /** git ended with an error, or could not be started at all. */
    static final class GitException extends IOException {
        private static final long serialVersionUID = 1L;
        private final boolean notStarted;

        GitException(String message, boolean notStarted) {
            super(message);
            this.notStarted = notStarted;
        }

        boolean notStarted() {
            return notStarted;
        }
    }

    /**
     * Runs git to its end.
     *
     * @param input what git reads on standard input; may be empty
     * @throws GitException if git cannot be started, takes too long, or exits with anything but 0
     * @throws IOException if its output cannot be read
     */
    <T> T run(String input, Output<T> output, String... arguments) throws IOException {
        Process process = start(arguments);
        CompletableFuture<String> errors = CompletableFuture.supplyAsync(
                () -> excerpt(process.getErrorStream()), task -> daemon(task, "change-gate git errors"));
        CompletableFuture<Boolean> tooLong = CompletableFuture.supplyAsync(
                () -> process.isAlive() && process.destroyForcibly() != null,
                CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS));
        try {
            if (input.length() <= PIPE) {
                write(process, input);
            } else {
                // git answers while it reads, and would wait for somebody to read the answer.
                daemon(() -> write(process, input), "change-gate git input");
            }
            T result = null;
            IOException unreadable = null;
            try (InputStream stdout = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
                result = output.read(stdout);
                stdout.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                unreadable = e;
            }
            int status = process.waitFor();
            if (tooLong.isDone()) {
                throw new GitException("git " + arguments[0] + " took longer than " + time.toSeconds() + " s", false);
            }
            if (status != 0) {
                throw new GitException(
                        "git " + arguments[0] + " ended with status " + status + ": " + errors.join(), false);
            }
            if (unreadable != null) {
                throw unreadable;
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while git was running", e);
        } finally {
            tooLong.cancel(false);
            process.destroyForcibly();
        }
    }

    private Process start(String... arguments) throws GitException {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "--no-pager",
                "-c",
                "core.quotePath=false",
                "-c",
                "core.fsmonitor=false",
                "-c",
                "diff.relative=false",
                "-c",
                "log.showSignature=false",
                "-c",
                "i18n.logOutputEncoding=UTF-8"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_OPTIONAL_LOCKS", "0");
        environment.put("GIT_NO_LAZY_FETCH", "1");
        // A replacement ref would show another commit than the one that is deployed.
        environment.put("GIT_NO_REPLACE_OBJECTS", "1");
        environment.put("LC_ALL", "C");
        environment.putAll(MEMORY);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new GitException("git could not be started: " + e.getMessage(), true);
        }
    }

    private static void write(Process process, String input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ignored) {
            // git ended before it read everything; its exit status says why
        }
    }

    /** Whether this is the full name of an object: SHA-1 or SHA-256, in lower case. */
    static boolean isObjectName(String text) {
        return text.length() >= 40
                && text.length() <= 64
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    private static String excerpt(InputStream stderr) {
        try (stderr) {
            String text = new String(stderr.readNBytes(ERROR_LIMIT), StandardCharsets.UTF_8);
            stderr.transferTo(OutputStream.nullOutputStream());
            return text.strip();
        } catch (IOException e) {
            return "";
        }
    }

    static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
