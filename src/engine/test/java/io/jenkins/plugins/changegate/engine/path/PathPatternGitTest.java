package io.jenkins.plugins.changegate.engine.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A path pattern matches what {@code git ls-files ':(top,glob)PATTERN'} lists, and nothing else. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs sh and xargs, to give git any byte as an argument")
class PathPatternGitTest {

    private static final long SEED = Long.getLong("changegate.paths.seed", 20_261_123);
    private static final String NO_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
    private static final Set<String> SUBMODULES = Set.of("mod", "deep/mod", "mod*", "[mod]", "a mod", "moδ");

    /** Prints an empty name after each pattern's answer; git refusing a pattern would end it all. */
    private static final String ASK = "git -c core.ignoreCase=false ls-files -z -- \"$1\" || exit 255; printf '\\0'";

    @TempDir
    private Path directory;

    @Test
    void everyPatternMatchesWhatGitLists() throws Exception {
        HostilePaths hostile = new HostilePaths(SEED);
        List<Set<String>> trees = trees(Stream.concat(SUBMODULES.stream().sorted(), hostile.paths().stream())
                .distinct()
                .toList());
        List<String> paths = trees.stream().flatMap(Set::stream).toList();
        List<String> patterns = hostile.patterns(paths);
        TestRepository.in(directory);
        List<Set<String>> listed = patterns.stream()
                .map(pattern -> (Set<String>) new HashSet<String>())
                .toList();
        for (Set<String> tree : trees) {
            List<List<String>> answers = ask(tree, patterns);
            for (int i = 0; i < patterns.size(); i++) {
                listed.get(i).addAll(answers.get(i));
            }
        }
        int none = 0;
        List<String> different = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            String pattern = patterns.get(i);
            Set<String> git = listed.get(i);
            Set<String> ours;
            try {
                PathPattern compiled = new PathPattern(pattern);
                ours = paths.stream()
                        .filter(path -> compiled.matches(PathPattern.bytes(path), SUBMODULES.contains(path)))
                        .collect(Collectors.toSet());
            } catch (IllegalArgumentException e) {
                none++;
                if (isRefusedThoughGitMatches(e.getMessage())) {
                    continue;
                }
                // To git it is one that matches nothing but what is written the same.
                ours = git.stream().filter(path -> isWritten(path, pattern)).collect(Collectors.toSet());
            }
            if (!ours.equals(git)) {
                different.add(difference(pattern, ours, git));
            }
        }
        int matches = listed.stream().mapToInt(Set::size).sum();
        System.out.println("Seed: " + SEED + "; " + paths.size() + " paths in " + trees.size() + " trees, "
                + patterns.size() + " patterns, " + none + " of them refused, " + matches + " matches, "
                + different.size() + " patterns differ from git");
        assertThat(different).isEmpty();
        assertThat(paths).hasSizeGreaterThan(600);
        assertThat(patterns).hasSizeGreaterThan(900);
        assertThat(none).isBetween(100, 400);
        assertThat(matches).isGreaterThan(8_000);
    }

    /** What git obeys to the letter but nobody can have meant. */
    private static boolean isRefusedThoughGitMatches(String message) {
        return message.contains("begins after its end")
                || message.contains("only ASCII")
                || message.contains("is empty");
    }

    private static boolean isWritten(String path, String pattern) {
        return (path + "/").startsWith(pattern.endsWith("/") ? pattern : pattern + "/");
    }

    private static String difference(String pattern, Set<String> ours, Set<String> git) {
        Set<String> more = new LinkedHashSet<>(ours);
        more.removeAll(git);
        Set<String> fewer = new LinkedHashSet<>(git);
        fewer.removeAll(ours);
        return "'" + pattern + "' matches also " + more + " and not " + fewer;
    }

    /** Distributes paths to two trees, so that in neither a file is where another path needs a directory. */
    private static List<Set<String>> trees(List<String> paths) {
        List<Set<String>> trees = List.of(new LinkedHashSet<>(), new LinkedHashSet<>());
        List<Set<String>> directories = List.of(new HashSet<>(), new HashSet<>());
        for (String path : paths) {
            Set<String> above = new HashSet<>();
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                above.add(path.substring(0, slash));
            }
            int tree = 0;
            while (tree < trees.size()
                    && (directories.get(tree).contains(path) || above.stream().anyMatch(trees.get(tree)::contains))) {
                tree++;
            }
            if (tree < trees.size()) {
                trees.get(tree).add(path);
                directories.get(tree).addAll(above);
            }
        }
        return trees;
    }

    /** Returns what git lists of an index with these paths, for each pattern. */
    private List<List<String>> ask(Set<String> tree, List<String> patterns) throws Exception {
        Files.deleteIfExists(directory.resolve(".git/index"));
        String entries = tree.stream()
                .map(path -> (SUBMODULES.contains(path) ? "160000 " : "100644 ") + NO_BLOB + "\t" + path + "\0")
                .collect(Collectors.joining());
        run(
                entries,
                "git",
                "-c",
                "core.protectNTFS=false",
                "-c",
                "core.protectHFS=false",
                "update-index",
                "-z",
                "--index-info");
        assertThat(run("", "git", "ls-files", "-z").split("\0")).containsExactlyInAnyOrderElementsOf(tree);
        String pathspecs =
                patterns.stream().map(pattern -> ":(top,glob)" + pattern + "\0").collect(Collectors.joining());
        List<List<String>> answers = new ArrayList<>(List.of(new ArrayList<>()));
        for (String name :
                run(pathspecs, "xargs", "-0", "-n", "1", "sh", "-c", ASK, "ask").split("\0", -1)) {
            if (name.isEmpty()) {
                answers.add(new ArrayList<>());
            } else {
                answers.get(answers.size() - 1).add(name);
            }
        }
        // What follows the last answer's end is an empty name, which ends one more.
        assertThat(answers).hasSize(patterns.size() + 2);
        return answers;
    }

    private String run(String input, String... command) throws IOException, InterruptedException {
        Path stdin = Files.writeString(directory.resolve("input"), input, StandardCharsets.UTF_8);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(stdin.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        Process process = builder.start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(Arrays.toString(command)).isZero();
        return new String(output, StandardCharsets.UTF_8);
    }
}
