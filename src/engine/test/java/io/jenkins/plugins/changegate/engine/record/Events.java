package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.PromotableModel;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Events for tests, with something in every part. */
final class Events {

    static final Instant AT = Instant.parse("2026-11-04T10:11:12.123456789Z");

    /** Terms with something in every part. */
    static final Terms TERMS = new Terms(
            Optional.of(Duration.ofDays(3)),
            Optional.of(Duration.ofMinutes(90)),
            Optional.of(new Terms.Escalation(
                    Duration.ofHours(5), "on-call", Set.of(new Principal(Principal.Kind.USER, "zoe", "on-call")))),
            true,
            Map.of("ada", Set.of("ada@old.example", "Ada L.")));

    private Events() {}

    static ChangeEvent.Opened opened(String service, String environment) {
        return opened(service, environment, "text");
    }

    /** An opening at some time. */
    static ChangeEvent.Opened opened(String service, String environment, Instant at) {
        return Opening.like(opened(service, environment)).at(at).event();
    }

    /** An opening of a change from one commit to another. */
    static ChangeEvent.Opened between(String service, String environment, String base, String head, Instant at) {
        ChangeEvent.Opened opened = opened(service, environment, at);
        Delta delta = opened.delta();
        return Opening.like(opened)
                .head(head)
                .delta(new Delta(base, head, delta.files(), delta.totals(), delta.commits(), delta.people()))
                .event();
    }

    /** The same opening, of a service that is part of a product. */
    static ChangeEvent.Opened partOf(String product, ChangeEvent.Opened opened) {
        return Opening.like(opened)
                .particulars(new Particulars(product, List.of(), "", "", ""))
                .event();
    }

    /** An opening in which every text that is anybody's to write is this one. */
    static ChangeEvent.Opened opened(String service, String environment, String text) {
        Person person = new Person(text, text);
        FileChange file = new FileChange(text, text, FileChange.Status.TYPE_CHANGED, 1, 2, true, true, true, true);
        Commit commit = new Commit("c".repeat(40), true, 123, person, person, List.of(person), text);
        Delta delta = new Delta(
                "b".repeat(40),
                "h".repeat(40),
                List.of(file),
                new Totals(1, 1, 1, 5_000_000_000L, 2),
                List.of(commit),
                List.of(person));
        Requirement requirement =
                new Requirement(2, text, Set.of(new Principal(Principal.Kind.GROUP, text), Principal.ANY_APPROVER));
        RiskAssessment assessment = RiskAssessment.of(
                List.of(
                        new Contribution(text, 120, text, List.of(text), "the repository's policy"),
                        new Contribution("b", -10, "because")),
                RiskLevel.VERY_HIGH,
                Tier.PRODUCTION);
        Judgement judgement = new Judgement(
                new Target(service, environment, Tier.PRODUCTION),
                assessment,
                new Verdict(Verdict.Kind.ASK, List.of(requirement), List.of(text)),
                "v".repeat(64),
                TERMS);
        return new ChangeEvent.Opened(
                AT,
                new Origin(text, 42, "7"),
                text,
                text,
                judgement,
                "h".repeat(40),
                List.of(person),
                delta,
                List.of(new Gap(Gap.Kind.HISTORY_CUT, text)),
                "d".repeat(64));
    }

    /** An opening of a change that waits on these terms. */
    static ChangeEvent.Opened opened(Terms terms) {
        ChangeEvent.Opened opened = opened("shop", "production");
        Judgement judged = opened.judgement();
        return Opening.like(opened)
                .judgement(new Judgement(
                        judged.target(), judged.assessment(), judged.verdict(), judged.policyVersion(), terms))
                .event();
    }

    /** The same opening, of another job. */
    static ChangeEvent.Opened in(String job, ChangeEvent.Opened opened) {
        return Opening.like(opened).origin(new Origin(job, 42, "7")).event();
    }

    /** The same opening, of a change model. */
    static ChangeEvent.Opened of(ChangeEvent.Opened opened, String model) {
        return Opening.like(opened)
                .judgement(ofModel(opened.judgement(), model, List.of()))
                .event();
    }

    /** An opening of a change of a model that may be promoted. */
    static ChangeEvent.Opened promotable(Route route, String head, PromotableModel model) {
        ChangeEvent.Opened opened = in(route.job(), opened(route.service(), route.environment()));
        return Opening.like(opened)
                .judgement(ofModel(opened.judgement(), model.model(), List.of(model)))
                .head(head)
                .delta(null)
                .event();
    }

    private static Judgement ofModel(Judgement judged, String model, List<PromotableModel> promotable) {
        return new Judgement(
                judged.target(),
                judged.assessment(),
                judged.verdict(),
                judged.policyVersion(),
                judged.terms(),
                judged.type(),
                model,
                judged.labels(),
                judged.policies(),
                judged.hold(),
                judged.observed(),
                judged.signals(),
                promotable,
                judged.basis());
    }

    static ChangeEvent.Approved approved(String voter) {
        return new ChangeEvent.Approved(AT, new Vote(voter, "Name of " + voter, Set.of(0, 2)));
    }

    static ChangeEvent.Decided decided(Decision decision) {
        return new ChangeEvent.Decided(AT, decision, "by", "because");
    }

    static ChangeEvent.Ended ended(Outcome outcome) {
        return new ChangeEvent.Ended(AT, outcome, "because");
    }

    static ChangeEvent.Corrected corrected(Outcome outcome) {
        return new ChangeEvent.Corrected(AT, outcome, "by", "because");
    }

    static ChangeEvent.Unlinked noIncident(String key) {
        return new ChangeEvent.Unlinked(AT, new Link(Link.Kind.INCIDENT, key, ""), "by", "It was another change.");
    }

    static ChangeEvent.Linked incident(String key) {
        return new ChangeEvent.Linked(AT, new Link(Link.Kind.INCIDENT, key, ""), "by");
    }

    static ChangeEvent.Reviewed reviewed() {
        return new ChangeEvent.Reviewed(AT, "by", "comment");
    }

    /** The same opening, of a change before which something else may have run there. */
    static ChangeEvent.Opened doubtful(ChangeEvent.Opened opened) {
        return Opening.like(opened)
                .gaps(List.of(new Gap(Gap.Kind.BASE_CLAIMED, "Another one runs there.")))
                .event();
    }

    /** The same opening, of a service of a product. */
    static ChangeEvent.Opened part(ChangeEvent.Opened opened, String product) {
        return Opening.like(opened)
                .particulars(
                        new Particulars(product, List.of(new Link(Link.Kind.WORK_ITEM, "SHOP-1", "")), "a", "b", "c"))
                .event();
    }
}
