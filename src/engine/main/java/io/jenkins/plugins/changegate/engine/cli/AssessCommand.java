package io.jenkins.plugins.changegate.engine.cli;

import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.assess.GitRepository;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.engine.syntax.Durations;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code assess}: what the gate would say of a change, and why. */
final class AssessCommand {

    /** Gaps that mean that the command was pointed at the wrong thing, not that a change is risky. */
    private static final Set<Gap.Kind> UNREADABLE = Set.of(
            Gap.Kind.NO_GIT,
            Gap.Kind.NO_REPOSITORY,
            Gap.Kind.HEAD_MISSING,
            Gap.Kind.BASE_MISSING,
            Gap.Kind.SHALLOW,
            Gap.Kind.GIT_FAILED,
            Gap.Kind.POLICY_UNREADABLE);

    private final Options options;

    AssessCommand(Options options) {
        this.options = options;
    }

    int run(PrintStream out) throws Options.UsageException {
        PolicyReader reader = new PolicyReader();
        List<Policy> policies = new ArrayList<>(List.of(reader.builtIn()));
        if (options.optional("policy").isPresent()) {
            policies.add(Inputs.organisation(reader, options.optional("policy").get()));
        }
        Assessor.Assessed assessed;
        try {
            assessed = options.flag("diff") || options.flag("plan")
                    ? new ChangeFile(options, policies).assessed()
                    : inClone(reader, policies);
        } catch (IOException e) {
            throw new Options.UsageException(String.valueOf(e.getMessage()));
        }
        for (Gap gap : assessed.reading().gaps()) {
            if (UNREADABLE.contains(gap.kind())) {
                throw new Options.UsageException(gap.because());
            }
        }
        print(assessed, out);
        return switch (assessed.judgement().verdict().kind()) {
            case PASS -> 0;
            case ASK -> 10;
            case REFUSE -> 20;
        };
    }

    private Assessor.Assessed inClone(PolicyReader reader, List<Policy> policies)
            throws IOException, Options.UsageException {
        Path directory = Inputs.path(options.required("repo"));
        String base = options.required("base");
        Assessor.Request request = new Assessor.Request(
                options.optional("service"),
                String.valueOf(directory.toAbsolutePath().normalize().getFileName()),
                options.required("environment"),
                options.required("head"),
                Assessor.POLICY_FILE);
        return new Assessor(reader, policies, List.of()).assess(new GitRepository(directory), request, new Clone(base));
    }

    /** Knows the clone, and nothing of past deployments. */
    private record Clone(String base) implements Assessor.Live {

        @Override
        public Assessor.Base of(String service) {
            return new Assessor.Base(Optional.of(base), List.of());
        }

        @Override
        public Background.Asked asksBackground(String service) {
            return Background.Asked.EARLIER;
        }

        @Override
        public Optional<Basis> basis(
                String service, String environment, Delta delta, Background background, Set<Promise> promises) {
            Features features = Features.of(delta, background);
            return Optional.of(new Basis(features, -1).withRevert(background.revert()));
        }
    }

    private void print(Assessor.Assessed assessed, PrintStream out) {
        Judgement judgement = assessed.judgement();
        if (options.optional("json").isPresent()) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("judgement", judgement);
            shown.put("delta", assessed.reading().deltaOrNull());
            shown.put("gaps", assessed.reading().gaps());
            shown.put("binding", assessed.binding());
            out.println(new RecordJson().show(shown));
            return;
        }
        out.printf(
                "%s: %s to %s (%s), risk %s, %d of 100%n",
                judgement.verdict().kind().name().toLowerCase(Locale.ROOT),
                judgement.target().service(),
                judgement.target().environment(),
                judgement.target().tier().key(),
                judgement.assessment().level().words(),
                judgement.assessment().score());
        judgement.verdict().reasons().forEach(reason -> out.println("  " + reason));
        if (judgement.verdict().kind() == Verdict.Kind.ASK) {
            waiting(judgement).forEach(line -> out.println("  " + line));
        }
        out.println("Score:");
        for (Contribution part : judgement.assessment().contributions()) {
            String evidence = part.evidence().isEmpty() ? "" : " [" + String.join(", ", part.evidence()) + "]";
            out.printf("  %+4d  %-32s %s%s%n", part.points(), part.source(), part.because(), evidence);
        }
        judgement.basis().ifPresent(basis -> basis.sentences().forEach(sentence -> out.println("  " + sentence)));
        assessed.reading().delta().ifPresent(delta -> out.println(summary(delta)));
    }

    /** Returns for whom the change would wait, and on which terms. */
    private static List<String> waiting(Judgement judgement) {
        List<String> lines = new ArrayList<>();
        List<Requirement> requirements = judgement.verdict().requirements().stream()
                .sorted(Comparator.comparingInt(Requirement::stage))
                .toList();
        for (Requirement requirement : requirements) {
            boolean later = requirement.stage() > requirements.get(0).stage();
            lines.add((later ? "Then needs " : "Needs ") + requirement.words() + ".");
        }
        Terms terms = judgement.terms();
        terms.reminder()
                .ifPresent(every -> lines.add("Reminds them after " + Durations.words(every) + ", and then again."));
        terms.escalation()
                .ifPresent(escalation -> lines.add(
                        "Lets " + escalation.who() + " vote too after " + Durations.words(escalation.after()) + "."));
        terms.expiry().ifPresent(expiry -> lines.add("Expires after " + Durations.words(expiry) + "."));
        if (terms.unknownAuthorsBlock()) {
            lines.add("Nobody can approve while it is not known which user an author is.");
        }
        return lines;
    }

    private static String summary(Delta delta) {
        // Only a clone has a commit to compare with.
        String range = delta.base().isEmpty() ? "%.12s" : "%2$.12s..%1$.12s";
        return String.format(
                "Delta %s: %d files, +%d -%d, %d renamed, %d binary, %d commits by %d people",
                String.format(range, delta.head(), delta.base()),
                delta.totals().files(),
                delta.totals().added(),
                delta.totals().deleted(),
                delta.totals().renamed(),
                delta.totals().binary(),
                delta.commits().size(),
                delta.people().size());
    }
}
