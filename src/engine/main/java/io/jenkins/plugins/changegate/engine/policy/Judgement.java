package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.util.List;
import java.util.Objects;

/**
 * What the gate thinks of a change: how risky it is, and what follows from that.
 *
 * @param target where it goes; the tier is the one that was judged by
 * @param assessment the risk, with every contribution
 * @param verdict what policy says
 * @param policyVersion SHA-256 over all layers that were judged by
 * @param terms on which it waits, if it has to
 */
public record Judgement(Target target, RiskAssessment assessment, Verdict verdict, String policyVersion, Terms terms) {

    public Judgement {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(assessment, "assessment");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(policyVersion, "policyVersion");
        terms = Objects.requireNonNullElse(terms, Terms.NONE);
    }

    /**
     * Returns what a decision binds to: SHA-256 over service, environment, base, head and policy version. A decision
     * is good for exactly this change under exactly this policy.
     *
     * @param base the commit that runs there now; empty if not known
     * @param head the commit about to be deployed; empty if not known
     */
    public String binding(String base, String head) {
        return Hashes.sha256(List.of(target.service(), target.environment(), base, head, policyVersion));
    }
}
