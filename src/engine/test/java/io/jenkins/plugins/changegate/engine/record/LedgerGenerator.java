package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Histories of changes as a company's would be spread, by a seed: few services change often and many seldom, most
 * changes are small and pass, few fail, and everybody has the same few environments.
 */
final class LedgerGenerator {

    static final int SERVICES = 400;
    static final String OFTEN = "service-000";
    static final String SELDOM = "service-399";

    private static final String[] MODELS = {"", "", "", "library", "configuration", "texts", "schema", "hotfix"};
    private static final long BEGIN = Instant.parse("2016-01-01T00:00:00Z").getEpochSecond();

    private final Random random;
    private final long changes;
    private final double[] shares = new double[SERVICES];

    /**
     * @param changes how many there are in all, over ten years
     */
    LedgerGenerator(long seed, long changes) {
        this.random = new Random(seed);
        this.changes = changes;
        double sum = 0;
        for (int i = 0; i < SERVICES; i++) {
            sum += 1.0 / (i + 1);
            shares[i] = sum;
        }
    }

    /** Returns the events of the next change; those of one of the last hundred may not be at their end. */
    List<ChangeEvent> next(long number) {
        Instant at = Instant.ofEpochSecond(BEGIN + number * 315_000_000L / changes);
        ChangeEvent.Opened opened = opened(number, at);
        List<ChangeEvent> history = new ArrayList<>(List.of(opened));
        if (number > changes - 100 && random.nextBoolean()) {
            return history;
        }
        boolean asked = opened.judgement().verdict().kind() == Verdict.Kind.ASK;
        Decision decision = asked ? decision() : Decision.PASSED;
        for (int i = 0; asked && i <= random.nextInt(2); i++) {
            history.add(new ChangeEvent.Approved(
                    at.plusSeconds(600), new Vote("user" + random.nextInt(300), "Somebody", Set.of(0))));
        }
        history.add(new ChangeEvent.Decided(at.plusSeconds(700), decision, "", "The policy of everybody says so."));
        if (decision.lets() && (number <= changes - 100 || random.nextBoolean())) {
            history.add(new ChangeEvent.Ended(at.plusSeconds(1_800), outcome(), "The stage ended."));
        }
        return history;
    }

    private Decision decision() {
        int of100 = random.nextInt(100);
        return of100 < 80
                ? Decision.APPROVED
                : of100 < 88
                        ? Decision.SUPERSEDED
                        : of100 < 94 ? Decision.REJECTED : of100 < 98 ? Decision.EXPIRED : Decision.OVERRIDDEN;
    }

    private Outcome outcome() {
        int of100 = random.nextInt(100);
        return of100 < 93 ? Outcome.SUCCESSFUL : of100 < 96 ? Outcome.SUCCESSFUL_WITH_ISSUES : Outcome.UNSUCCESSFUL;
    }

    private ChangeEvent.Opened opened(long number, Instant at) {
        int service = service();
        int of100 = random.nextInt(100);
        String environment = of100 < 35 ? "production" : of100 < 65 ? "staging" : of100 < 85 ? "qa" : "development";
        Tier tier = of100 < 35 ? Tier.PRODUCTION : Tier.TESTING;
        Person author = new Person("Author " + random.nextInt(300), "author" + random.nextInt(300) + "@example.org");
        int score = Math.min(99, (int) Math.abs(random.nextGaussian() * 30));
        RiskLevel level = RiskLevel.values()[score / 25];
        boolean asks = score > 35;
        Judgement judged = new Judgement(
                new Target(String.format("service-%03d", service), environment, tier),
                RiskAssessment.of(
                        List.of(new Contribution("size", score, "It changes about as much as most changes do.")),
                        level,
                        tier),
                asks
                        ? new Verdict(
                                Verdict.Kind.ASK,
                                List.of(new Requirement(
                                        1, "owners", Set.of(new Principal(Principal.Kind.GROUP, "owners")))),
                                List.of("The risk is higher than what passes by itself."))
                        : new Verdict(Verdict.Kind.PASS, List.of(), List.of("The risk is low enough.")),
                hex(64),
                Terms.NONE);
        Delta delta = delta(author, at);
        return Events.of(
                new ChangeEvent.Opened(
                        at,
                        new Origin("team-" + service % 40 + "/" + service, (int) (number / 50), "12"),
                        "user" + random.nextInt(300),
                        "",
                        judged,
                        delta.head(),
                        List.of(author),
                        delta,
                        List.of(),
                        hex(64)),
                MODELS[random.nextInt(MODELS.length)]);
    }

    private int service() {
        double at = random.nextDouble() * shares[SERVICES - 1];
        int service = 0;
        while (shares[service] < at) {
            service++;
        }
        return service;
    }

    private Delta delta(Person author, Instant at) {
        int count = (int) Math.min(300, Math.max(1, Math.exp(1.2 + random.nextGaussian() * 1.1)));
        List<FileChange> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String path =
                    "src/main/java/org/example/part" + random.nextInt(30) + "/Thing" + random.nextInt(900) + ".java";
            files.add(new FileChange(
                    path,
                    path,
                    FileChange.Status.MODIFIED,
                    random.nextInt(60),
                    random.nextInt(40),
                    false,
                    false,
                    false,
                    false));
        }
        Commit commit = new Commit(
                hex(40), false, at.getEpochSecond(), author, author, List.of(), "Change what has to be changed");
        return new Delta(
                hex(40), hex(40), files, new Totals(count, 0, 0, count * 30L, count * 20L), List.of(commit), List.of());
    }

    private String hex(int digits) {
        StringBuilder text = new StringBuilder();
        while (text.length() < digits) {
            text.append(HexFormat.of().toHexDigits(random.nextInt()));
        }
        return text.substring(0, digits);
    }
}
