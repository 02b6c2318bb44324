package io.jenkins.plugins.changegate.engine.delta;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What is fuzzed here, one class each: whatever the bytes, a reader returns something within its limits or throws an
 * {@link IOException}. Jazzer calls the methods by their name; {@code FuzzCorpusTest} without it.
 */
public final class FuzzTargets {

    /** Small, so that they are reached. */
    static final Limits LIMITS = new Limits(20, 20, 20, 2_000, 20_000, Duration.ofMinutes(1));

    private FuzzTargets() {}

    /** {@code git diff --raw --numstat -z}. */
    public static final class Diff {
        private Diff() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            attempt(() -> check(DiffParser.parse(new ByteArrayInputStream(bytes), LIMITS.files())));
        }
    }

    /** {@code git diff-tree --stdin}, of several pairs of commits. */
    public static final class DiffMany {
        private DiffMany() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            List<String> heads = List.of("a".repeat(40), "b".repeat(40));
            attempt(() -> DiffParser.parseMany(new ByteArrayInputStream(bytes), heads, LIMITS.files())
                    .forEach(FuzzTargets::check));
        }
    }

    /** {@code git log}. */
    public static final class Log {
        private Log() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            attempt(() -> {
                LogParser.History history = LogParser.parse(new ByteArrayInputStream(bytes), LIMITS, Set.of());
                require(history.commits().size() <= LIMITS.commits(), "commits");
                require(history.people().size() <= LIMITS.people(), "people");
                DiffParser.Files nothing = new DiffParser.Files(List.of(), Totals.NONE);
                travels(Readings.of("b", "h", nothing, history));
            });
            attempt(() -> LogParser.parseWithParents(new ByteArrayInputStream(bytes), LIMITS));
        }
    }

    /** {@code git log --raw}, of the commits before a change. */
    public static final class Earlier {
        private Earlier() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            attempt(() -> {
                EarlierParser.Earlier earlier = EarlierParser.parse(new ByteArrayInputStream(bytes), Set.of());
                for (EarlierParser.Entry entry : earlier.commits()) {
                    EarlierParser.Undoing undoing = entry.revert();
                    require(undoing == null == entry.paths().isEmpty(), "undoing");
                    if (undoing != null) {
                        int files = undoing.commit().files();
                        require(files == entry.paths().size(), "files");
                        Swaps.Told told = new Swaps.Told(undoing.digest(), files);
                        require(earlier.undoneBy(told).isPresent(), "undone");
                    }
                }
            });
        }
    }

    /** {@code git cat-file --batch}, and the commits in it. */
    public static final class Batch {
        private Batch() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            attempt(() -> {
                ByteArrayInputStream in = new ByteArrayInputStream(bytes);
                while (in.available() > 0) {
                    BatchParser.Blob blob = BatchParser.next(in, LIMITS.message());
                    require(blob == null || blob.text().length() <= LIMITS.message(), "text");
                    if (blob != null) {
                        CommitParser.parse(blob.id(), blob.text());
                    }
                }
            });
        }
    }

    /** {@code git cat-file --batch-check=%(objectsize)}. */
    public static final class Sizes {
        private Sizes() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            int lines = bytes.length == 0 ? 0 : bytes[0] & 7;
            attempt(() -> {
                ByteArrayInputStream in = new ByteArrayInputStream(bytes, 1, bytes.length);
                require(SizeBefore.sum(in, lines) >= 0, "sum");
            });
        }
    }

    /** A commit object. */
    public static final class CommitObject {
        private CommitObject() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            attempt(() -> CommitParser.parse("id", new String(bytes, UTF_8)));
        }
    }

    /** {@code git diff -U0}. */
    public static final class Patch {
        private Patch() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            attempt(() -> PatchParser.parse(new ByteArrayInputStream(bytes), LIMITS, FuzzTargets::line));
            List<String> heads = List.of("a".repeat(40), "b".repeat(40));
            attempt(() -> PatchParser.parseMany(
                    new ByteArrayInputStream(bytes), LIMITS, heads, List.of(FuzzTargets::line, FuzzTargets::line)));
        }
    }

    /** Any unified diff. */
    public static final class Unified {
        private Unified() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            attempt(() -> {
                long[] lines = {0, 0};
                GitReader.LineSink sink = (path, added, number, text) -> {
                    line(path, added, number, text);
                    lines[added ? 1 : 0]++;
                };
                UnifiedDiffParser.Parsed parsed =
                        UnifiedDiffParser.parse(new ByteArrayInputStream(bytes), LIMITS, sink);
                Totals totals = parsed.files().totals();
                check(parsed.files());
                require(!parsed.whole() || totals.deleted() <= lines[0] && totals.added() <= lines[1], "lines");
                require(totals.added() >= 0 && totals.deleted() >= 0, "sums");
                travels(Readings.ofFiles("h", parsed.files().listed(), totals));
            });
        }
    }

    /** What comes back from an agent. */
    public static final class Packed {
        private Packed() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            attempt(() -> DeltaCodec.filesOf(bytes));
            attempt(() -> DeltaCodec.commitsOf(bytes));
            attempt(() -> DeltaCodec.peopleOf(bytes));
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException expected) {
            require(expected.getMessage() != null && !expected.getMessage().isBlank(), "message");
        }
    }

    private static void check(DiffParser.Files files) {
        Totals totals = files.totals();
        require(files.listed().size() <= Math.min(LIMITS.files(), totals.files()), "files");
        require(totals.renamed() <= totals.files(), "renamed");
    }

    private static void line(String path, boolean added, int number, String text) {
        require(text.length() <= LIMITS.message() && number >= 0 && path != null, "line");
    }

    /** Whether a reading that has been on the way from an agent is the same. */
    private static void travels(Reading reading) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(reading);
        }
        require(bytes.size() <= Delta.WIRE_LIMIT, "wire");
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            require(in.readObject().equals(reading), "travels");
        } catch (InvalidObjectException | ClassNotFoundException e) {
            throw new AssertionError(new String(bytes.toByteArray(), ISO_8859_1), e);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
