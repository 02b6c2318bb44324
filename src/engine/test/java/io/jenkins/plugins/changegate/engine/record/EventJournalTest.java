package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept while the store is away. */
class EventJournalTest {

    @TempDir
    private Path directory;

    private Path file;
    private EventJournal journal;
    private JdbcDataSource database;
    private SqlChangeStore store;

    @BeforeEach
    void open() throws Exception {
        file = directory.resolve("deeper/journal.jsonl");
        journal = new EventJournal(file.getParent(), "journal.jsonl", 3);
        database = Databases.Source.memory();
        store = new SqlChangeStore(database);
        for (int i = 0; i < 3; i++) {
            store.open(Events.opened("shop", "production"));
        }
    }

    private ChangeRecord change(long number) throws StoreException {
        return store.find(number).orElseThrow();
    }

    private void deploying(long number) throws StoreException {
        store.append(change(number), Events.decided(Decision.PASSED)).orElseThrow();
    }

    private List<Long> orderOfTheLedger() throws Exception {
        return new StoredEvents(database)
                .read().stream().map(StoredEvents.Row::number).toList();
    }

    @Test
    void isRecordedInTheOrderInWhichItWasKeptAlsoByAnotherProcess() throws Exception {
        deploying(1);
        deploying(3);
        journal.keep("", 3, Events.ended(Outcome.UNSUCCESSFUL));
        journal.keep("", 2, Events.decided(Decision.CANCELLED));
        journal.keep("", 1, Events.ended(Outcome.SUCCESSFUL));
        EventJournal next = new EventJournal(file.getParent(), "journal.jsonl", 3);
        assertThat(next.size()).isEqualTo(3);
        EventJournal.Replayed replayed = next.replay("", store);
        assertThat(replayed.recorded()).isEqualTo(3);
        assertThat(orderOfTheLedger()).containsExactly(1L, 2L, 3L, 1L, 3L, 3L, 2L, 1L);
        assertThat(change(3).ended()).contains(Events.ended(Outcome.UNSUCCESSFUL));
        assertThat(next.size()).isZero();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatWasReplayedAndNotTakenOutIsNotRecordedTwice() throws Exception {
        deploying(1);
        journal.keep("", 1, Events.ended(Outcome.SUCCESSFUL));
        journal.keep("", 2, Events.decided(Decision.CANCELLED));
        // As a process leaves it that is killed between the last commit and the end of its replay.
        byte[] left = Files.readAllBytes(file);
        journal.replay("", store);
        int events = orderOfTheLedger().size();
        Files.write(file, left);
        EventJournal.Replayed again = new EventJournal(file.getParent(), "journal.jsonl", 3).replay("", store);
        assertThat(again.recorded()).isZero();
        assertThat(again.needless()).hasSize(2).first().asString().contains("CHG-000001");
        assertThat(orderOfTheLedger()).hasSize(events);
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void whatTheStoreCannotTakeStaysAndIsTriedAgain() throws Exception {
        deploying(1);
        journal.keep("", 1, Events.ended(Outcome.SUCCESSFUL));
        SqlChangeStore away = new SqlChangeStore(database);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE changegate_event RENAME TO away");
            assertThatThrownBy(() -> journal.replay("", away)).isInstanceOf(StoreException.class);
            assertThat(journal.size()).isEqualTo(1);
            statement.execute("ALTER TABLE away RENAME TO changegate_event");
        }
        assertThat(journal.replay("", away).recorded()).isEqualTo(1);
    }

    @Test
    void anotherLedgersNumbersAreNotTakenForThisOnes() throws Exception {
        deploying(1);
        journal.keep("postgresql", 1, Events.ended(Outcome.SUCCESSFUL));
        assertThat(journal.replay("", store).recorded()).isZero();
        assertThat(journal.size()).isEqualTo(1);
        assertThat(change(1).ended()).isEmpty();
    }

    @Test
    void aFullOneTakesNoMoreAndKeepsWhatItHas() throws Exception {
        for (int i = 0; i < 3; i++) {
            journal.keep("", 1, Events.ended(Outcome.SUCCESSFUL));
        }
        assertThatThrownBy(() -> journal.keep("", 1, Events.ended(Outcome.SUCCESSFUL)))
                .isInstanceOf(EventJournal.FullException.class)
                .hasMessageContaining("3 events");
        assertThat(new EventJournal(file.getParent(), "journal.jsonl", 3).size())
                .isEqualTo(3);
    }

    @Test
    void aLineThatWasCutOffOrAlteredIsPassedOver() throws Exception {
        journal.keep("", 1, Events.ended(Outcome.SUCCESSFUL));
        String line = Files.readString(file);
        Files.writeString(file, line.replace("because", "becouse"), StandardOpenOption.APPEND);
        Files.writeString(file, line.substring(0, 60), StandardOpenOption.APPEND);
        EventJournal next = new EventJournal(file.getParent(), "journal.jsonl", 3);
        assertThat(next.size()).isEqualTo(1);
        next.keep("", 2, Events.decided(Decision.CANCELLED));
        assertThat(new EventJournal(file.getParent(), "journal.jsonl", 3).size())
                .isEqualTo(2);
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidSo() throws Exception {
        Path blocked = Files.writeString(directory.resolve("blocked"), "a file, not a folder");
        EventJournal nowhere = new EventJournal(blocked, "journal.jsonl", 3);
        assertThatThrownBy(() -> nowhere.keep("", 1, Events.ended(Outcome.SUCCESSFUL)))
                .isInstanceOf(IOException.class);
        assertThat(nowhere.size()).isZero();
    }
}
