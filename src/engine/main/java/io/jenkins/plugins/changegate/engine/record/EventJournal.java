package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.policy.Hashes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Keeps, in a file, how changes ended while the store is away, and records it when the store is back: in the order in
 * which it was kept. It is on the disk before {@link #keep} returns. What a killed process replayed and did not take out
 * is replayed again, which changes nothing: an outcome is recorded only of a change that is being deployed, a decision
 * only of one that is not decided. Thread-safe.
 */
public final class EventJournal {

    /** Characters of a line's hash, which tells a line that was cut off. */
    private static final int HASH = 16;

    private final Path folder;
    private final Path file;
    private final int most;
    private final RecordJson json = new RecordJson();
    private Deque<Entry> entries;

    /**
     * @param folder where it is kept; is made if it is missing
     * @param file its name there; is there only while something is kept
     * @param most how many events it keeps at most
     */
    public EventJournal(Path folder, String file, int most) {
        this.folder = folder;
        this.file = folder.resolve(file);
        this.most = most;
    }

    /**
     * One event.
     *
     * @param ledger which ledger gave the number
     * @param number the change's
     */
    record Entry(String ledger, long number, ChangeEvent event) {}

    /** The journal has no room. */
    public static final class FullException extends IOException {
        private static final long serialVersionUID = 1L;

        FullException(int most) {
            super("The journal has " + most + " events, and no room for more.");
        }
    }

    /**
     * Keeps an event that could not be recorded.
     *
     * @param ledger which ledger gave the number: it is recorded in no other
     * @param event how the deployment ended, or how the change was decided
     * @throws FullException if there are too many already
     * @throws IOException if it cannot be written; it is not kept then
     */
    public synchronized void keep(String ledger, long number, ChangeEvent event) throws IOException {
        Deque<Entry> kept = entries();
        if (kept.size() >= most) {
            throw new FullException(most);
        }
        Entry entry = new Entry(ledger, number, event);
        Files.createDirectories(folder);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long end = channel.size();
            try {
                ByteBuffer bytes = ByteBuffer.wrap(line(entry).getBytes(StandardCharsets.UTF_8));
                channel.position(end);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            } catch (IOException e) {
                // Half a line would be taken for the beginning of the next one.
                channel.truncate(end);
                throw e;
            }
        }
        kept.add(entry);
    }

    private String line(Entry entry) {
        String text = json.line(entry);
        return hash(text) + " " + text + "\n";
    }

    private static String hash(String text) {
        return Hashes.sha256(text).substring(0, HASH);
    }

    /**
     * Returns how many events are kept.
     *
     * @throws IOException if the file cannot be read
     */
    public synchronized int size() throws IOException {
        return entries().size();
    }

    /** Returns how many events it keeps at most. */
    public int most() {
        return most;
    }

    private Deque<Entry> entries() throws IOException {
        if (entries == null) {
            Deque<Entry> read = new ArrayDeque<>();
            if (Files.exists(file)) {
                String text = Files.readString(file);
                for (String line : text.split("\n")) {
                    parse(line).ifPresent(read::add);
                }
                if (!text.isEmpty() && !text.endsWith("\n")) {
                    // Cut off by a kill, so nobody was told that it is kept.
                    Files.writeString(file, "\n", StandardOpenOption.APPEND);
                }
            }
            entries = read;
        }
        return entries;
    }

    private Optional<Entry> parse(String line) throws IOException {
        if (line.length() <= HASH || !hash(line.substring(HASH + 1)).equals(line.substring(0, HASH))) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.read(line.substring(HASH + 1), Entry.class));
        } catch (StoreException e) {
            throw new IOException("The journal of change records cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * What a replay did.
     *
     * @param recorded how many events were recorded
     * @param needless what had been recorded already, or does not fit any more, one sentence each
     */
    public record Replayed(int recorded, List<String> needless) {}

    /**
     * Records what is kept, oldest first, until all is recorded or the store fails. Events of another ledger stay.
     *
     * @param ledger which one this is
     * @throws StoreException if the store failed; what was not recorded is still kept
     * @throws IOException if the file cannot be read or written; what is kept may be replayed once more
     */
    public Replayed replay(String ledger, ChangeStore store) throws StoreException, IOException {
        int recorded = 0;
        List<String> needless = new ArrayList<>();
        for (Entry entry : snapshot(ledger)) {
            if (apply(store, entry)) {
                recorded++;
            } else {
                needless.add("What was kept of " + ChangeRecord.id(entry.number()) + ", " + json.line(entry.event())
                        + ", is recorded already or does not fit any more.");
            }
            done(entry);
        }
        return new Replayed(recorded, List.copyOf(needless));
    }

    private synchronized List<Entry> snapshot(String ledger) throws IOException {
        return entries().stream().filter(entry -> entry.ledger().equals(ledger)).toList();
    }

    /** Takes an entry out; the file goes with the last one. */
    private synchronized void done(Entry entry) throws IOException {
        entries.remove(entry);
        if (entries.isEmpty()) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean apply(ChangeStore store, Entry entry) throws StoreException {
        while (true) {
            Optional<ChangeRecord> record = store.find(entry.number()).filter(now -> fits(now, entry.event()));
            if (record.isEmpty()) {
                return false;
            }
            if (store.append(record.get(), entry.event()).isPresent()) {
                return true;
            }
        }
    }

    private static boolean fits(ChangeRecord record, ChangeEvent event) {
        return event instanceof ChangeEvent.Ended && record.isDeploying()
                || event instanceof ChangeEvent.Decided && record.decided().isEmpty();
    }
}
