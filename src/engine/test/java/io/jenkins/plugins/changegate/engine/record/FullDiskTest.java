package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk becomes full while a process streams decisions into a store on it: the process is told to wait, before H2 meets
 * the end of the disk, and whatever was acknowledged is there. Needs the right to mount a small disk in memory.
 */
class FullDiskTest {

    /** Little more than what is to be left free, so that it is soon full. */
    private static final long DISK = DiskRoom.LEAST + (4L << 20);

    @TempDir
    private Path directory;

    @Test
    void writersAreToldToWaitBeforeTheDiskIsFullAndNothingIsLost() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                runs("mount", "-t", "tmpfs", "-o", "size=" + DISK, "tmpfs", disk.toString()),
                "Nobody may mount a disk here");
        try {
            List<String> lines = fill(disk.resolve("records"));
            List<String> acknowledged =
                    lines.stream().filter(line -> line.endsWith(";")).toList();
            assertThat(acknowledged).isNotEmpty();
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("failed"))
                    .hasSize(StreamProcess.THREADS)
                    .allSatisfy(line ->
                            assertThat(line).contains("MiB left on the disk").endsWith("(away)"));
            int events = KilledProcessTest.check(disk.resolve("records").toString(), acknowledged, "a full disk");
            System.out.printf(
                    "A full disk: %d events acknowledged and all there, %d more that were stored without it being said%n",
                    acknowledged.size(), events - acknowledged.size());
        } finally {
            assertThat(runs("umount", disk.toString())).isTrue();
        }
    }

    private static List<String> fill(Path file) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamProcess.class.getName(),
                        "full")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(ControllerProcess.DATABASE, file.toString());
        Process process = builder.start();
        try {
            // It ends when none of its threads can go on; the pool's own threads do not keep it.
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    static boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
