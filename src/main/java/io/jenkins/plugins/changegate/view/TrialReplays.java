package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.Policies;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.replay.PastChange;
import io.jenkins.plugins.changegate.engine.replay.Replay;
import io.jenkins.plugins.changegate.engine.replay.Replayed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges recorded changes twice: by the policies as they are now, and as they would be with a draft in the place of the
 * organisation's. Folders' policies are those of now, repositories' those of then. For one trial; not thread-safe.
 */
final class TrialReplays {

    private static final Gap BROKEN =
            new Gap(Gap.Kind.POLICY_UNREADABLE, "The organisation's policy cannot be read today.");

    private final ChangeGateConfiguration configuration;
    private final Draft draft;
    private final Policy builtIn;
    private final boolean broken;
    private final Map<String, Pair> pairs = new HashMap<>();
    private final List<Replayed> today = new ArrayList<>();
    private final List<Replayed> then = new ArrayList<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private final Set<String> rolledBack = new HashSet<>();
    private int unseen;
    private int incomplete;
    private int sealed;

    /** What judges a job's changes, and what of the policies cannot be read. */
    private record Pair(Replay today, List<Gap> gapsToday, Replay draft, List<Gap> gapsDraft) {}

    TrialReplays(ChangeGateConfiguration configuration, Draft draft) {
        this.configuration = configuration;
        this.draft = draft;
        this.builtIn = configuration.reader().builtIn();
        this.broken = configuration.readPolicy().isEmpty();
    }

    /** Counts a change that the user may not see. */
    void unseen() {
        unseen++;
    }

    /** Counts a change whose contents are kept no longer. */
    void sealed() {
        sealed++;
    }

    /**
     * Judges a change, or counts it as one that cannot be judged again.
     *
     * @param job where it was; {@code null} if that is gone
     */
    void replay(RecordedChanges.Recorded recorded, ChangeRecord record, Job<?, ?> job) {
        if (recorded.change().isEmpty()) {
            incomplete++;
            return;
        }
        PastChange change = recorded.change().get();
        Pair pair = pairs.computeIfAbsent(record.opened().origin().job(), name -> pair(job));
        today.add(pair.today.replay(with(pair.gapsToday, change)));
        then.add(pair.draft.replay(with(pair.gapsDraft, change)));
        if (job != null) {
            origins.put(change.id(), record.opened().origin());
        }
        if (recorded.rolledBack()) {
            rolledBack.add(change.id());
        }
    }

    private Pair pair(Job<?, ?> job) {
        Policies now = job == null
                ? new Policies(configuration.readPolicy().stream().toList(), broken ? List.of(BROKEN) : List.of())
                : configuration.policies(job);
        List<Policy> others = new ArrayList<>(List.of(builtIn));
        now.policies().stream().filter(policy -> !policy.layer().mayLoosen()).forEach(others::add);
        List<Policy> before = new ArrayList<>(others);
        now.policies().stream()
                .filter(policy -> policy.layer().equals(Layer.ORGANISATION))
                .forEach(before::add);
        List<Policy> after = new ArrayList<>(others);
        after.add(draft.policy());
        // The organisation's own gap is the first; the draft mends it.
        List<Gap> left = broken ? now.gaps().subList(1, now.gaps().size()) : now.gaps();
        return new Pair(new Replay(before), now.gaps(), new Replay(after), left);
    }

    /** The same as the gate has it while a policy cannot be read. */
    private static PastChange with(List<Gap> gaps, PastChange change) {
        Reading reading = change.reading();
        for (Gap gap : gaps) {
            reading = reading.with(gap);
        }
        return new PastChange(
                change.id(),
                change.title(),
                change.when(),
                change.service(),
                change.environment(),
                reading,
                change.text(),
                change.circumstances(),
                change.own(),
                change.decision(),
                change.outcome());
    }

    TrialReport report() {
        return TrialReport.of(today, then, unseen, incomplete, sealed, origins, rolledBack);
    }
}
