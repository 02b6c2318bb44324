package io.jenkins.plugins.changegate.view;

import hudson.model.Run;
import io.jenkins.plugins.changegate.authorise.PendingGate;
import io.jenkins.plugins.changegate.authorise.PendingGates;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.step.References;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Waiting changes without a running gate, so that there can be many, and of every kind. */
final class Waiting {

    static final Requirement ONE_LEAD = asks(1, "team-leads", 1);

    private Waiting() {}

    static Requirement asks(int atLeast, String group, int stage) {
        return new Requirement(atLeast, group, Set.of(new Principal(Principal.Kind.GROUP, group)), stage);
    }

    static Terms expiresAfter(Duration duration) {
        return new Terms(Optional.of(duration), Optional.empty(), Optional.empty(), false, Map.of());
    }

    static ChangeEvent.Opened opened(Origin origin, Target target, int points, Terms terms, Requirement... asked) {
        RiskAssessment assessment = RiskAssessment.of(
                List.of(new Contribution("rule", points, "It weighs " + points)), RiskLevel.LOW, target.tier());
        Judgement judgement = new Judgement(
                target,
                assessment,
                new Verdict(Verdict.Kind.ASK, List.of(asked), List.of("It has to be asked.")),
                "v".repeat(64),
                terms);
        return new ChangeEvent.Opened(
                Instant.now(),
                origin,
                "dev",
                "",
                judgement,
                "h".repeat(40),
                List.of(new Person("dev", "dev@example.org")),
                null,
                List.of(),
                "d".repeat(64));
    }

    /** Lets a change of a build wait. */
    static ChangeRecord on(Run<?, ?> run, String service, String environment, int points, Terms terms)
            throws Exception {
        return on(run, service, environment, points, terms, ONE_LEAD);
    }

    /** Lets a change of a build wait, for certain people. */
    static ChangeRecord on(
            Run<?, ?> run, String service, String environment, int points, Terms terms, Requirement... asked)
            throws Exception {
        Origin origin = new Origin(run.getParent().getFullName(), run.getNumber(), "7");
        Target target = new Target(service, environment, Tier.PRODUCTION);
        ChangeRecord record = ChangeRecords.get().store().open(opened(origin, target, points, terms, asked));
        References.add(run, record);
        PendingGates.get().enter(record, new Gate(run));
        return record;
    }

    private record Gate(Run<?, ?> run) implements PendingGate {
        @Override
        public void changed(ChangeRecord record) {
            if (record.decided().isPresent()) {
                PendingGates.get().leave(record.number());
            }
        }
    }
}
