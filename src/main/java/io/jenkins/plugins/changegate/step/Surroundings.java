package io.jenkins.plugins.changegate.step;

import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.assess.Repository;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.condition.History;
import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import io.jenkins.plugins.changegate.engine.learn.Experience;
import io.jenkins.plugins.changegate.engine.path.FileKind;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Route;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.FailedFiles;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.ledger.Experiences;
import io.jenkins.plugins.changegate.signal.SignalCollector;
import io.jenkins.plugins.changegate.signal.SignalSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the records and the build know of a change: what it is compared with, and what else rules can ask about. Of one
 * assessment, and so of one service and one thread.
 */
final class Surroundings implements Assessor.Live {

    /** In changes of more files than this the generated ones are not looked for. */
    private static final int GENERATED_LOOKED_AT = 1_000;

    private final ChangeGateStep step;
    private final Run<?, ?> run;
    private final ChangeStore store;
    private final Repository repository;
    private Experience experience;

    Surroundings(ChangeGateStep step, Run<?, ?> run, ChangeStore store, Repository repository) {
        this.step = step;
        this.run = run;
        this.store = store;
        this.repository = repository;
    }

    /** What runs there now, as the records know it. What the pipeline says of it can only add doubt. */
    @Override
    public Assessor.Base of(String service) throws IOException {
        Optional<String> claimed = Optional.ofNullable(step.getBase());
        Optional<ChangeRecord> last;
        try {
            last = store.lastDeployed(service, step.getEnvironment());
        } catch (StoreException e) {
            throw new IOException(e);
        }
        Optional<String> known = last.map(record -> record.opened().head()).filter(head -> !head.isEmpty());
        if (known.isEmpty()) {
            return new Assessor.Base(claimed, List.of(first(service, last, claimed)));
        }
        if (claimed.isPresent() && !names(claimed.get(), known.get())) {
            return new Assessor.Base(
                    known,
                    List.of(new Gap(
                            Gap.Kind.BASE_CLAIMED,
                            "The pipeline says that " + claimed.get() + " runs in " + step.getEnvironment()
                                    + ", but " + last.get().id() + " deployed " + known.get()
                                    + " there; the change is compared with that.")));
        }
        return new Assessor.Base(known, List.of());
    }

    private Gap first(String service, Optional<ChangeRecord> last, Optional<String> claimed) {
        String unknown = last.isPresent()
                ? "Which commit " + last.get().id() + " deployed to " + step.getEnvironment() + " is not known"
                : "This is the first deployment of " + service + " to " + step.getEnvironment() + " through the gate";
        return new Gap(
                Gap.Kind.FIRST_DEPLOYMENT,
                unknown
                        + claimed.map(base -> ": it is compared with " + base + " because the pipeline says so.")
                                .orElse(", so there is nothing to compare it with."));
    }

    private boolean names(String revision, String id) throws IOException {
        GitReader.Look look = repository.head(revision, Assessment.policyFile(step));
        return look.commit() != null && look.commit().id().equals(id);
    }

    @Override
    public Circumstances circumstances(String service, String head, Delta delta, Set<String> signals)
            throws IOException {
        SignalCollector.Collected facts = facts(service, head, delta, signals);
        List<String> starters = List.copyOf(Assessment.starters(run.getCauses()));
        Circumstances known = new Circumstances(
                run.getParent().getFullName(),
                Assessment.isBranch(run.getParent())
                        ? Optional.of(run.getParent().getDisplayName())
                        : Optional.empty(),
                starters.isEmpty() ? "" : starters.get(0),
                step.isEmergency() ? ChangeType.EMERGENCY : ChangeType.NORMAL,
                Objects.requireNonNullElse(step.getReason(), ""),
                Instant.now(),
                Optional.of(history(service)),
                facts.known(),
                facts.unknown());
        return known.withStandings(standings(service));
    }

    /** Commits are looked at one by one by what was learnt alone; what happened to the files before is kept anyway. */
    @Override
    public Background.Asked asksBackground(String service) throws IOException {
        return experience(service).isLearnt() ? Background.Asked.COMMITS : Background.Asked.EARLIER;
    }

    /** The same one throughout, as it is asked for what it goes by. */
    private Experience experience(String service) throws IOException {
        if (experience == null) {
            try {
                experience = Experiences.get().of(store, service, Instant.now());
            } catch (StoreException e) {
                throw new IOException(e);
            }
        }
        return experience;
    }

    /** What the records teach of a change like this. */
    @Override
    public Optional<Basis> basis(
            String service, String environment, Delta delta, Background background, Set<Promise> promises)
            throws IOException {
        Experience learnt = experience(service);
        Basis basis = learnt.score(
                        Features.of(delta, background),
                        Features.ofEach(background.commits(), delta),
                        generatedLines(delta))
                .withRevert(background.revert())
                .withFailedFiles(failedFiles(service, delta));
        return Optional.of(learnt.limited(basis, promises).withLot(AuditLot.of(service, environment, delta.base())));
    }

    private FailedFiles failedFiles(String service, Delta delta) throws IOException {
        try {
            return store.failedFiles(service, step.getEnvironment(), delta).orElse(null);
        } catch (StoreException e) {
            throw new IOException(e);
        }
    }

    /** Counting takes a while for a large change, and only tells people something. */
    private static long generatedLines(Delta delta) {
        boolean countable =
                delta.files().size() == delta.totals().files() && delta.files().size() <= GENERATED_LOOKED_AT;
        return countable ? FileKind.linesWrittenElsewhere(delta) : -1;
    }

    private Map<String, Standing> standings(String service) throws IOException {
        try {
            return store.standings(new Route(run.getParent().getFullName(), service, step.getEnvironment()));
        } catch (StoreException e) {
            throw new IOException(e);
        }
    }

    private SignalCollector.Collected facts(String service, String head, Delta delta, Set<String> names)
            throws IOException {
        SignalSource.Request request = new SignalSource.Request(run, service, step.getEnvironment(), head, delta);
        try {
            return SignalCollector.get().collect(names, step.claims(), request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("Jenkins stops").initCause(e);
        }
    }

    private History history(String service) throws IOException {
        try {
            return History.of(store.lastOutcomes(service, step.getEnvironment(), History.LOOKED_AT).stream()
                    .map(ended -> new History.Deployment(ended.outcome().key(), ended.at()))
                    .toList());
        } catch (StoreException e) {
            throw new IOException(e);
        }
    }
}
