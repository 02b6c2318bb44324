package io.jenkins.plugins.changegate.signal;

import hudson.ExtensionList;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.condition.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks the sources for the signals that rules ask about and for evidence, all at once, and waits for a bounded time. Whatever goes wrong
 * with one signal leaves that one unknown, with a reason. Immutable; may be used from several threads.
 */
public final class SignalCollector {

    private static final Logger LOGGER = Logger.getLogger(SignalCollector.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** So many signals that no rule asks about are asked for at most. */
    private static final int EVIDENCE = 100;

    /** Longest reason, in characters. */
    private static final int WHY = 300;

    private final List<SignalSource> sources;
    private final ExecutorService threads;
    private final Duration limit;

    /**
     * @param sources in the order in which they are looked for
     * @param threads which ask them
     * @param limit how long all of them together are waited for
     */
    SignalCollector(List<SignalSource> sources, ExecutorService threads, Duration limit) {
        this.sources = List.copyOf(sources);
        this.threads = threads;
        this.limit = limit;
    }

    /** Returns what asks the sources of this Jenkins. */
    public static SignalCollector get() {
        return new SignalCollector(ExtensionList.lookup(SignalSource.class), GateThreads.signals(), LIMIT);
    }

    /**
     * What was found; each signal that a rule asks about, and each that is evidence, is in one of both.
     *
     * @param known what is known, by name
     * @param unknown why the others are not, by name: the end of a sentence, without a full stop
     */
    public record Collected(Map<String, Signal> known, Map<String, String> unknown) {
        public Collected {
            known = Map.copyOf(known);
            unknown = Map.copyOf(unknown);
        }
    }

    /**
     * Finds signals. Waits for them, so it is not for a thread that Pipeline runs on.
     *
     * @param names which rules ask about
     * @param claims what the pipeline says, by name without {@link ClaimedSignals#PREFIX}; all of it is evidence
     * @param request for which change
     * @throws InterruptedException if the thread is interrupted; the sources are then as well
     */
    public Collected collect(Set<String> names, Map<String, Object> claims, SignalSource.Request request)
            throws InterruptedException {
        Map<String, Signal> known = new TreeMap<>();
        Map<String, String> unknown = new TreeMap<>();
        List<String> asked = new ArrayList<>();
        List<Callable<Signal>> questions = new ArrayList<>();
        known.putAll(ClaimedSignals.of(claims));
        for (String name : withEvidence(names, request)) {
            if (ClaimedSignals.isClaimed(name)) {
                if (!known.containsKey(name)) {
                    unknown.put(name, "the pipeline says nothing of it");
                }
            } else {
                asked.add(name);
                questions.add(() -> find(name, request));
            }
        }
        try {
            List<Future<Signal>> answers = threads.invokeAll(questions, limit.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < answers.size(); i++) {
                String name = asked.get(i);
                try {
                    known.put(name, answers.get(i).get());
                } catch (ExecutionException e) {
                    unknown.put(name, why(name, e.getCause()));
                } catch (CancellationException e) {
                    unknown.put(name, "there was no answer within " + limit.toSeconds() + " seconds");
                }
            }
        } catch (RejectedExecutionException e) {
            asked.forEach(name -> unknown.put(name, "Jenkins stops"));
        }
        return new Collected(known, unknown);
    }

    private Set<String> withEvidence(Set<String> names, SignalSource.Request request) {
        Set<String> evidence = new TreeSet<>();
        for (SignalSource source : sources) {
            try {
                source.evidence(request).stream()
                        .filter(name -> source.gives(name) && !ClaimedSignals.isClaimed(name))
                        .forEach(evidence::add);
            } catch (RuntimeException | LinkageError e) {
                LOGGER.log(Level.WARNING, "{0} does not say what of a change is to be recorded: {1}", new Object[] {
                    source.getClass().getName(), e.getClass().getSimpleName()
                });
                LOGGER.log(Level.FINE, e, () -> source.getClass().getName() + " does not say what is to be recorded");
            }
        }
        Set<String> all = new TreeSet<>(names);
        evidence.stream().limit(EVIDENCE).forEach(all::add);
        return all;
    }

    private Signal find(String name, SignalSource.Request request) throws Exception {
        SignalSource source = sources.stream()
                .filter(each -> each.gives(name))
                .findFirst()
                .orElseThrow(() -> new UnknownSignalException("nothing gives it"));
        return source.find(name, request)
                .orElseThrow(() -> new UnknownSignalException("where it comes from does not know it"));
    }

    /** Only what was meant for people is shown to them: other messages may have anything in them. */
    private static String why(String name, Throwable failure) {
        if (failure instanceof UnknownSignalException && failure.getMessage() != null) {
            String clean = failure.getMessage().replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
            return clean.length() > WHY ? clean.substring(0, WHY) + "…" : clean;
        }
        String kind = failure.getClass().getSimpleName();
        LOGGER.log(Level.WARNING, "The signal {0} could not be found out: {1}", new Object[] {name, kind});
        LOGGER.log(Level.FINE, failure, () -> "The signal " + name + " could not be found out");
        return "it could not be found out (" + kind + ")";
    }
}
