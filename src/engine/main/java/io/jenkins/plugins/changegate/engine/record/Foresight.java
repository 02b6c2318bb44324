package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.judge.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a promotion would have done to changes that are over: those that asked people and would have passed by themselves,
 * and how they ended. It shows what would have been spared, and what would have been let through.
 *
 * @param asked how many there are
 * @param successful how many of them were deployed successfully
 * @param withIssues successfully with issues
 * @param failed unsuccessfully, or caused an incident, or were rolled back
 * @param rejected how many people rejected: nobody knows whether they would have failed
 * @param otherwise how many ended otherwise, or have not ended
 * @param waited how long those that people let pass had waited together
 */
public record Foresight(
        int asked, int successful, int withIssues, int failed, int rejected, int otherwise, Duration waited) {

    /** Nothing would have been otherwise. */
    public static final Foresight NOTHING = new Foresight(0, 0, 0, 0, 0, 0, Duration.ZERO);

    /**
     * Looks at changes.
     *
     * @param version of what would be promoted, as in {@link io.jenkins.plugins.changegate.engine.policy.ModelVersion}
     * @param failed the numbers of changes that failed by all that is known, also such as were rolled back
     */
    public static Foresight of(List<ChangeRecord> records, String version, Set<Long> failed) {
        Foresight all = NOTHING;
        for (ChangeRecord record : records) {
            boolean passing = record.opened().judgement().promotable().stream()
                    .anyMatch(each -> each.version().equals(version) && each.passing());
            if (passing && record.opened().judgement().verdict().kind() == Verdict.Kind.ASK) {
                all = all.and(of(record, failed.contains(record.number())));
            }
        }
        return all;
    }

    private static Foresight of(ChangeRecord record, boolean failed) {
        Duration waited = record.decided()
                .filter(decided -> decided.decision().lets())
                .map(decided -> Duration.between(record.opened().at(), decided.at()))
                .orElse(Duration.ZERO);
        if (record.isFailed() || failed) {
            return new Foresight(1, 0, 0, 1, 0, 0, waited);
        }
        if (record.outcome().isPresent()) {
            boolean issues = record.outcome().get() != Outcome.SUCCESSFUL;
            return new Foresight(1, issues ? 0 : 1, issues ? 1 : 0, 0, 0, 0, waited);
        }
        boolean rejected = record.decided()
                .map(ChangeEvent.Decided::decision)
                .filter(Decision.REJECTED::equals)
                .isPresent();
        return new Foresight(1, 0, 0, 0, rejected ? 1 : 0, rejected ? 0 : 1, waited);
    }

    private Foresight and(Foresight other) {
        return new Foresight(
                asked + other.asked,
                successful + other.successful,
                withIssues + other.withIssues,
                failed + other.failed,
                rejected + other.rejected,
                otherwise + other.otherwise,
                waited.plus(other.waited));
    }
}
