package io.jenkins.plugins.changegate.ledger;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.record.ChangeCopy;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeFilter;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/**
 * Keeps a copy of each change beside its build, as long as there is the build: {@code change-gate/CHG-000123.jsonl} in
 * its directory. Nothing reads it but the rebuild of a lost store. It is written after the store has acknowledged what
 * happened; that it cannot be is logged, and holds up nothing. Each time all of it is written, so that what was missed
 * once is there the next time.
 */
@Extension
public class BuildCopies implements ChangeListener {

    private static final Logger LOGGER = Logger.getLogger(BuildCopies.class.getName());

    private static final String FOLDER = "change-gate";
    private static final String END = ".jsonl";

    /** Gates are resumed first. */
    private static final int AFTER_SECONDS = 20;

    @Override
    public void onChange(ChangeRecord record, ChangeEvent event) {
        try {
            ChangeStore store = ChangeRecords.get().store();
            GateThreads.copies().execute(() -> write(store, record));
        } catch (StoreException e) {
            LOGGER.log(Level.FINE, "The store is away again", e);
        }
    }

    /** Writes what a process that was killed had no time for: copies of the changes that are open still. */
    @Extension
    public static class Sweep extends ItemListener {
        @Override
        public void onLoaded() {
            if (ChangeRecords.get().isExpected()) {
                Timer.get()
                        .schedule(
                                () -> GateThreads.copies().execute(BuildCopies::writeOpen),
                                AFTER_SECONDS,
                                TimeUnit.SECONDS);
            }
        }
    }

    private static void writeOpen() {
        try {
            ChangeStore store = ChangeRecords.get().store();
            store.unended().forEach(record -> write(store, record));
        } catch (StoreException e) {
            LOGGER.log(Level.FINE, "The store is away", e);
        }
    }

    private static void write(ChangeStore store, ChangeRecord record) {
        try {
            Optional<Path> file = file(
                    record.number(),
                    record.opened().origin().job(),
                    record.opened().origin().build());
            if (file.isPresent()) {
                write(file.get(), ChangeCopy.line(record, store.events(record.number())) + "\n");
            }
        } catch (IOException | StoreException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "No copy of " + record.id() + " could be kept with its build");
        }
    }

    /** Never half of it: a copy that is cut off is none. */
    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent(), "a build has a directory"));
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, text);
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes the copies of changes whose contents are kept no longer. */
    static void delete(ChangeStore store, List<Long> numbers) throws StoreException {
        for (long number : numbers) {
            for (ChangeSummary change : store.page(ChangeFilter.ALL, number + 1, 1)) {
                try {
                    Optional<Path> file = file(number, change.job(), change.build());
                    if (file.isPresent()) {
                        Files.deleteIfExists(file.get());
                    }
                } catch (IOException e) {
                    LOGGER.log(
                            Level.SEVERE,
                            e,
                            () -> "The copy of " + change.id() + " with its build could not be deleted,"
                                    + " though its contents are to be kept no longer");
                }
            }
        }
    }

    /** Returns where the copy of a change is; empty if its build is gone. */
    private static Optional<Path> file(long number, String job, int build) {
        Job<?, ?> of = Jenkins.get().getItemByFullName(job, Job.class);
        Run<?, ?> run = of == null ? null : of.getBuildByNumber(build);
        return run == null || !run.getRootDir().isDirectory()
                ? Optional.empty()
                : Optional.of(folder(run).resolve(begin() + ChangeRecord.id(number) + END));
    }

    private static Path folder(Run<?, ?> run) {
        return run.getRootDir().toPath().resolve(FOLDER);
    }

    /** A number means another change in a ledger of another kind. */
    private static String begin() {
        String kind = ChangeRecords.get().kind();
        return kind.isEmpty() ? "" : kind + "-";
    }

    /** Returns the copies with a build that are of the ledger in use. */
    static List<Path> of(Run<?, ?> run) throws IOException {
        Path folder = folder(run);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> number(file).isPresent()).sorted().toList();
        }
    }

    /** Returns the number of the change that a file is a copy of by its name; empty if it is none of this ledger. */
    static Optional<Long> number(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(begin()) && name.endsWith(END)
                ? ChangeRecord.number(name.substring(begin().length(), name.length() - END.length()))
                : Optional.empty();
    }
}
