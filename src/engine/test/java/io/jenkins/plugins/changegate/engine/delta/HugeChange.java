package io.jenkins.plugins.changegate.engine.delta;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/**
 * A program that reads a change of a million files and a line of a gigabyte, made while it is read, to be run in little
 * memory. It says how much of it is left over.
 */
public final class HugeChange {

    private static final int FILES = 1_000_000;
    private static final int BLOCKS = 1 << 14;
    private static final byte[] BLOCK = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);

    private HugeChange() {}

    public static void main(String[] arguments) throws IOException {
        DiffParser.Files files = DiffParser.parse(
                parts(2 * FILES, i -> text(i < FILES ? raw(i) : "3\t1\t" + path(i - FILES) + "\0")),
                Limits.DEFAULT.files());
        require(files.totals().equals(new Totals(FILES, 0, 0, 3L * FILES, FILES)), "git's files");
        require(!Readings.ofFiles("h", files.listed(), files.totals()).gaps().isEmpty(), "gap");
        files = unified(parts(FILES, i -> text(section(i))), true);
        require(files.totals().equals(new Totals(FILES, 0, 0, FILES, FILES)), "a diff's files");
        InputStream line = parts(BLOCKS + 2, i -> i == 0 ? text(header(1)) : i > BLOCKS ? text("\n") : BLOCK);
        require(unified(line, false).totals().equals(new Totals(1, 0, 0, 1, 0)), "a diff's line");
        InputStream patch = parts(BLOCKS / 4 + 2, i -> i == 0 ? text(header(1)) : i > BLOCKS / 4 ? text("\n") : BLOCK);
        require(!PatchParser.parse(patch, Limits.DEFAULT, (path, added, number, text) -> {}), "git's line");
        InputStream name = parts(BLOCKS >> 4, i -> i == 0 ? text(raw(0).substring(0, 20)) : BLOCK);
        try {
            DiffParser.parse(name, 10);
            require(false, "a name without end");
        } catch (IOException expected) {
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    "Read within %d MiB; %d MiB in use%n",
                    runtime.maxMemory() >> 20, runtime.totalMemory() - runtime.freeMemory() >> 20);
        }
    }

    private static DiffParser.Files unified(InputStream in, boolean whole) throws IOException {
        UnifiedDiffParser.Parsed parsed =
                UnifiedDiffParser.parse(in, Limits.DEFAULT, (path, added, number, text) -> {});
        require(parsed.whole() == whole, "whole");
        return parsed.files();
    }

    private static String raw(int i) {
        return ":100644 100644 1111111 2222222 M\0" + path(i) + "\0";
    }

    private static String section(int i) {
        return "diff --git a/" + path(i) + " b/" + path(i) + "\nindex 1111111..2222222 100644\n--- a/" + path(i)
                + "\n+++ b/" + path(i) + "\n@@ -1 +1 @@\n-a\n+b\n";
    }

    private static String header(int added) {
        return "--- a/f\n+++ b/f\n@@ -0,0 +1," + added + " @@\n+";
    }

    private static String path(int i) {
        return "services/svc-" + i % 40 + "/src/main/java/com/example/shop/Handler" + i + ".java";
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static InputStream parts(int count, IntFunction<byte[]> part) {
        return new BufferedInputStream(
                new SequenceInputStream(new Enumeration<>() {
                    private int next;

                    @Override
                    public boolean hasMoreElements() {
                        return next < count;
                    }

                    @Override
                    public InputStream nextElement() {
                        if (next == count) {
                            throw new NoSuchElementException();
                        }
                        return new ByteArrayInputStream(part.apply(next++));
                    }
                }),
                1 << 16);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
