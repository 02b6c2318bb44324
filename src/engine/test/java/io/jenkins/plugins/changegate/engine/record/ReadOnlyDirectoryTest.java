package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The directory of a store can only be read, as after a fault of its disk: that is said, nothing is taken for stored, and
 * all is as it was when it can be written again. Needs the right to mount a small disk in memory.
 */
class ReadOnlyDirectoryTest {

    @TempDir
    private Path directory;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                FullDiskTest.runs("mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", disk.toString()),
                "Nobody may mount a disk here");
    }

    @AfterEach
    void unmount() throws Exception {
        assertThat(FullDiskTest.runs("umount", disk.toString())).isTrue();
    }

    private void make(String access) throws Exception {
        assertThat(FullDiskTest.runs("mount", "-o", "remount," + access, disk.toString()))
                .isTrue();
    }

    private JdbcConnectionPool pool() {
        // As in Jenkins.
        return JdbcConnectionPool.create(Databases.Source.h2(
                "file:" + disk.resolve("records") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000"));
    }

    private void refused(JdbcConnectionPool pool) {
        assertThatThrownBy(() -> new SqlChangeStore(pool, DiskRoom.of(disk)))
                .hasMessageStartingWith("The directory " + disk + " cannot be written")
                .asInstanceOf(InstanceOfAssertFactories.type(StoreException.class))
                .matches(StoreException::isStoreAway);
    }

    @Test
    void whereNothingIsYetNoStoreIsOpened() throws Exception {
        make("ro");
        JdbcConnectionPool pool = pool();
        refused(pool);
        pool.dispose();
        make("rw");
        JdbcConnectionPool again = pool();
        assertThat(new SqlChangeStore(again, DiskRoom.of(disk))
                        .open(Events.opened("shop", "production"))
                        .number())
                .isEqualTo(1);
        again.dispose();
    }

    @Test
    void whatIsThereStaysAndNothingIsTakenForStored() throws Exception {
        JdbcConnectionPool before = pool();
        ChangeRecord record = new SqlChangeStore(before, DiskRoom.of(disk)).open(Events.opened("shop", "production"));
        before.dispose();
        make("ro");
        JdbcConnectionPool pool = pool();
        refused(pool);
        pool.dispose();
        make("rw");
        JdbcConnectionPool again = pool();
        SqlChangeStore store = new SqlChangeStore(again, DiskRoom.of(disk));
        assertThat(store.find(1)).contains(record);
        assertThat(store.append(record, Events.approved("ada"))).isPresent();
        assertThat(store.verify()).isEmpty();
        again.dispose();
    }
}
