package io.jenkins.plugins.changegate.connect;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.connect.CallException.Kind;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeFilter;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.http.BoundedHttp;
import io.jenkins.plugins.changegate.ledger.ChangeListener;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Keeps every change in the systems that want it, after it was recorded and never before: a gate knows nothing of them.
 * What they are told of survives a restart, because it is read from the records: when Jenkins starts, the latest changes
 * are compared with what these systems have. Thread-safe.
 */
@Extension
public class Connector implements ChangeListener {

    private static final Logger LOGGER = Logger.getLogger(Connector.class.getName());
    private static final int ROOM = 1000;
    private static final int PAGE = 200;
    private static final int ORIGIN = 12;
    private static final Duration LOOK_BACK = Duration.ofDays(14);

    private final BoundedHttp http = new BoundedHttp();
    private final Map<ChangeSystem, Outbox> outboxes = new IdentityHashMap<>();

    /**
     * By host: one change is told at a time. An outbox that was closed meanwhile, because the configuration was saved,
     * may still be telling what its successor tells too, and neither would find what the other is about to create.
     */
    private final Map<String, Lock> telling = new ConcurrentHashMap<>();

    private Outbox.Pace pace = new Outbox.Pace(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private Duration timeout = Duration.ofSeconds(30);

    static Connector get() {
        return ExtensionList.lookupSingleton(Connector.class);
    }

    /** Looks for what was not told before Jenkins stopped. */
    @Extension
    public static class Start extends ItemListener {
        @Override
        public void onLoaded() {
            get().catchUp();
        }
    }

    @Override
    public void onChange(ChangeRecord record, ChangeEvent event) {
        boolean matters = !(event instanceof ChangeEvent.Linked
                || event instanceof ChangeEvent.Unlinked
                || event instanceof ChangeEvent.Reminded);
        if (matters) {
            outboxes().forEach((system, outbox) -> {
                if (system.wants(record.opened())) {
                    outbox.add(record.number());
                }
            });
        }
    }

    /** Compares the latest changes with what every system has, and returns at once. */
    void catchUp() {
        Map<ChangeSystem, Outbox> all = outboxes();
        all.keySet().removeIf(ChangeSystem::isDry);
        // A Jenkins where no gate ever stood has no records, and gets none here.
        if (!all.isEmpty() && new File(Jenkins.get().getRootDir(), "change-gate").isDirectory()) {
            GateThreads.connections().execute(() -> all.values().forEach(Connector::catchUp));
        }
    }

    /** Tells one system of the latest changes; those that it does not want are passed over when their turn comes. */
    private static void catchUp(Outbox outbox) {
        try {
            ChangeStore store = ChangeRecords.get().store();
            ChangeFilter late = ChangeFilter.ALL.since(Instant.now().minus(LOOK_BACK));
            long before = Long.MAX_VALUE;
            for (int told = 0; told + PAGE <= ROOM; told += PAGE) {
                List<ChangeSummary> page = store.page(late, before, PAGE);
                // Of several Jenkinses with a common ledger each tells of its own.
                page.stream()
                        .filter(change ->
                                change.controller().equals(ChangeRecords.get().controller()))
                        .forEach(change -> outbox.add(change.number()));
                if (page.size() < PAGE) {
                    return;
                }
                before = page.get(page.size() - 1).number();
            }
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, "It is not known which changes other systems have not been told of", e);
        }
    }

    /** Returns the outbox of every system that is configured now; those of others are closed. */
    private synchronized Map<ChangeSystem, Outbox> outboxes() {
        List<ChangeSystem> systems = ChangeGateConnections.get().getSystems();
        outboxes.entrySet().removeIf(entry -> {
            boolean gone = systems.stream().noneMatch(system -> system == entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        for (ChangeSystem system : systems) {
            outboxes.computeIfAbsent(
                    system,
                    added -> new Outbox(
                            added.host(),
                            ROOM,
                            number -> send(added, number),
                            GateThreads.connections(),
                            pace,
                            Connector::catchUp));
        }
        return new IdentityHashMap<>(outboxes);
    }

    /** Returns what is wrong with the systems that are configured now, by their hosts. */
    Map<String, Outbox.Problem> problems() {
        Map<String, Outbox.Problem> problems = new TreeMap<>();
        outboxes()
                .forEach((system, outbox) ->
                        outbox.problem().ifPresent(problem -> problems.put(system.host(), problem)));
        return problems;
    }

    /** Returns how many times a system has to be told of a change. */
    int waiting() {
        return outboxes().values().stream().mapToInt(Outbox::waiting).sum();
    }

    /** Forgets what was wrong and what waits, and begins anew with the latest changes. */
    void again() {
        synchronized (this) {
            outboxes.values().forEach(Outbox::close);
            outboxes.clear();
        }
        catchUp();
    }

    /** For tests, which cannot wait that long. */
    synchronized void setPace(Outbox.Pace pace, Duration timeout) {
        this.pace = pace;
        this.timeout = timeout;
    }

    private synchronized Duration timeout() {
        return timeout;
    }

    /** Returns whether the system was asked. */
    private boolean send(ChangeSystem system, long number) throws CallException, InterruptedException {
        Lock turn = telling.computeIfAbsent(system.host(), host -> new ReentrantLock());
        turn.lockInterruptibly();
        try {
            return sendNow(system, number);
        } finally {
            turn.unlock();
        }
    }

    private boolean sendNow(ChangeSystem system, long number) throws CallException, InterruptedException {
        try {
            ChangeStore store = ChangeRecords.get().store();
            Optional<ChangeRecord> found = store.find(number);
            if (found.isEmpty() || !system.wants(found.get().opened())) {
                return false;
            }
            ChangeRecord record = found.get().withoutDelta();
            if (KeptChange.isTakenAway(record, system.getUrl())) {
                return false;
            }
            if (system.isDry()) {
                LOGGER.log(Level.INFO, "{0} would be told of {1}, version {2}", new Object[] {
                    system.host(), record.id(), record.version()
                });
                return false;
            }
            Calls calls = new Calls(
                    http, ChangeGateConnections.get().hosts(), system.getUrl(), system.getCredentialsId(), timeout());
            KeptChange change = new KeptChange(record, page(record), origin());
            Link link = system.keep(change, calls);
            if (!record.links().contains(link)) {
                link(store, number, link);
            }
            return true;
        } catch (StoreException e) {
            throw new CallException(Kind.UNAVAILABLE, "the record cannot be read");
        }
    }

    /** Writes down where it is kept: whatever else is written at that moment, once. */
    private static void link(ChangeStore store, long number, Link link) throws StoreException {
        while (true) {
            Optional<ChangeRecord> now = store.find(number);
            if (now.isEmpty() || now.get().links().contains(link)) {
                return;
            }
            if (store.append(now.get(), new ChangeEvent.Linked(Instant.now(), link, ""))
                    .isPresent()) {
                return;
            }
        }
    }

    private static String page(ChangeRecord record) {
        Origin origin = record.opened().origin();
        Job<?, ?> job = Jenkins.get().getItemByFullName(origin.job(), Job.class);
        Run<?, ?> run = job == null ? null : job.getBuildByNumber(origin.build());
        return run == null
                ? ""
                : Objects.requireNonNullElse(Jenkins.get().getRootUrl(), "/") + run.getUrl() + "change/" + record.id()
                        + "/";
    }

    private static String origin() {
        return Jenkins.get().getLegacyInstanceId().substring(0, ORIGIN);
    }
}
