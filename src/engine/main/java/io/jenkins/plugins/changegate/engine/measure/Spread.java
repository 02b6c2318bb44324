package io.jenkins.plugins.changegate.engine.measure;

/**
 * How long something took, of a number of changes: the times themselves are sorted, so both are exact.
 *
 * @param count of how many, from 0
 * @param median in seconds: the lowest that at least half of them do not exceed; 0 if there are none
 * @param ninetieth in seconds: the lowest that at least nine in ten do not exceed; 0 if there are none
 */
public record Spread(long count, long median, long ninetieth) {

    /** Of nothing. */
    public static final Spread NONE = new Spread(0, 0, 0);
}
