package io.jenkins.plugins.changegate.engine.measure;

/**
 * A part of a number of changes, and how far chance alone may have moved it.
 *
 * @param part how many, from 0
 * @param of of how many; at least {@code part}
 */
public record Share(long part, long of) {

    /** The quantile of the normal distribution that leaves 2.5 % on each side. */
    private static final double Z = 1.959963984540054;

    public Share {
        if (part < 0 || of < part) {
            throw new IllegalArgumentException(part + " of " + of);
        }
    }

    /** Returns the share, 0 to 1; 0 if there are none at all. */
    public double value() {
        return of == 0 ? 0 : (double) part / of;
    }

    /**
     * Returns the lower end of the interval in which the true share lies with 95 % confidence: Wilson's score interval
     * (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927).
     */
    public double low() {
        return of == 0 ? 0 : Math.max(0, middle() - half());
    }

    /** Returns its upper end; 1 if there are none at all. */
    public double high() {
        return of == 0 ? 1 : Math.min(1, middle() + half());
    }

    private double middle() {
        return (value() + Z * Z / (2.0 * of)) / (1 + Z * Z / of);
    }

    private double half() {
        double p = value();
        return Z / (1 + Z * Z / of) * Math.sqrt(p * (1 - p) / of + Z * Z / (4.0 * of * of));
    }
}
