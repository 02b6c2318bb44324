package io.jenkins.plugins.changegate.view;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.changegate.config.GateThreads;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The latest trials of drafts, in memory: a restart forgets them. Thread-safe. */
@Extension
@Restricted(NoExternalUse.class)
public class Trials {

    /** So many are kept, whoever wanted them. */
    private static final int KEPT = 20;

    private final Map<String, Trial> trials = new LinkedHashMap<>();

    static Trials get() {
        return ExtensionList.lookupSingleton(Trials.class);
    }

    /** Starts a trial, and stops those of the same user that are not over. */
    Trial start(Draft draft, TrialQuery query) {
        Trial trial = new Trial(draft, query);
        synchronized (this) {
            trials.values().stream().filter(Trial::isOwn).forEach(Trial::stop);
            trials.put(trial.id(), trial);
            if (trials.size() > KEPT) {
                trials.remove(trials.keySet().iterator().next()).stop();
            }
        }
        GateThreads.trials().execute(trial);
        return trial;
    }

    /** Returns a trial of the user who asks. */
    synchronized Optional<Trial> find(String id) {
        return Optional.ofNullable(trials.get(id)).filter(Trial::isOwn);
    }
}
