package io.jenkins.plugins.changegate.ledger;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.changegate.engine.learn.Experience;
import io.jenkins.plugins.changegate.engine.learn.GuaranteeState;
import io.jenkins.plugins.changegate.engine.learn.LabelDelay;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.PastDeployment;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this Jenkins' own past deployments teach: those of a service if enough of them failed, else those of all
 * services. Of both it is learnt when a gate first asks, and again when it asks after a further deployment has become
 * old enough to be believed; in between it is remembered. Has no thread of its own: gates that ask at the same time
 * wait for the one that learns. Thread-safe.
 */
@Extension
public class Experiences {

    /** With fewer failures of its own a service is judged by those of all: as many as the strongest promise needs. */
    private static final int FAILURES = GuaranteeState.STRONG.failures();

    /** So many services are remembered, those that asked last. */
    private static final int REMEMBERED = 50;

    /** The one that asked longest ago first. */
    private final Map<Optional<String>, Remembered> remembered = new LinkedHashMap<>(REMEMBERED, 0.75F, true);

    /**
     * What was learnt.
     *
     * @param last the place in the ledger of the newest deployment that it was learnt from; 0 if there is none
     * @param experience empty if a service has too few failures of its own
     */
    private record Remembered(long last, Optional<Experience> experience) {}

    /** Returns those of this Jenkins. */
    public static Experiences get() {
        return ExtensionList.lookupSingleton(Experiences.class);
    }

    /**
     * Returns what past deployments teach of a service's changes.
     *
     * @throws StoreException if the store cannot be read
     */
    public Experience of(ChangeStore store, String service, Instant now) throws StoreException {
        Instant believed = now.minus(LabelDelay.USUAL.length());
        Optional<Experience> own = known(store, Optional.of(service), believed);
        return own.isPresent()
                ? own.get()
                : known(store, Optional.empty(), believed).orElseThrow();
    }

    private synchronized Optional<Experience> known(ChangeStore store, Optional<String> service, Instant until)
            throws StoreException {
        long last = store.pastDeployments(service, until, 1).stream()
                .mapToLong(PastDeployment::at)
                .max()
                .orElse(0);
        Remembered before = remembered.get(service);
        if (before != null && before.last() == last) {
            return before.experience();
        }
        Optional<Experience> learnt = learn(store, service, until);
        remembered.put(service, new Remembered(last, learnt));
        if (remembered.size() > REMEMBERED) {
            remembered.remove(remembered.keySet().iterator().next());
        }
        return learnt;
    }

    private static Optional<Experience> learn(ChangeStore store, Optional<String> service, Instant until)
            throws StoreException {
        List<PastDeployment> past = store.pastDeployments(service, until, Experience.WINDOW);
        if (service.isPresent() && past.stream().filter(PastDeployment::failed).count() < FAILURES) {
            return Optional.empty();
        }
        return Optional.of(Experience.of(
                past.stream()
                        .map(each -> new Experience.Past(each.features(), each.score(), each.failed()))
                        .toList(),
                store.recentFeatures(service, Experience.RECENT),
                service.orElse("all services")));
    }
}
