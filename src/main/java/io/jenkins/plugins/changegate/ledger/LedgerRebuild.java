package io.jenkins.plugins.changegate.ledger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.record.Rebuild;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Makes a lost store again from what is kept beside the builds of all jobs, and from exports that an administrator puts
 * into {@code change-gate/exports} under the Jenkins home. One at a time, in the background; what came of the last one is
 * known until Jenkins stops. Thread-safe.
 */
@Extension
public class LedgerRebuild {

    private static final Logger LOGGER = Logger.getLogger(LedgerRebuild.class.getName());

    private volatile Status status = new Status(State.NONE, "", null, 0, 0, 0, 0, "", null);
    private volatile boolean stopping;

    /** Where it is. */
    enum State {
        NONE,
        RUNNING,
        STOPPED,
        FAILED,
        DONE
    }

    /**
     * How far it is.
     *
     * @param by the id of the user who wanted it
     * @param began when; {@code null} if there was none
     * @param jobs how many were looked through
     * @param allJobs how many there are
     * @param builds how many were looked at
     * @param copies how many were found
     * @param failure why it failed; empty if it did not
     * @param report what came of it; {@code null} as long as it is not done
     */
    record Status(
            State state,
            String by,
            Instant began,
            int jobs,
            int allJobs,
            long builds,
            long copies,
            String failure,
            Rebuild.Report report) {

        private Status at(int job, int all, long seen, long found) {
            return new Status(state, by, began, job, all, seen, found, failure, report);
        }

        private Status over(State how, String why, Rebuild.Report result) {
            return new Status(how, by, began, jobs, allJobs, builds, copies, why, result);
        }
    }

    /** Returns the one of this Jenkins. */
    static LedgerRebuild get() {
        return ExtensionList.lookupSingleton(LedgerRebuild.class);
    }

    Status status() {
        return status;
    }

    /** Returns why nothing can be rebuilt now, for people; empty if it can. Waits for the store. */
    String obstacle() {
        if (!ChangeRecords.get().isExpected()) {
            return "";
        }
        try {
            return ChangeRecords.get().toRebuild().isEmpty() ? "" : Messages.LedgerRebuild_notEmpty();
        } catch (StoreException e) {
            return e.getMessage();
        }
    }

    /**
     * Begins, unless one is running. Whoever calls this has looked whether the user may.
     *
     * @param by the id of the user
     * @throws StoreException if the store cannot be used, or is not empty
     */
    synchronized void start(String by) throws StoreException {
        if (status.state() == State.RUNNING) {
            return;
        }
        if (!ChangeRecords.get().toRebuild().isEmpty()) {
            throw new StoreException(Messages.LedgerRebuild_notEmpty(), null);
        }
        stopping = false;
        status = new Status(State.RUNNING, by, Instant.now(), 0, 0, 0, 0, "", null);
        GateThreads.copies().execute(() -> run(by));
    }

    /** Ends the one that is running, before it has put anything back. */
    void stop() {
        stopping = true;
    }

    private void run(String by) {
        try {
            Rebuild.Report report = ChangeRecords.get().toRebuild().rebuild(this::give, by);
            status = status.over(State.DONE, "", report);
            LOGGER.info(() -> report.rebuilt().words());
        } catch (CancellationException e) {
            status = status.over(State.STOPPED, "", null);
        } catch (StoreException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "The store of change records could not be rebuilt", e);
            status = status.over(State.FAILED, String.valueOf(e.getMessage()), null);
        }
    }

    private void give(Rebuild.Taker taker) throws StoreException {
        List<Job<?, ?>> jobs = Jenkins.get().getAllItems(Job.class).stream()
                .<Job<?, ?>>map(job -> job)
                .toList();
        status = status.at(0, jobs.size(), 0, 0);
        for (int i = 0; i < jobs.size(); i++) {
            for (Run<?, ?> run : jobs.get(i).getBuilds()) {
                if (stopping) {
                    throw new CancellationException();
                }
                int found = give(run, taker);
                status = status.at(i, jobs.size(), status.builds() + 1, status.copies() + found);
            }
        }
        status = status.at(jobs.size(), jobs.size(), status.builds(), status.copies());
        exports(taker);
    }

    private static int give(Run<?, ?> run, Rebuild.Taker taker) throws StoreException {
        for (MentionedChanges mentioned : ExtensionList.lookup(MentionedChanges.class)) {
            mentioned.of(run).forEach(taker::mentioned);
        }
        int found = 0;
        try {
            for (Path file : BuildCopies.of(run)) {
                BuildCopies.number(file).ifPresent(taker::mentioned);
                taker.copy(run.getExternalizableId() + ", " + file.getFileName(), text(file));
                found++;
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Copies of " + run + " cannot be listed");
        }
        return found;
    }

    /** What cannot be read is no copy, and is said to be none. */
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read");
            return "";
        }
    }

    private void exports(Rebuild.Taker taker) throws StoreException {
        Path folder = Jenkins.get().getRootDir().toPath().resolve("change-gate/exports");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                export(file, taker);
            }
        } catch (IOException e) {
            throw new StoreException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void export(Path file, Rebuild.Taker taker) throws IOException, StoreException {
        try (var reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (stopping) {
                    throw new CancellationException();
                }
                number++;
                taker.copy(file.getFileName() + ", line " + number, line);
                status = status.at(status.jobs(), status.allJobs(), status.builds(), status.copies() + 1);
            }
        }
    }
}
