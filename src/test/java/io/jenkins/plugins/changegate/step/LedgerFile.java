package io.jenkins.plugins.changegate.step;

import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Opening;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.SqlChangeStore;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.h2.jdbcx.JdbcDataSource;

/** The store's file while Jenkins is down. Written anew through the store itself, so that its chain stays whole. */
final class LedgerFile {

    private final File folder;

    LedgerFile(File home) {
        folder = new File(home, "change-gate");
    }

    /** Rewrites every event. */
    void rewrite(UnaryOperator<ChangeEvent> change) throws Exception {
        List<List<ChangeEvent>> histories = new ArrayList<>();
        in("records", store -> {
            Optional<ChangeRecord> record = store.find(1);
            while (record.isPresent()) {
                histories.add(record.get().history().stream().map(change).toList());
                record = store.find(histories.size() + 1L);
            }
        });
        in("rewritten", store -> {
            for (List<ChangeEvent> history : histories) {
                ChangeRecord record = store.open((ChangeEvent.Opened) history.get(0));
                for (ChangeEvent event : history.subList(1, history.size())) {
                    record = store.append(record, event).orElseThrow();
                }
            }
        });
        Files.move(
                new File(folder, "rewritten.mv.db").toPath(),
                new File(folder, "records.mv.db").toPath(),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Adds a change like the first one, of another build, that passed and was deployed. */
    void addDeployedCopyOfTheFirst(Origin origin) throws Exception {
        in("records", store -> {
            ChangeEvent.Opened first = store.find(1).orElseThrow().opened();
            ChangeRecord copy = store.open(Opening.like(first).origin(origin).event());
            copy = store.append(copy, new ChangeEvent.Decided(first.at(), Decision.PASSED, "", "It passed."))
                    .orElseThrow();
            store.append(copy, new ChangeEvent.Ended(first.at(), Outcome.SUCCESSFUL, "It went well."))
                    .orElseThrow();
        });
    }

    /** Returns the same opening or reminder, so much earlier. */
    static ChangeEvent earlier(ChangeEvent event, Duration by) {
        if (event instanceof ChangeEvent.Reminded reminded) {
            return new ChangeEvent.Reminded(reminded.at().minus(by));
        }
        ChangeEvent.Opened opened = (ChangeEvent.Opened) event;
        return Opening.like(opened).at(opened.at().minus(by)).event();
    }

    private interface Work {
        void on(ChangeStore store) throws Exception;
    }

    private void in(String name, Work work) throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + new File(folder, name).getAbsolutePath());
        database.setUser("sa");
        database.setPassword("");
        try (Connection open = database.getConnection();
                Statement statement = open.createStatement()) {
            work.on(new SqlChangeStore(database));
            statement.execute("SHUTDOWN");
        }
    }
}
