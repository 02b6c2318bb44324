package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.policy.PolicyFile.RuleEntry;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the rules of a policy beyond their shape, and compiles their conditions. */
final class RuleChecker {

    private final PolicySource source;
    private final ConditionCompiler compiler;

    RuleChecker(PolicySource source, ConditionCompiler compiler) {
        this.source = source;
        this.compiler = compiler;
    }

    List<Rule> rules(List<RuleEntry> written) throws PolicyException {
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (RuleEntry entry : written) {
            rules.add(rule(entry, "/rules/" + rules.size()));
            if (!names.add(entry.name().value())) {
                throw source.mistake(
                        entry.name(),
                        "There are two rules named '" + entry.name().value() + "'");
            }
        }
        return rules;
    }

    private Rule rule(RuleEntry entry, String path) throws PolicyException {
        if (source.written(entry, path).name() == null) {
            throw source.mistake(path, "This rule has no name: add 'name: ...'");
        }
        String name = entry.name().value();
        if (entry.when() == null) {
            throw source.mistake(entry.name(), "The rule '" + name + "' has no condition: add 'when: ...'");
        }
        if (entry.because() == null || entry.because().isBlank()) {
            throw source.mistake(
                    entry.name(), "The rule '" + name + "' has no reason: add 'because: ...', people will read it");
        }
        boolean refuse = Boolean.TRUE.equals(entry.refuse());
        boolean safe = Boolean.TRUE.equals(entry.safe());
        if (entry.risk() == null && entry.level() == null && !refuse && !safe) {
            throw source.mistake(
                    entry.name(), "The rule '" + name + "' has no effect: add risk, level, refuse or safe");
        }
        int risk = entry.risk() == null ? 0 : entry.risk();
        if (risk < -100 || risk > 100) {
            throw source.mistake(
                    entry.name(), "The rule '" + name + "' adds " + risk + " points; possible: -100 to 100");
        }
        RiskLevel floor = entry.level() == null ? RiskLevel.LOW : entry.level();
        return new Rule(
                name,
                condition(entry.when()),
                risk,
                floor,
                refuse,
                safe,
                entry.because().strip());
    }

    private Condition condition(Text when) throws PolicyException {
        try {
            return compiler.compile(when.value());
        } catch (ConditionCompiler.ConditionException e) {
            Text place = when.place(source.text(), e.line(), e.column());
            throw new PolicyException(source.name(), place.line(), place.column(), e.getMessage(), e);
        }
    }
}
