package io.jenkins.plugins.changegate.engine.benchmark;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import io.jenkins.plugins.changegate.engine.delta.Limits;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Two commits of a clone. */
@State(Scope.Benchmark)
public class Range {

    /** The clone's directory. */
    @Param("")
    public String repository;

    /** The commit that runs. */
    @Param("")
    public String base;

    /** The commit about to be deployed. */
    @Param("")
    public String head;

    /** What changes, as the gate reads it. */
    Delta delta;

    @Setup(Level.Trial)
    public void resolve() throws IOException, InterruptedException {
        // What is not given comes as the name of Maven's property.
        if (Stream.of(repository, base, head).anyMatch(given -> given.isEmpty() || given.startsWith("$"))) {
            throw new IllegalArgumentException("Give -Dbenchmark.repo, -Dbenchmark.base and -Dbenchmark.head");
        }
        base = text("rev-parse", "--verify", base + "^{commit}");
        head = text("rev-parse", "--verify", head + "^{commit}");
        delta = reader().read(base, head).delta().orElseThrow();
        System.out.printf(
                "%n# %s: %d files, +%d -%d, %d commits%n",
                new File(repository).getName(),
                delta.totals().files(),
                delta.totals().added(),
                delta.totals().deleted(),
                delta.commits().size());
    }

    File directory() {
        return new File(repository);
    }

    GitReader reader() {
        return new GitReader(directory().toPath(), Limits.DEFAULT);
    }

    private String text(String... arguments) throws IOException, InterruptedException {
        return new String(run(arguments), StandardCharsets.UTF_8).strip();
    }

    /** Runs git and returns all that it prints; fails if git does. */
    byte[] run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream out = git.getInputStream()) {
            byte[] printed = out.readAllBytes();
            if (git.waitFor() != 0) {
                throw new IOException("git failed: " + command);
            }
            return printed;
        }
    }
}
