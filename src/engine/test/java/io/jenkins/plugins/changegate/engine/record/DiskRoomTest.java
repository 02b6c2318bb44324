package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in a file is not written when its disk is nearly full, and goes on when there is room again. */
class DiskRoomTest {

    @TempDir
    private Path directory;

    private final AtomicLong free = new AtomicLong(101 << 20);
    private final DiskRoom room = DiskRoom.of("/var/jenkins", free::get, 100 << 20);

    @Test
    void withoutRoomNothingIsWrittenAndWhatIsThereCanBeRead() throws Exception {
        SqlChangeStore store = new SqlChangeStore(database(), room);
        ChangeRecord record = store.open(Events.opened("shop", "production"));

        free.set(99 << 20);
        assertThatThrownBy(() -> store.append(record, Events.decided(Decision.PASSED)))
                .hasMessage("There are only 99 MiB left on the disk of /var/jenkins, and at least 100 are needed to"
                        + " record a change safely: make room there")
                .asInstanceOf(InstanceOfAssertFactories.type(StoreException.class))
                .matches(StoreException::isStoreAway);
        assertThatThrownBy(() -> store.open(Events.opened("shop", "staging"))).isInstanceOf(StoreException.class);
        assertThat(store.find(1)).contains(record);
        assertThat(store.find(2)).isEmpty();

        free.set(100 << 20);
        assertThat(store.append(record, Events.decided(Decision.PASSED))).isPresent();
        assertThat(store.open(Events.opened("shop", "staging")).number()).isEqualTo(2);
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void whereNothingCanBeWrittenAnyMoreWhatIsThereCanBeRead() throws Exception {
        SqlChangeStore store = new SqlChangeStore(database(), room);
        ChangeRecord record = store.open(Events.opened("shop", "production"));

        free.set(DiskRoom.READ_ONLY);
        assertThatThrownBy(() -> store.append(record, Events.decided(Decision.PASSED)))
                .hasMessage("The directory /var/jenkins cannot be written, as a change is to be recorded there: let"
                        + " Jenkins write there")
                .asInstanceOf(InstanceOfAssertFactories.type(StoreException.class))
                .matches(StoreException::isStoreAway);
        assertThat(store.find(1)).contains(record);

        free.set(100 << 20);
        assertThat(store.append(record, Events.decided(Decision.PASSED))).isPresent();
    }

    @Test
    void aStoreIsNotBegunWithoutRoomForIt() {
        free.set(0);
        assertThatThrownBy(() -> new SqlChangeStore(database(), room)).hasMessageContaining("only 0 MiB left");
    }

    @Test
    void theDiskOfADirectoryThatIsNotThereYetIsThatOfTheOneAboveIt() {
        // Of a path that is not there Java says that nothing is free.
        assertThat(directory.resolve("change-gate/deeper").toFile().getUsableSpace())
                .isZero();
        assertThatCode(() ->
                        DiskRoom.of(directory.resolve("change-gate/deeper")).require())
                .doesNotThrowAnyException();
    }

    private DataSource database() {
        return StreamProcess.database(directory.resolve("records").toString());
    }
}
