package io.jenkins.plugins.changegate.engine.path;

import io.jenkins.plugins.changegate.engine.delta.FileChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The paths of a change, before and after it, prepared for many patterns. Remembers what each pattern found; not
 * thread-safe.
 */
public final class ChangedPaths {

    /** With fewer paths than this, looking at each is faster than preparing anything. */
    private static final int FEW = 64;

    /** Bytes of all paths together beyond which preparing would take too much memory: four bytes for each of them. */
    private static final long MANY_BYTES = 8L << 20;

    private final List<FileChange> files;

    /** All paths, each file's together, in the files' order. */
    private final List<byte[]> paths = new ArrayList<>();

    /** The number of the file that each path is of. */
    private final int[] fileOf;

    /** The paths in which a pattern's own characters are, which a pattern may match by being written the same. */
    private final int[] odd;

    private final Map<String, PathPattern> patterns = new HashMap<>();
    private final Map<String, List<Integer>> found = new HashMap<>();
    private final int most;
    private final long bytes;
    private Trigrams trigrams;

    /**
     * @param files what changes; of those that are equal, one counts
     * @param most how many files are found for a pattern at most
     */
    public ChangedPaths(List<FileChange> files, int most) {
        this.files = List.copyOf(new LinkedHashSet<>(files));
        this.most = most;
        IntStream.Builder owners = IntStream.builder();
        for (int i = 0; i < this.files.size(); i++) {
            FileChange file = this.files.get(i);
            paths.add(PathPattern.bytes(file.path()));
            owners.add(i);
            if (file.oldPath() != null) {
                paths.add(PathPattern.bytes(file.oldPath()));
                owners.add(i);
            }
        }
        fileOf = owners.build().toArray();
        bytes = paths.stream().mapToLong(path -> path.length).sum();
        odd = IntStream.range(0, paths.size())
                .filter(i -> GlobParser.plain(paths.get(i)) < paths.get(i).length)
                .toArray();
    }

    /** Returns the files, each once. */
    public List<FileChange> files() {
        return files;
    }

    /**
     * Returns the first files, in their order, that have a path which one of the patterns matches.
     *
     * @throws IllegalArgumentException if one is no pattern
     */
    public List<FileChange> touched(List<String> globs) {
        TreeSet<Integer> all = new TreeSet<>();
        for (String glob : globs) {
            List<Integer> known = found.get(glob);
            if (known == null) {
                known = find(pattern(glob));
                found.put(glob, known);
            }
            all.addAll(known);
        }
        return all.stream().limit(most).map(files::get).toList();
    }

    /**
     * Whether one of the patterns at least matches every path.
     *
     * @throws IllegalArgumentException if one is no pattern
     */
    public boolean areAllMatched(List<String> globs) {
        List<PathPattern> any = globs.stream().map(this::pattern).toList();
        return IntStream.range(0, paths.size()).allMatch(i -> any.stream().anyMatch(pattern -> matches(pattern, i)));
    }

    private PathPattern pattern(String glob) {
        return patterns.computeIfAbsent(glob, PathPattern::new);
    }

    private boolean matches(PathPattern pattern, int path) {
        return pattern.matches(paths.get(path), files.get(fileOf[path]).submodule());
    }

    private List<Integer> find(PathPattern pattern) {
        return candidates(pattern)
                .filter(path -> matches(pattern, path))
                .map(path -> fileOf[path])
                .distinct()
                .limit(most)
                .boxed()
                .toList();
    }

    /** Returns, rising, which paths the pattern may match. */
    private IntStream candidates(PathPattern pattern) {
        int[] likely =
                paths.size() < FEW || bytes > MANY_BYTES ? null : trigrams().mayContain(pattern.pieces());
        if (likely == null) {
            return IntStream.range(0, paths.size());
        }
        return odd.length == 0
                ? Arrays.stream(likely)
                : IntStream.concat(Arrays.stream(likely), Arrays.stream(odd))
                        .sorted()
                        .distinct();
    }

    private Trigrams trigrams() {
        if (trigrams == null) {
            trigrams = new Trigrams(paths.stream().map(ChangedPaths::bordered).toList());
        }
        return trigrams;
    }

    /** Returns a path as {@link PathPattern#pieces} sees it. */
    private static byte[] bordered(byte[] path) {
        byte[] text = new byte[path.length + 2];
        text[0] = '/';
        System.arraycopy(path, 0, text, 1, path.length);
        return text;
    }
}
