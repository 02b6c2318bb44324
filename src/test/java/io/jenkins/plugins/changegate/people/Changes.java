package io.jenkins.plugins.changegate.people;

import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Waiting changes that no run made. */
final class Changes {

    private Changes() {}

    /** A change started by {@code dev} that needs something of people. */
    static ChangeRecord needing(List<Person> authors, Requirement... requirements) {
        return change(authors, Map.of(), requirements);
    }

    /** A change by people, whose policy knew who writes by which name. */
    static ChangeRecord by(List<Person> authors, Map<String, Set<String>> identities) {
        return change(authors, identities, Requirement.ONE_APPROVER);
    }

    private static ChangeRecord change(
            List<Person> authors, Map<String, Set<String>> identities, Requirement... requirements) {
        Judgement judgement = new Judgement(
                new Target("shop", "production", Tier.PRODUCTION),
                RiskAssessment.of(List.of(), RiskLevel.HIGH, Tier.PRODUCTION),
                new Verdict(Verdict.Kind.ASK, List.of(requirements), List.of("because")),
                "v",
                new Terms(Optional.empty(), Optional.empty(), Optional.empty(), true, identities));
        return new ChangeRecord(
                1,
                List.of(new ChangeEvent.Opened(
                        Instant.now(),
                        new Origin("shop", 1, "7"),
                        "dev",
                        "",
                        judgement,
                        "h",
                        authors,
                        null,
                        List.of(),
                        "b")));
    }

    /** The same change after something happened. */
    static ChangeRecord after(ChangeRecord record, ChangeEvent event) {
        List<ChangeEvent> history = new ArrayList<>(record.history());
        history.add(event);
        return new ChangeRecord(record.number(), history);
    }

    static Requirement oneOf(int stage, String group) {
        return new Requirement(1, group, Set.of(new Principal(Principal.Kind.GROUP, group)), stage);
    }

    static Requirement user(String id) {
        return new Requirement(1, id, Set.of(new Principal(Principal.Kind.USER, id)));
    }
}
