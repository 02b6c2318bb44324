package io.jenkins.plugins.changegate.ledger;

import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.record.ChainedEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeFact;
import io.jenkins.plugins.changegate.engine.record.ChangeFilter;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.PastDeployment;
import io.jenkins.plugins.changegate.engine.record.Rebuild;
import io.jenkins.plugins.changegate.engine.record.Rebuilt;
import io.jenkins.plugins.changegate.engine.record.Rollback;
import io.jenkins.plugins.changegate.engine.record.Route;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.engine.record.Track;
import io.jenkins.plugins.changegate.engine.risk.FailedFiles;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A store that tells of everything it has recorded, so that nobody who records can forget to. */
final class ToldStore implements ChangeStore {

    private final ChangeStore store;
    private final BiConsumer<ChangeRecord, ChangeEvent> told;
    private final Consumer<StoreException> failed;

    /**
     * @param told is told of what was recorded
     * @param failed is told of what could not be recorded; it may have been, if the answer was lost
     */
    ToldStore(ChangeStore store, BiConsumer<ChangeRecord, ChangeEvent> told, Consumer<StoreException> failed) {
        this.store = store;
        this.told = told;
        this.failed = failed;
    }

    @Override
    public ChangeRecord open(ChangeEvent.Opened opened) throws StoreException {
        try {
            ChangeRecord record = store.open(opened);
            told.accept(record, opened);
            return record;
        } catch (StoreException e) {
            failed.accept(e);
            throw e;
        }
    }

    @Override
    public Optional<ChangeRecord> append(ChangeRecord seen, ChangeEvent event) throws StoreException {
        try {
            Optional<ChangeRecord> record = store.append(seen, event);
            record.ifPresent(written -> told.accept(written, event));
            return record;
        } catch (StoreException e) {
            failed.accept(e);
            throw e;
        }
    }

    @Override
    public Optional<ChangeRecord> find(long number) throws StoreException {
        return store.find(number);
    }

    @Override
    public Optional<ChangeRecord> lastDeployed(String service, String environment) throws StoreException {
        return store.lastDeployed(service, environment);
    }

    @Override
    public Optional<FailedFiles> failedFiles(String service, String environment, Delta delta) throws StoreException {
        return store.failedFiles(service, environment, delta);
    }

    @Override
    public List<ChangeRecord> deploying() throws StoreException {
        return store.deploying();
    }

    @Override
    public List<ChangeRecord> waiting() throws StoreException {
        return store.waiting();
    }

    @Override
    public List<ChangeRecord> after(long number, String service, String environment) throws StoreException {
        return store.after(number, service, environment);
    }

    @Override
    public List<Long> since(Instant since, Optional<String> service, Optional<String> environment)
            throws StoreException {
        return store.since(since, service, environment);
    }

    @Override
    public List<ChangeSummary> page(ChangeFilter filter, long before, int most) throws StoreException {
        return store.page(filter, before, most);
    }

    @Override
    public List<ChainedEvent> events(long number) throws StoreException {
        return store.events(number);
    }

    @Override
    public SealedBatch seal(Instant before, long after, int most, String because, String policyVersion)
            throws StoreException {
        return store.seal(before, after, most, because, policyVersion);
    }

    @Override
    public boolean isEmpty() throws StoreException {
        return store.isEmpty();
    }

    @Override
    public Rebuild.Report rebuild(Rebuild.Copies copies, String by) throws StoreException {
        return store.rebuild(copies, by);
    }

    @Override
    public Optional<Rebuilt> rebuilt() throws StoreException {
        return store.rebuilt();
    }

    @Override
    public Optional<String> verify() throws StoreException {
        return store.verify();
    }

    @Override
    public List<ChangeEvent.Ended> lastOutcomes(String service, String environment, int most) throws StoreException {
        return store.lastOutcomes(service, environment, most);
    }

    @Override
    public Rollback rollback(long number) throws StoreException {
        return store.rollback(number);
    }

    @Override
    public Map<String, Standing> standings(Route route) throws StoreException {
        return store.standings(route);
    }

    @Override
    public Track track(Route route, String version) throws StoreException {
        return store.track(route, version);
    }

    @Override
    public List<Route> routes(String job) throws StoreException {
        return store.routes(job);
    }

    @Override
    public List<PastDeployment> pastDeployments(Optional<String> service, Instant until, int most)
            throws StoreException {
        return store.pastDeployments(service, until, most);
    }

    @Override
    public List<Features> recentFeatures(Optional<String> service, int most) throws StoreException {
        return store.recentFeatures(service, most);
    }

    @Override
    public long facts(long seen, Consumer<ChangeFact> taker) throws StoreException {
        return store.facts(seen, taker);
    }

    @Override
    public void keepPolicies(Collection<String> texts) throws StoreException {
        store.keepPolicies(texts);
    }

    @Override
    public Optional<String> policyText(String version) throws StoreException {
        return store.policyText(version);
    }
}
