package io.jenkins.plugins.changegate.engine.path;

import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.assess.GitRepository;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the gate with git itself on ranges of a real repository: the same files, renames and line counts as
 * {@code git diff --numstat -M}, and how long a whole assessment takes beside that one command, in turn and in the same
 * run. A program, not a test: {@code CompareWithGit REPOSITORY BASE HEAD [BASE HEAD ...]}.
 */
public final class CompareWithGit {

    private static final int ROUNDS = 15;

    /** Java compiles what it runs often while it runs, on the cores that git needs. */
    private static final int WARM_UP = 60;

    /** What a model that was not learnt yet goes by, and what a learnt one does, is read by the gate in Jenkins. */
    private static final Background.Asked[] ASKED = Background.Asked.values();

    private static final PrintStream OUT = System.out;

    private final Path repository;
    private final Assessor assessor;

    private CompareWithGit(Path repository) {
        this.repository = repository;
        PolicyReader reader = new PolicyReader();
        this.assessor = new Assessor(reader, List.of(reader.builtIn()), List.of());
    }

    /** Exits with 1 if a number differs; times are only reported. */
    public static void main(String[] arguments) throws Exception {
        CompareWithGit compare = new CompareWithGit(Path.of(arguments[0]));
        OUT.println("range | files | renamed | + | - | equal | git ms | assessment ms | ratio"
                + " | with the files' history ms | ratio | and single commits ms | ratio");
        boolean equal = true;
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            equal &= compare.range(arguments[i], arguments[i + 1]);
        }
        System.exit(equal ? 0 : 1);
    }

    private boolean range(String base, String head) throws Exception {
        Delta delta =
                assess(base, head, Background.Asked.NOTHING).reading().delta().orElseThrow();
        // The gate is given full object names by its records; git is given the same.
        String from = delta.base();
        String to = delta.head();
        boolean equal = numbers(delta).equals(numstat(from, to));
        double[] git = new double[ROUNDS];
        double[][] gate = new double[ASKED.length][ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long start = System.nanoTime();
            numstatOutput(from, to);
            long end = System.nanoTime();
            if (round >= 0) {
                git[round] = (end - start) / 1e6;
            }
            for (int i = 0; i < ASKED.length; i++) {
                start = System.nanoTime();
                assess(from, to, ASKED[i]);
                end = System.nanoTime();
                if (round >= 0) {
                    gate[i][round] = (end - start) / 1e6;
                }
            }
        }
        OUT.printf(
                "%.12s..%.12s | %d | %d | %d | %d | %s | %.1f",
                delta.base(),
                delta.head(),
                delta.totals().files(),
                delta.totals().renamed(),
                delta.totals().added(),
                delta.totals().deleted(),
                equal,
                median(git));
        for (double[] times : gate) {
            OUT.printf(" | %.1f | %.2f", median(times), median(times) / median(git));
        }
        OUT.println();
        return equal;
    }

    private Assessor.Assessed assess(String base, String head, Background.Asked asked) throws IOException {
        Assessor.Request request =
                new Assessor.Request(Optional.empty(), "service", "production", head, Assessor.POLICY_FILE);
        return assessor.assess(new GitRepository(repository), request, new Assessor.Live() {
            @Override
            public Assessor.Base of(String service) {
                return new Assessor.Base(Optional.of(base), List.of());
            }

            @Override
            public Background.Asked asksBackground(String service) {
                return asked;
            }
        });
    }

    private static Map<String, String> numbers(Delta delta) {
        Map<String, String> numbers = new LinkedHashMap<>();
        for (FileChange file : delta.files()) {
            String lines = file.binary() ? "- -" : file.added() + " " + file.deleted();
            boolean renamed = file.status() == FileChange.Status.RENAMED;
            numbers.put(file.path(), lines + (renamed ? " from " + file.oldPath() : ""));
        }
        return numbers;
    }

    private Map<String, String> numstat(String base, String head) throws Exception {
        Map<String, String> numbers = new LinkedHashMap<>();
        String[] tokens = new String(numstatOutput(base, head), StandardCharsets.UTF_8).split("\0");
        for (int i = 0; i < tokens.length && !tokens[i].isEmpty(); i++) {
            String[] fields = tokens[i].split("\t", 3);
            String lines = fields[0] + " " + fields[1];
            if (fields[2].isEmpty()) {
                numbers.put(tokens[i + 2], lines + " from " + tokens[i + 1]);
                i += 2;
            } else {
                numbers.put(fields[2], lines);
            }
        }
        return numbers;
    }

    private byte[] numstatOutput(String base, String head) throws Exception {
        Process process = new ProcessBuilder("git", "diff", "--numstat", "-M", "-z", base, head)
                .directory(repository.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream output = process.getInputStream()) {
            byte[] bytes = output.readAllBytes();
            if (process.waitFor() != 0) {
                throw new IOException("git diff failed");
            }
            return bytes;
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
