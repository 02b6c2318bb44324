package io.jenkins.plugins.changegate.engine.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many patterns over many paths find what each pattern finds in each path. */
class ChangedPathsTest {

    private static final long SEED = 4_711;
    private static final int MOST = 5;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 2_000})
    void patternsFindWhatEachOfThemMatches(int size) {
        System.out.println("Seed: " + SEED);
        HostilePaths hostile = new HostilePaths(SEED);
        List<String> names = hostile.paths();
        List<FileChange> files = files(size, names, new Random(SEED));
        ChangedPaths paths = new ChangedPaths(files, MOST);
        int found = 0;
        for (String glob : hostile.patterns(names)) {
            try {
                PathPattern pattern = new PathPattern(glob);
                List<FileChange> expected = files.stream()
                        .filter(file -> matches(pattern, file.path(), file)
                                || file.oldPath() != null && matches(pattern, file.oldPath(), file))
                        .limit(MOST)
                        .toList();
                assertThat(paths.touched(List.of(glob))).as(glob).isEqualTo(expected);
                found += expected.isEmpty() ? 0 : 1;
            } catch (IllegalArgumentException e) {
                // no pattern
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(Math.min(size, 200));
    }

    private static boolean matches(PathPattern pattern, String path, FileChange file) {
        return pattern.matches(PathPattern.bytes(path), file.submodule());
    }

    private static List<FileChange> files(int size, List<String> names, Random random) {
        List<FileChange> files = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String path = names.get(random.nextInt(names.size())) + (i < names.size() ? "" : "/" + i);
            String old = random.nextInt(4) == 0 ? names.get(random.nextInt(names.size())) : null;
            files.add(new FileChange(path, old, Status.MODIFIED, i, 1, false, random.nextInt(9) == 0, false, false));
        }
        return files;
    }

    @Test
    void severalPatternsFindTheFirstFilesOfAll() {
        List<FileChange> files = IntStream.range(0, 300)
                .mapToObj(i -> file("d" + i % 3 + "/f" + i + (i % 2 == 0 ? ".sql" : ".txt")))
                .toList();
        ChangedPaths paths = new ChangedPaths(files, MOST);
        assertThat(paths.touched(List.of("**/*.sql", "d1/**")))
                .extracting(FileChange::path)
                .containsExactly("d0/f0.sql", "d1/f1.txt", "d2/f2.sql", "d1/f4.sql", "d0/f6.sql");
        assertThat(paths.touched(List.of("**/*.sql", "d1/**"))).hasSize(MOST);
        assertThat(paths.touched(List.of("**/*.md"))).isEmpty();
        assertThat(paths.areAllMatched(List.of("**/*.sql", "d1/**"))).isFalse();
        assertThat(paths.areAllMatched(List.of("**/*.sql", "**/*.txt"))).isTrue();
    }

    @Test
    void whatIsNoPatternIsNeverTakenForOneThatMatchesNothing() {
        ChangedPaths none = new ChangedPaths(List.of(), MOST);
        assertThatThrownBy(() -> none.touched(List.of("a", "["))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> none.areAllMatched(List.of("a", "["))).isInstanceOf(IllegalArgumentException.class);
    }

    private static FileChange file(String path) {
        return new FileChange(path, null, Status.MODIFIED, 1, 1, false, false, false, false);
    }
}
