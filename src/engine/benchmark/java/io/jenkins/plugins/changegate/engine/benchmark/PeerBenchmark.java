package io.jenkins.plugins.changegate.engine.benchmark;

import com.github.difflib.DiffUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.io.DisabledOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What two libraries take to count the lines of the same range, in the same process as the assessment. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class PeerBenchmark {

    /** The clone as JGit sees it, and the text of both sides of each file that is text. */
    @State(Scope.Benchmark)
    public static class Opened {

        private Repository repository;
        private List<List<List<String>>> texts;

        @Setup(Level.Trial)
        public void open(Range range) throws IOException {
            repository = new FileRepositoryBuilder()
                    .readEnvironment()
                    .setGitDir(range.directory())
                    .build();
            if (!repository.getObjectDatabase().exists()) {
                repository = new FileRepositoryBuilder()
                        .findGitDir(range.directory())
                        .build();
            }
            texts = new ArrayList<>();
            try (DiffFormatter formatter = formatter()) {
                for (DiffEntry entry :
                        formatter.scan(ObjectId.fromString(range.base), ObjectId.fromString(range.head))) {
                    byte[] before = bytes(entry.getOldMode(), entry.getOldId());
                    byte[] after = bytes(entry.getNewMode(), entry.getNewId());
                    if (!RawText.isBinary(before) && !RawText.isBinary(after)) {
                        texts.add(List.of(lines(before), lines(after)));
                    }
                }
            }
        }

        @TearDown(Level.Trial)
        public void close() {
            repository.close();
        }

        private DiffFormatter formatter() {
            DiffFormatter formatter = new DiffFormatter(DisabledOutputStream.INSTANCE);
            formatter.setRepository(repository);
            formatter.setDetectRenames(true);
            return formatter;
        }

        private byte[] bytes(FileMode mode, AbbreviatedObjectId id) throws IOException {
            return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE)
                    ? repository.open(id.toObjectId()).getBytes()
                    : new byte[0];
        }

        private static List<String> lines(byte[] text) {
            return new String(text, StandardCharsets.ISO_8859_1).lines().toList();
        }
    }

    /** Files, renames, and lines added and deleted of each. */
    @Benchmark
    public long jgit(Range range, Opened opened) throws IOException {
        long lines = 0;
        try (DiffFormatter formatter = opened.formatter()) {
            for (DiffEntry entry : formatter.scan(ObjectId.fromString(range.base), ObjectId.fromString(range.head))) {
                for (Edit edit : formatter.toFileHeader(entry).toEditList()) {
                    lines += edit.getLengthA() + edit.getLengthB();
                }
            }
        }
        return lines;
    }

    /** The lines only: files and text are at hand already, renames are known. */
    @Benchmark
    public long javaDiffUtils(Opened opened) {
        long lines = 0;
        for (List<List<String>> text : opened.texts) {
            lines += DiffUtils.diff(text.get(0), text.get(1)).getDeltas().stream()
                    .mapToLong(part -> part.getSource().size() + part.getTarget().size())
                    .sum();
        }
        return lines;
    }
}
