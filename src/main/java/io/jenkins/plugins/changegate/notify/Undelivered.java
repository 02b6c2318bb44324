package io.jenkins.plugins.changegate.notify;

import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What webhooks and people have not been told yet, so that a restart loses none of it: a small file for each, whose name
 * says of what and to whom, and which is deleted when it is told. What is told is not in it, as the records have that. A file
 * that cannot be written keeps nothing from being told. Thread-safe.
 */
final class Undelivered {

    /** Stands for those to whom a mail goes. */
    static final String MAIL = "mail";

    private static final Logger LOGGER = Logger.getLogger(Undelivered.class.getName());
    private static final Pattern NAME = Pattern.compile("(CHG-\\d{6,18})\\.(\\d{1,9})\\.([0-9a-f]{16}|" + MAIL + ")");

    private final Path directory;
    private final List<Delivery> left;

    /**
     * @param directory in which there may be some that were left by whoever was stopped
     */
    Undelivered(Path directory) {
        this.directory = directory;
        this.left = list();
    }

    /**
     * One delivery.
     *
     * @param number the change's
     * @param version how many events its record has with the one that is told
     * @param to the {@link Webhook#key()}, or {@link #MAIL}
     * @param id the same for every attempt to deliver it
     */
    record Delivery(long number, int version, String to, UUID id) {

        private static final Comparator<Delivery> OLDEST_FIRST =
                Comparator.comparingLong(Delivery::number).thenComparingInt(Delivery::version);

        String file() {
            return ChangeRecord.id(number) + "." + version + "." + to;
        }
    }

    /** Keeps one until it is removed. */
    void add(Delivery delivery) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(delivery.file()), delivery.id().toString());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> delivery.file() + " is not kept over a restart");
        }
    }

    void remove(Delivery delivery) {
        try {
            Files.deleteIfExists(directory.resolve(delivery.file()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> delivery.file() + " may be told once more after a restart");
        }
    }

    /** Takes what is to be told. */
    @FunctionalInterface
    interface Taker {
        /**
         * @param then the record as it was
         * @param now the same as it is
         */
        void take(Delivery delivery, ChangeRecord then, ChangeRecord now);
    }

    /**
     * Gives all that were left when this was made, the oldest change first; those that nobody is to be told of any more,
     * or of which there is nothing to tell, are removed. Where none are left the store is not asked, and so not opened.
     *
     * @param known whether somebody is still to be told, by {@link Delivery#to}
     * @throws StoreException if the store cannot be read now; those after it are still kept
     */
    void resume(Predicate<String> known, Taker taker) throws StoreException {
        for (Delivery delivery : left) {
            Optional<ChangeRecord> record = known.test(delivery.to())
                    ? ChangeRecords.get()
                            .store()
                            .find(delivery.number())
                            .filter(found -> found.version() >= delivery.version())
                    : Optional.empty();
            if (record.isEmpty()) {
                remove(delivery);
            } else {
                List<ChangeEvent> until = record.get().history().subList(0, delivery.version());
                taker.take(delivery, new ChangeRecord(delivery.number(), until), record.get());
            }
        }
    }

    /** Returns all that are kept, the oldest change first; of files that are none of ours, nothing. */
    private List<Delivery> list() {
        List<Delivery> all = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.forEach(file -> read(file).ifPresent(all::add));
            } catch (IOException | UncheckedIOException e) {
                LOGGER.log(Level.WARNING, "What was not told yet cannot be listed", e);
            }
        }
        all.sort(Delivery.OLDEST_FIRST);
        return all;
    }

    private static Optional<Delivery> read(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            return Optional.empty();
        }
        UUID id;
        try {
            id = UUID.fromString(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            // Cut short by what stopped Jenkins: nothing was sent by this name yet.
            id = UUID.randomUUID();
        }
        long number = ChangeRecord.number(name.group(1)).orElseThrow();
        return Optional.of(new Delivery(number, Integer.parseInt(name.group(2)), name.group(3), id));
    }
}
