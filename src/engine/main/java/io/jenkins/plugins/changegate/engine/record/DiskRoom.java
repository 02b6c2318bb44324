package io.jenkins.plugins.changegate.engine.record;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.LongSupplier;

/**
 * Lets a database in a file be written only as long as there is room on its disk. H2 1.4 does not survive a disk that
 * becomes full while it writes: it can lose what it had acknowledged. Thread-safe.
 */
public final class DiskRoom {

    /** What is left free, in bytes: many times what one event and the tidying of the file need. */
    public static final long LEAST = 64L << 20;

    /** No limit: for databases that look after their disks themselves. */
    static final DiskRoom ANY = new DiskRoom("", () -> Long.MAX_VALUE, 0);

    /** Stands for a directory that cannot be written at all. */
    static final long READ_ONLY = -1;

    /** "Disk full" among the SQL states. */
    private static final String FULL = "53100";

    /** "Read only" among them. */
    private static final String UNWRITABLE = "25006";

    private final String where;
    private final LongSupplier free;
    private final long least;

    private DiskRoom(String where, LongSupplier free, long least) {
        this.where = where;
        this.free = free;
        this.least = least;
    }

    /**
     * Returns the room on the disk of a directory.
     *
     * @param directory need not be there yet; there is no room where it cannot be made
     */
    public static DiskRoom of(Path directory) {
        // The files of a database are made later than its directory, and that later than those above it.
        return new DiskRoom(directory.toString(), () -> free(directory), LEAST);
    }

    static DiskRoom of(String where, LongSupplier free, long least) {
        return new DiskRoom(where, free, least);
    }

    private static long free(Path directory) {
        for (Path there = directory.toAbsolutePath(); there != null; there = there.getParent()) {
            if (Files.isDirectory(there)) {
                return Files.isWritable(there) ? there.toFile().getUsableSpace() : READ_ONLY;
            }
        }
        return 0;
    }

    /**
     * Asks before something is written.
     *
     * @throws StoreException if there is too little room, or nothing can be written; {@link StoreException#isStoreAway}
     *     then, as somebody can mend that
     */
    void require() throws StoreException {
        long left = free.getAsLong();
        if (left == READ_ONLY) {
            String message = "The directory " + where + " cannot be written, as a change is to be recorded there: let"
                    + " Jenkins write there";
            throw new StoreException(message, new SQLException(message, UNWRITABLE));
        }
        if (left < least) {
            String message = "There are only " + (left >> 20) + " MiB left on the disk of " + where + ", and at least "
                    + (least >> 20) + " are needed to record a change safely: make room there";
            throw new StoreException(message, new SQLException(message, FULL));
        }
    }
}
