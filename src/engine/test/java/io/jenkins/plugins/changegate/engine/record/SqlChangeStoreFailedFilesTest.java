package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.risk.FailedFiles;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a deployment with the same files failed before, and that what is not known is not taken for "none". */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SqlChangeStoreFailedFilesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Delta CHANGE = delta("a", "b", "new<old");

    @Parameter
    private Databases.Kind kind;

    private SqlChangeStore store;
    private int seconds;

    @BeforeEach
    void open(Databases.Source databases) throws Exception {
        DataSource database = databases.empty(kind);
        store = new SqlChangeStore(database);
    }

    /** A difference of files, of which one with two names is renamed. */
    private static Delta delta(String... paths) {
        return between("base", "head", paths.length, paths);
    }

    private static Delta between(String base, String head, int files, String... paths) {
        List<FileChange> listed = Arrays.stream(paths)
                .map(path -> path.split("<"))
                .map(names -> new FileChange(
                        names[0],
                        names.length > 1 ? names[1] : null,
                        names.length > 1 ? FileChange.Status.RENAMED : FileChange.Status.MODIFIED,
                        1,
                        1,
                        false,
                        false,
                        false,
                        false))
                .toList();
        return new Delta(base, head, listed, new Totals(files, 0, 0, files, files), List.of(), List.of());
    }

    private ChangeRecord deployed(String service, String environment, Delta delta, Outcome outcome)
            throws StoreException {
        Instant at = START.plusSeconds(seconds++);
        ChangeEvent.Opened opened = Events.opened(service, environment, at);
        ChangeRecord record = store.open(new ChangeEvent.Opened(
                at,
                opened.origin(),
                "",
                "",
                opened.judgement(),
                delta == null ? "" : delta.head(),
                List.of(),
                delta,
                opened.gaps(),
                ""));
        record = store.append(record, Events.decided(Decision.APPROVED)).orElseThrow();
        return store.append(record, new ChangeEvent.Ended(at, outcome, "because"))
                .orElseThrow();
    }

    private ChangeRecord failed(Delta delta) throws StoreException {
        return deployed("shop", "production", delta, Outcome.UNSUCCESSFUL);
    }

    private FailedFiles last(Delta delta) throws StoreException {
        return store.failedFiles("shop", "production", delta).orElse(null);
    }

    private static FailedFiles failure(int files, ChangeRecord record, boolean undone) {
        return new FailedFiles(files, record.id(), record.ended().orElseThrow().at(), undone);
    }

    @Test
    void theLastOneThatFailedThereWithAnyOfTheFilesIsTold() throws StoreException {
        assertThat(last(CHANGE)).isEqualTo(FailedFiles.NONE);
        ChangeRecord first = failed(delta("a", "b", "c"));
        assertThat(last(CHANGE)).isEqualTo(failure(2, first, false));
        ChangeRecord second = failed(delta("x", "a"));
        failed(delta("x"));
        deployed("shop", "production", delta("a", "b"), Outcome.SUCCESSFUL);
        deployed("shop", "staging", delta("a"), Outcome.UNSUCCESSFUL);
        deployed("cart", "production", delta("a"), Outcome.UNSUCCESSFUL);
        assertThat(last(CHANGE)).isEqualTo(failure(1, second, false));
        assertThat(last(delta("y"))).isEqualTo(FailedFiles.NONE);
    }

    @Test
    void aRenamedFileIsTheSameUnderBothNames() throws StoreException {
        ChangeRecord old = failed(delta("old"));
        assertThat(last(CHANGE)).isEqualTo(failure(1, old, false));
        ChangeRecord renamed = failed(delta("z<b"));
        assertThat(last(CHANGE)).isEqualTo(failure(1, renamed, false));
    }

    @Test
    void whatWasSaidAfterwardsAndWhatWasTakenBackFailedToo() throws StoreException {
        ChangeRecord said = deployed("shop", "production", between("h", "h0", 1, "a"), Outcome.SUCCESSFUL);
        ChangeRecord undone = deployed("shop", "production", between("h0", "h1", 1, "b"), Outcome.SUCCESSFUL);
        assertThat(last(CHANGE)).isEqualTo(FailedFiles.NONE);
        store.append(said, new ChangeEvent.Corrected(START, Outcome.UNSUCCESSFUL, "ada", "Lost orders."));
        assertThat(last(CHANGE)).isEqualTo(failure(1, said, false));
        deployed("shop", "production", between("h1", "h0", 1, "b"), Outcome.SUCCESSFUL);
        assertThat(last(CHANGE)).isEqualTo(failure(1, undone, true));
        ChangeRecord incident = deployed("shop", "production", delta("a"), Outcome.SUCCESSFUL);
        Link link = new Link(Link.Kind.INCIDENT, "INC0010023", "");
        incident = store.append(incident, new ChangeEvent.Linked(START, link, "ada"))
                .orElseThrow();
        assertThat(last(CHANGE)).isEqualTo(failure(1, incident, false));
    }

    @Test
    void whatIsNotKnownIsNotTakenForNone() throws StoreException {
        Delta cut = between("base", "head", 4, "a", "b", "c");
        assertThat(last(cut)).isNull();
        failed(between("base", "head", 2, "x"));
        assertThat(last(CHANGE)).isNull();
        ChangeRecord known = failed(delta("a"));
        assertThat(last(CHANGE)).isEqualTo(failure(1, known, false));
        assertThat(last(cut)).isEqualTo(failure(1, known, false));
        failed(null);
        assertThat(last(CHANGE)).isEqualTo(failure(1, known, false));
        assertThat(last(delta("y"))).isNull();
    }

    @Test
    void whatIsKeptNoLongerIsNotLookedAt() throws StoreException {
        ChangeRecord failed = failed(delta("a"));
        store.append(failed, new ChangeEvent.Reviewed(START, "ada", "Looked at."));
        deployed("shop", "production", delta("x"), Outcome.SUCCESSFUL);
        assertThat(last(CHANGE).files()).isEqualTo(1);
        Instant later = Instant.parse("2027-01-01T00:00:00Z");
        assertThat(store.seal(later, 0, 100, "It is kept for 1 year.", "p".repeat(64))
                        .numbers())
                .contains(failed.number());
        assertThat(last(CHANGE)).isEqualTo(FailedFiles.NONE);
    }

    @Test
    void noMoreThanTheLastThatFailedAreRead() throws StoreException {
        ChangeRecord failed = failed(delta("a"));
        for (int i = 1; i < 50; i++) {
            failed(delta("x"));
        }
        assertThat(last(CHANGE)).isEqualTo(failure(1, failed, false));
        failed(delta("x"));
        assertThat(last(CHANGE)).isEqualTo(FailedFiles.NONE);
    }
}
