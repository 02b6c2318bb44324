package io.jenkins.plugins.changegate.engine.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/** Writes data sets that are made up: the same for the same seed. */
public final class DataFolder {

    private DataFolder() {}

    /** Writes a project whose changes fail more often the more lines they add, and if they are a fix. */
    public static void project(Path folder, String name, long seed, int rows) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder("commit_id,la,fix,bug\n");
        StringBuilder published = new StringBuilder("commit_id,bug,good_WP,good_CP,random_WP\n");
        for (int i = 0; i < rows; i++) {
            double lines = Math.floor(Math.expm1(random.nextDouble() * 6));
            int fix = random.nextInt(2);
            double logOdds = -3 + 0.6 * Math.log1p(lines) - 2.5 * (1 - fix);
            int bug = random.nextDouble() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
            text.append(String.format(Locale.ROOT, "c%d,%.0f,%d,%d%n", i, lines, fix, bug));
            if (i >= (int) Math.floor(0.8 * rows)) {
                published.append(String.format(Locale.ROOT, "c%d,%d,%f,0,%f%n", i, bug, logOdds, random.nextDouble()));
            }
        }
        Files.writeString(folder.resolve(name + ".csv"), text);
        Files.createDirectories(folder.resolve("published"));
        Files.writeString(folder.resolve("published").resolve(name + ".csv"), published);
    }
}
