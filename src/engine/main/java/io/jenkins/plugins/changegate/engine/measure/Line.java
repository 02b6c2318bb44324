package io.jenkins.plugins.changegate.engine.measure;

/** Lines of tables that have a name each. */
public final class Line {

    private Line() {}

    /**
     * How long some waited.
     *
     * @param name a level's key, or a requirement in words
     * @param time how long those did that were answered or met
     * @param open how many were not
     */
    public record Waiting(String name, Spread time, long open) {}

    /**
     * How deployments ended.
     *
     * @param name a decision's or a level's key
     * @param failed of those that ended in the period
     */
    public record Outcome(String name, Share failed) {}

    /**
     * What a rule is worth.
     *
     * @param name the rule's, with its layer unless it is built in
     * @param matched to how many changes it applied that were decided in the period
     * @param asked of how many of those people were asked
     * @param failed of their deployments that ended in the period
     * @param rest failures of the deployments of all other changes
     */
    public record Rule(String name, long matched, long asked, Share failed, Share rest) {

        /** Whether its changes failed more often than the others, beyond what chance explains. */
        public boolean isTelling() {
            return failed.of() > 0 && rest.of() > 0 && failed.low() > rest.high();
        }
    }

    /**
     * What was predicted, and what came.
     *
     * @param from the lowest score of the bin
     * @param to the highest
     * @param predicted the mean score as a share, 0 to 1
     * @param failed what came of those whose deployment ended in the period
     */
    public record Bin(int from, int to, double predicted, Share failed) {}

    /**
     * The delivery of one service, or of all services of a product.
     *
     * @param name the service's or product's
     * @param delivery its four keys
     */
    public record Part(String name, Delivery delivery) {}

    /**
     * A version of a policy by which changes were judged.
     *
     * @param version SHA-256 of its text
     * @param first when the first change was decided by it, of those asked for, of all times, in seconds since 1970
     * @param changes how many were in the period
     */
    public record Policy(String version, long first, long changes) {}
}
