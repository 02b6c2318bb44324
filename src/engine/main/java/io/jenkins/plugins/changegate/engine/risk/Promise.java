package io.jenkins.plugins.changegate.engine.risk;

/**
 * What is wanted of the changes that pass by themselves: that at most a share of the failures is among them, with a
 * probability.
 *
 * @param missRate the share of the failures that may pass, in percent, from 1 to 50: alpha
 * @param confidence with what probability it is at most that, in percent, from 50 to 99: 1 - delta
 */
public record Promise(int missRate, int confidence) {

    /** What is usual where only a share is named. */
    public static final int USUAL_CONFIDENCE = 90;

    public Promise {
        if (missRate < 1 || missRate > 50 || confidence < 50 || confidence > 99) {
            throw new IllegalArgumentException("No promise: " + missRate + " % with " + confidence + " %");
        }
    }

    /** Returns the share of the failures that may pass. */
    public double alpha() {
        return missRate / 100.0;
    }

    /** Returns the probability with which more may pass. */
    public double delta() {
        return (100 - confidence) / 100.0;
    }

    /** Returns it as the beginning of a sentence. */
    public String words() {
        return "At most " + missRate + " % of the failures shall pass, with " + confidence + " % confidence";
    }
}
