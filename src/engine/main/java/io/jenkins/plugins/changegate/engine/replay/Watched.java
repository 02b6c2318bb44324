package io.jenkins.plugins.changegate.engine.replay;

import io.jenkins.plugins.changegate.engine.condition.ChangeFacts;
import io.jenkins.plugins.changegate.engine.condition.Condition;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.policy.Mode;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Rule;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.Map;
import java.util.Set;

/**
 * A rule whose condition remembers what it said in one judgement, which a judgement itself tells only of rules that
 * change the score. For one change and one thread.
 */
final class Watched implements Condition {

    private final int policy;
    private final RuleName name;
    private final Rule rule;
    private final boolean enforced;
    private boolean holds;
    private UnknownFactException unknown;

    /**
     * @param policy the index of its policy among those that are judged by
     */
    Watched(int policy, Policy of, Rule rule, String environment) {
        this.policy = policy;
        this.name = new RuleName(of.layer(), rule.name());
        this.rule = rule;
        this.enforced = of.mode(rule, environment) == Mode.ENFORCE;
    }

    int policy() {
        return policy;
    }

    RuleName name() {
        return name;
    }

    @Override
    public String source() {
        return rule.condition().source();
    }

    @Override
    public ContentQuestions questions() {
        return rule.condition().questions();
    }

    @Override
    public boolean asksRisk() {
        return rule.condition().asksRisk();
    }

    @Override
    public Set<String> signals() {
        return rule.condition().signals();
    }

    /** What asks about the risk is evaluated several times, and applies if it holds once. */
    @Override
    public boolean holds(ChangeFacts change, Map<String, Object> known) throws UnknownFactException {
        try {
            boolean now = rule.condition().holds(change, known);
            holds |= now;
            return now;
        } catch (UnknownFactException e) {
            unknown = e;
            throw e;
        }
    }

    /** Whether the condition held. */
    boolean held() {
        return holds;
    }

    /** Whether the condition could not be decided. */
    boolean isUnknown() {
        return unknown != null;
    }

    /** Whether what it demands has effect. */
    boolean isEnforced() {
        return enforced;
    }

    /** Takes over what the same rule said in another judgement. */
    void settle(Watched other) {
        holds = other.holds;
        unknown = other.unknown;
    }

    /** Whether it can make the gate stricter. A model may ask for more, or for less. */
    boolean mayTighten() {
        return rule.risk() > 0
                || rule.floor() != RiskLevel.LOW
                || rule.refuse()
                || !rule.requirements().isEmpty()
                || rule.model().isPresent();
    }

    /** Returns the rule, watched. */
    Rule watched() {
        return with(this);
    }

    /** Returns the rule with what it said before; what asks about the risk says it anew, unless it is unknown. */
    Rule settled() {
        return asksRisk() && unknown == null ? rule : with(new Settled(this, holds, unknown));
    }

    /** Returns the rule as if its condition had been decided in this way. */
    Rule decided(boolean held) {
        return with(new Settled(this, held, null));
    }

    private Rule with(Condition condition) {
        return new Rule(
                rule.name(),
                condition,
                rule.mode(),
                rule.risk(),
                rule.floor(),
                rule.refuse(),
                rule.safe(),
                rule.requirements(),
                rule.model(),
                rule.labels(),
                rule.because());
    }

    /** A condition that is decided, or cannot be. */
    private record Settled(Condition of, boolean result, UnknownFactException unknown) implements Condition {

        @Override
        public String source() {
            return of.source();
        }

        @Override
        public ContentQuestions questions() {
            return of.questions();
        }

        @Override
        public boolean asksRisk() {
            return of.asksRisk();
        }

        @Override
        public Set<String> signals() {
            return of.signals();
        }

        @Override
        public boolean holds(ChangeFacts change, Map<String, Object> known) throws UnknownFactException {
            if (unknown != null) {
                throw unknown;
            }
            return result;
        }
    }
}
