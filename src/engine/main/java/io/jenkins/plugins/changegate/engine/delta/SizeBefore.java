package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * How large the files of a change were before, all together, in bytes. git knows that of each object without reading
 * it, which is many times faster than counting lines. Read while git counts those of the change. May be used from
 * several threads.
 */
final class SizeBefore {

    private final Git git;
    private volatile Later<Long> size;

    SizeBefore(Git git) {
        this.git = git;
    }

    /**
     * Begins to read, and returns at once.
     *
     * @param contents object names of what the files were before; none for one that is new
     */
    void begin(List<String> contents) {
        Later<Long> begun = new Later<>(() -> read(contents));
        begun.begin();
        size = begun;
    }

    /** Waits for it. Empty if nobody said which files they are, or if git knows one of them not. */
    Optional<Long> join() {
        Later<Long> begun = size;
        try {
            return begun == null ? Optional.empty() : Optional.of(begun.join());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private long read(List<String> contents) throws IOException {
        return contents.isEmpty()
                ? 0
                : git.run(
                        String.join("\n", contents) + "\n",
                        stdout -> sum(stdout, contents.size()),
                        "cat-file",
                        "--batch-check=%(objectsize)",
                        "--buffer");
    }

    /**
     * @param lines how many there have to be
     * @throws IOException if a line is no size, as for an object that is not there, or is missing
     */
    static long sum(InputStream stdout, int lines) throws IOException {
        long sum = 0;
        for (int i = 0; i < lines; i++) {
            String line = BatchParser.line(stdout);
            if (!line.matches("\\d{1,15}")) {
                throw new IOException("Not a size: " + GitNames.abbreviate(line));
            }
            sum += Long.parseLong(line);
        }
        return sum;
    }
}
