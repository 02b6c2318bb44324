package io.jenkins.plugins.changegate.engine.risk;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * The numbers of the score that comes with size alone: log-odds that a change is bad, as a line over the logarithms of
 * the lines added and deleted. Shipped as data; {@code fit} on the command line makes them anew from a folder of data.
 *
 * @param intercept the log-odds of a change without lines
 * @param added what ln(1 + lines added) is multiplied by, at least 0
 * @param deleted what ln(1 + lines deleted) is multiplied by, at least 0
 * @param typicalAdded the mean of ln(1 + lines added) in the data
 * @param typicalDeleted the mean of ln(1 + lines deleted) in the data
 */
public record PriorCoefficients(
        double intercept, double added, double deleted, double typicalAdded, double typicalDeleted) {

    private static final String RESOURCE = "prior.properties";

    public PriorCoefficients {
        if (!(added >= 0 && deleted >= 0)) {
            throw new IllegalArgumentException("More lines never give a lower score");
        }
    }

    /** Reads the numbers that are shipped. */
    public static PriorCoefficients shipped() {
        Properties numbers = new Properties();
        try (Reader text =
                new InputStreamReader(PriorCoefficients.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8)) {
            numbers.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PriorCoefficients(
                number(numbers, "intercept"),
                number(numbers, "added"),
                number(numbers, "deleted"),
                number(numbers, "typical-added"),
                number(numbers, "typical-deleted"));
    }

    private static double number(Properties numbers, String key) {
        String text = numbers.getProperty(key);
        if (text == null) {
            throw new IllegalStateException(RESOURCE + " has no " + key);
        }
        return Double.parseDouble(text);
    }

    /**
     * Returns the log-odds of a change.
     *
     * @param linesAdded at least 0
     * @param linesDeleted at least 0
     */
    public double logOdds(double linesAdded, double linesDeleted) {
        return intercept + added * Math.log1p(linesAdded) + deleted * Math.log1p(linesDeleted);
    }
}
