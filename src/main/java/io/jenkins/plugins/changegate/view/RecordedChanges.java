package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.condition.Signal;
import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.RecordedSignal;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.RecordedCalendars;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.engine.replay.PastChange;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes of records what can be judged again. A record has what changed and the repository's policies, but neither the
 * text of the change, nor the branch, nor how earlier deployments had ended, nor signals that no rule asked about: what
 * is not in it is not guessed. What could not be read then counts as it did. For one trial; not thread-safe.
 */
final class RecordedChanges {

    private final ChangeStore store;
    private final PolicyReader reader;
    private final Map<Judgement.Applied, Optional<Policy>> known = new HashMap<>();
    private final Map<List<String>, String> deployedNext = new HashMap<>();

    RecordedChanges(ChangeStore store, PolicyReader reader) {
        this.store = store;
        this.reader = reader;
    }

    /**
     * What is known of a recorded change.
     *
     * @param change to be judged again; empty if policies that it was judged by are not at hand
     * @param rolledBack whether what ran before was deployed right after it
     */
    record Recorded(Optional<PastChange> change, boolean rolledBack) {}

    /**
     * @param record the newest ones have to be given first
     * @throws StoreException if the store cannot be read
     */
    Recorded of(ChangeRecord record) throws StoreException {
        boolean rolledBack = isRolledBack(record);
        Judgement judgement = record.opened().judgement();
        List<Policy> own = new ArrayList<>();
        for (Judgement.Applied applied : judgement.policies()) {
            if (applied.layer().kind() == Layer.Kind.REPOSITORY) {
                Optional<Policy> policy = policy(applied);
                if (policy.isEmpty()) {
                    return new Recorded(Optional.empty(), rolledBack);
                }
                own.add(policy.get());
            }
        }
        // Before policies were kept it was not even recorded whether there were any.
        return new Recorded(
                judgement.policies().isEmpty() ? Optional.empty() : Optional.of(change(record, own, rolledBack)),
                rolledBack);
    }

    private static PastChange change(ChangeRecord record, List<Policy> own, boolean rolledBack) {
        ChangeEvent.Opened opened = record.opened();
        boolean failed = rolledBack || record.isFailed();
        return new PastChange(
                record.id(),
                opened.delta() == null
                        ? ""
                        : opened.delta().commits().stream()
                                .findFirst()
                                .map(Commit::subject)
                                .orElse(""),
                opened.at(),
                opened.judgement().target().service(),
                opened.judgement().target().environment(),
                new Reading(opened.delta(), opened.gaps()),
                Optional.empty(),
                circumstances(opened),
                own,
                record.decided().map(ChangeEvent.Decided::decision),
                failed ? Optional.of(Outcome.UNSUCCESSFUL) : record.outcome());
    }

    private static Circumstances circumstances(ChangeEvent.Opened opened) {
        Instant at = opened.at();
        return new Circumstances(
                        opened.origin().job(),
                        Optional.empty(),
                        opened.requestedBy(),
                        opened.judgement().type() == ChangeType.EMERGENCY ? ChangeType.EMERGENCY : ChangeType.NORMAL,
                        opened.reason(),
                        at,
                        Optional.empty(),
                        signals(opened.judgement()))
                .withStandings(standings(opened.judgement()))
                // It is compared with what was known then, not with what was learnt since.
                .withBasis(opened.judgement().basis());
    }

    /** What was a standard change then stays one, as long as the policy that judges has the same model. */
    private static Map<String, Standing> standings(Judgement judgement) {
        Map<String, Standing> standings = new HashMap<>();
        judgement
                .promotable()
                .forEach(model -> model.standing().ifPresent(standing -> standings.put(model.version(), standing)));
        return standings;
    }

    /** Only those that a rule asked about then, or that were evidence, and that were known, are in the record. */
    private static Map<String, Signal> signals(Judgement judgement) {
        return judgement.signals().stream()
                .filter(asked -> asked.value() != null)
                .collect(Collectors.toMap(
                        RecordedSignal::name,
                        asked -> new Signal(asked.value(), asked.source(), asked.claimed()),
                        (first, second) -> first));
    }

    /** Whether the next deployment to the same target put back what had run there before this one. */
    private boolean isRolledBack(ChangeRecord record) {
        ChangeEvent.Opened opened = record.opened();
        if (!record.isDeployed()) {
            return false;
        }
        Target target = opened.judgement().target();
        String next = deployedNext.put(List.of(target.service(), target.environment()), opened.head());
        Delta delta = opened.delta();
        return delta != null
                && !delta.base().equals(opened.head())
                && delta.base().equals(next);
    }

    private Optional<Policy> policy(Judgement.Applied applied) throws StoreException {
        Optional<Policy> policy = known.get(applied);
        if (policy == null) {
            policy = store.policyText(applied.version()).flatMap(text -> read(applied, text));
            known.put(applied, policy);
        }
        return policy;
    }

    private Optional<Policy> read(Judgement.Applied applied, String text) {
        try {
            String file = applied.source().replaceFirst(" at (head|base)$", "");
            return Optional.of(reader.read(applied.layer(), file, applied.source(), text)
                    .withCalendars(place -> RecordedCalendars.read(store, applied, place)));
        } catch (PolicyException e) {
            return Optional.empty();
        }
    }
}
