package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The changes of {@link LedgerGenerator} with everything that measures are about: commits of many ages, waiting of many
 * lengths, rules, emergencies, versions of a policy, rollbacks, incidents, and outcomes that were corrected.
 */
final class MeasuredLedger {

    private static final int DAY = 86_400;

    private final LedgerGenerator generator;
    private final Random random;
    private final long changes;
    private final Map<Target, List<String>> deployed = new HashMap<>();
    private int incidents;

    MeasuredLedger(long seed, long changes) {
        this.generator = new LedgerGenerator(seed, changes);
        this.random = new Random(seed);
        this.changes = changes;
    }

    /** Returns the events of the next change. */
    List<ChangeEvent> next(long number) {
        List<ChangeEvent> plain = generator.next(number);
        ChangeEvent.Opened opened = opened((ChangeEvent.Opened) plain.get(0), number);
        List<ChangeEvent> history = new ArrayList<>(List.of(opened));
        boolean asked = opened.judgement().verdict().kind() == Verdict.Kind.ASK;
        Instant at = opened.at();
        for (ChangeEvent event : plain.subList(1, plain.size())) {
            if (event instanceof ChangeEvent.Approved) {
                at = at.plusMillis(random.nextInt(asked ? DAY * 1000 : 900));
                history.add(new ChangeEvent.Approved(
                        at, new Vote("user" + history.size(), "Somebody Particular", Set.of(0))));
            } else if (event instanceof ChangeEvent.Decided decided) {
                at = at.plusMillis(random.nextInt(asked ? DAY * 1000 : 900));
                boolean refused = !asked && random.nextInt(50) == 0;
                history.add(new ChangeEvent.Decided(
                        at, refused ? Decision.REFUSED : decided.decision(), "user7", "Somebody Particular said so."));
                if (refused) {
                    return history;
                }
            } else if (event instanceof ChangeEvent.Ended ended) {
                at = at.plusMillis(60_000 + random.nextInt(7_000_000));
                history.add(new ChangeEvent.Ended(at, ended.outcome(), ended.because()));
                remember(opened, ended.outcome());
                afterwards(history, at);
            }
        }
        return history;
    }

    private void afterwards(List<ChangeEvent> history, Instant ended) {
        if (random.nextInt(20) == 0) {
            history.add(new ChangeEvent.Linked(
                    ended.plusSeconds(500), new Link(Link.Kind.WORK_ITEM, "SHOP-42", ""), "Somebody Particular"));
        }
        if (random.nextInt(40) == 0) {
            history.add(new ChangeEvent.Corrected(
                    ended.plusSeconds(900),
                    Outcome.values()[random.nextInt(3)],
                    "Somebody Particular",
                    "It did not work."));
        }
        if (random.nextInt(50) == 0) {
            Link incident = new Link(Link.Kind.INCIDENT, "INC0010023", "");
            history.add(new ChangeEvent.Linked(ended.plusSeconds(1_000), incident, "Somebody Particular"));
            if (++incidents % 3 == 0) {
                history.add(new ChangeEvent.Unlinked(
                        ended.plusSeconds(1_100), incident, "Somebody Particular", "It was another change."));
            }
            if (incidents % 6 == 0) {
                history.add(new ChangeEvent.Linked(ended.plusSeconds(1_200), incident, "Somebody Particular"));
            }
        }
    }

    private void remember(ChangeEvent.Opened opened, Outcome outcome) {
        if (outcome.isDeployed()) {
            deployed.computeIfAbsent(opened.judgement().target(), target -> new ArrayList<>())
                    .add(opened.head());
        }
    }

    private ChangeEvent.Opened opened(ChangeEvent.Opened plain, long number) {
        List<String> heads = deployed.getOrDefault(plain.judgement().target(), List.of());
        String base = heads.isEmpty() ? plain.delta().base() : heads.get(heads.size() - 1);
        boolean back = heads.size() > 1 && random.nextInt(15) == 0;
        String head = back ? heads.get(heads.size() - 2) : plain.head();
        Delta delta = new Delta(
                base,
                head,
                plain.delta().files(),
                plain.delta().totals(),
                commits(plain.delta().commits().get(0)),
                List.of());
        return new ChangeEvent.Opened(
                plain.at().plusMillis(random.nextInt(1000)),
                plain.origin(),
                "Somebody Particular",
                "",
                judgement(plain.judgement(), number),
                head,
                plain.authors(),
                random.nextInt(30) == 0 ? null : delta,
                List.of(),
                plain.binding(),
                List.of(),
                new Particulars(number % 5 == 0 ? "" : "product " + number % 3, List.of(), "", "", ""));
    }

    private List<Commit> commits(Commit plain) {
        List<Commit> commits = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            commits.add(new Commit(
                    plain.id(),
                    random.nextInt(5) == 0,
                    // Also one whose clock is fast.
                    plain.committed() + 600 - random.nextInt(20 * DAY),
                    plain.author(),
                    plain.author(),
                    List.of(),
                    plain.subject()));
        }
        return commits;
    }

    private Judgement judgement(Judgement plain, long number) {
        List<Contribution> parts = new ArrayList<>(plain.assessment().contributions());
        List<String> reasons = new ArrayList<>(plain.verdict().reasons());
        if (random.nextInt(6) == 0) {
            parts.add(new Contribution("deployment-configuration", 0, "It is.", List.of(), "the built-in policy"));
        }
        if (random.nextInt(9) == 0) {
            reasons.add("Tables change (rule tables of the organisation's policy: db/V1.sql, db/V2.sql)");
        }
        if (random.nextInt(12) == 0) {
            reasons.add("It cannot be undone. (rule no way back)");
        }
        Verdict verdict = plain.verdict();
        return new Judgement(
                plain.target(),
                new RiskAssessment(
                        plain.assessment().score(), plain.assessment().level(), parts),
                new Verdict(verdict.kind(), verdict.requirements(), reasons),
                plain.policyVersion(),
                plain.terms(),
                random.nextInt(25) == 0 ? ChangeType.EMERGENCY : ChangeType.NORMAL,
                plain.model(),
                List.of(),
                List.of(
                        new Judgement.Applied(Layer.BUILT_IN, "built-in", "b".repeat(64), List.of()),
                        new Judgement.Applied(
                                Layer.ORGANISATION,
                                "organisation",
                                (number < changes / 3 ? "1" : number < changes / 2 ? "2" : "3").repeat(64),
                                List.of())),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
