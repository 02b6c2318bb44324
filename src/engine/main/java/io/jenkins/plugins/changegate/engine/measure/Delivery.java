package io.jenkins.plugins.changegate.engine.measure;

/**
 * The four keys of software delivery (DORA, dora.dev/guides/dora-metrics), of deployments that ended in the period; only
 * those to production, unless an environment is asked for.
 *
 * @param deployments that were successful, with issues or without, as was said of them last
 * @param days how long the period was, more than 0; deployment frequency is {@code deployments / days}
 * @param lead lead time for changes: from the commit to the end of its successful deployment. Each deployment counts
 *     once, by the lower median of its commits; one whose commits are not known does not
 * @param before the part of that before the gate: from the commit to when the change reached it
 * @param gate the part at the gate: until it was decided, waiting for people, freezes and windows
 * @param after the part after the gate: until the deployment ended
 * @param failed change failure rate: those that were unsuccessful, caused an incident or were taken back by a rollback,
 *     of all that ended
 * @param unsuccessful how many of them were unsuccessful
 * @param incidents how many caused an incident
 * @param undone how many were taken back: what ran before them was deployed again right after them. One change may be in
 *     several of these three
 * @param recovery failed deployment recovery time: from the end of a failed deployment to the end of the next
 *     deployment of the same service to the same environment that did not fail
 * @param unrecovered failed ones after which there was none yet
 */
public record Delivery(
        long deployments,
        double days,
        Spread lead,
        Spread before,
        Spread gate,
        Spread after,
        Share failed,
        long unsuccessful,
        long incidents,
        long undone,
        Spread recovery,
        long unrecovered) {

    private static final int DAYS_OF_WEEK = 7;

    /** Whether the period is shorter than a week, of which no rate of weeks can be told. */
    public boolean isShort() {
        return days < DAYS_OF_WEEK;
    }

    /** Returns deployment frequency: successful deployments in a week. */
    public double perWeek() {
        return deployments / days * DAYS_OF_WEEK;
    }
}
