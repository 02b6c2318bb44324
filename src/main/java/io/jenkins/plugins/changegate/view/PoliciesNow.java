package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.Policies;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.step.ChangesAction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The policies that apply now, the highest layer first. A repository's own are known only as of the newest change of
 * its job, because Jenkins has no clone.
 */
final class PoliciesNow {

    private static final Logger LOGGER = Logger.getLogger(PoliciesNow.class.getName());

    private static final String ORGANISATION = "organisation policy";

    private static final Comparator<Policy> ORDER =
            Comparator.comparing(Policy::layer).thenComparing(Policy::source);

    /** The newest change is looked for in so many builds. */
    private static final int BUILDS = 20;

    private final List<PolicyText> texts;

    private final List<Gap> gaps;

    private PoliciesNow(List<PolicyText> texts, List<Gap> gaps) {
        this.texts = List.copyOf(texts);
        this.gaps = List.copyOf(gaps);
    }

    /** Returns what all jobs have in common. */
    static PoliciesNow ofJenkins() {
        List<Policy> policies =
                ChangeGateConfiguration.get().readPolicy().stream().toList();
        return new PoliciesNow(
                above(policies),
                policies.isEmpty()
                        ? List.of(new Gap(Gap.Kind.POLICY_UNREADABLE, Messages.PoliciesNow_unreadable()))
                        : List.of());
    }

    /** Returns what a job's changes are judged by. */
    static PoliciesNow of(Job<?, ?> job) {
        Policies above = ChangeGateConfiguration.get().policies(job);
        List<PolicyText> texts = above(above.policies());
        try {
            texts.addAll(own(job));
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> "The repository's policies cannot be read");
        }
        return new PoliciesNow(texts, above.gaps());
    }

    List<PolicyText> all() {
        return texts;
    }

    /** Returns which policies apply, but cannot be read. */
    List<String> gaps() {
        return gaps.stream().map(Gap::because).map(Visible::of).toList();
    }

    /**
     * Returns what a policy that a change was judged by is now. Above the repository's there is one of each layer, and
     * its source may name a commit.
     */
    Optional<PolicyText> find(Judgement.Applied applied) {
        return texts.stream()
                .filter(text -> text.layer().equals(applied.layer()))
                .filter(text -> applied.layer().kind() != Layer.Kind.REPOSITORY
                        || text.source().equals(applied.source()))
                .findFirst();
    }

    /**
     * @param policies those between the built-in one and the repository's, as far as they can be read
     */
    private static List<PolicyText> above(List<Policy> policies) {
        ChangeGateConfiguration configuration = ChangeGateConfiguration.get();
        PolicyReader reader = configuration.reader();
        List<PolicyText> texts = new ArrayList<>();
        if (policies.stream().noneMatch(policy -> policy.layer().equals(Layer.BUILT_IN))) {
            texts.add(PolicyText.of(reader.builtIn()));
        }
        policies.stream().sorted(ORDER).map(PolicyText::of).forEach(texts::add);
        if (configuration.readPolicy().isEmpty() && !configuration.getPolicy().isEmpty()) {
            texts.add(written(reader, Layer.ORGANISATION, ORGANISATION, configuration.getPolicy(), ""));
        }
        return texts;
    }

    private static List<PolicyText> own(Job<?, ?> job) throws StoreException {
        List<PolicyText> texts = new ArrayList<>();
        Optional<ChangeRecord> newest = newest(job);
        if (newest.isPresent()) {
            ChangeStore store = ChangeRecords.get().store();
            PolicyReader reader = ChangeGateConfiguration.get().reader();
            for (Judgement.Applied applied : newest.get().opened().judgement().policies()) {
                Optional<String> text = applied.layer().kind() == Layer.Kind.REPOSITORY
                        ? store.policyText(applied.version())
                        : Optional.empty();
                text.ifPresent(yaml -> texts.add(written(
                        reader,
                        applied.layer(),
                        applied.source(),
                        yaml,
                        newest.get().id())));
            }
        }
        return texts;
    }

    private static Optional<ChangeRecord> newest(Job<?, ?> job) throws StoreException {
        Run<?, ?> run = job.getLastBuild();
        for (int i = 0; i < BUILDS && run != null; i++) {
            List<ChangesAction.Reference> references = ChangesAction.of(run);
            if (!references.isEmpty()) {
                return ChangeRecords.get()
                        .store()
                        .find(references.get(references.size() - 1).number());
            }
            run = run.getPreviousBuild();
        }
        return Optional.empty();
    }

    private static PolicyText written(PolicyReader reader, Layer layer, String source, String text, String asOf) {
        try {
            Policy policy = reader.read(layer, source, text);
            return new PolicyText(layer, source, text, Optional.of(policy), Optional.empty(), asOf);
        } catch (PolicyException e) {
            return new PolicyText(layer, source, text, Optional.empty(), Optional.of(e), asOf);
        }
    }
}
