package io.jenkins.plugins.changegate.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A Jenkins whose changes are kept in a system of a test's own. */
final class Connections {

    private final Run<?, ?> run;

    Connections(Run<?, ?> run) throws Exception {
        this.run = run;
        credential("gate", SystemServer.PASSWORD);
        // A wrong one is not asked again within a test, a busy one at once.
        Connector.get().setPace(new Outbox.Pace(Duration.ofMillis(5), Duration.ofMinutes(5)), Duration.ofSeconds(30));
    }

    static void credential(String id, String password) throws Exception {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .removeIf(known ->
                        ((UsernamePasswordCredentialsImpl) known).getId().equals(id));
        provider.getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", SystemServer.USER, password));
        provider.save();
    }

    static void configure(SystemServer server, ChangeSystem... systems) {
        ChangeGateConnections.get().setAllowedHosts(server.url());
        ChangeGateConnections.get().setSystems(List.of(systems));
    }

    ChangeRecord open(ChangeType type, Verdict.Kind kind) throws Exception {
        return store().open(Kept.opened(
                type, kind, "shop", Instant.now(), run.getParent().getFullName()));
    }

    /** Adds events, whatever else is added meanwhile. */
    ChangeRecord add(ChangeRecord record, ChangeEvent... events) throws Exception {
        for (ChangeEvent event : events) {
            Optional<ChangeRecord> added;
            do {
                added = store().append(now(record), event);
            } while (added.isEmpty());
        }
        return now(record);
    }

    static ChangeRecord now(ChangeRecord record) throws Exception {
        return store().find(record.number()).orElseThrow();
    }

    private static ChangeStore store() throws Exception {
        return ChangeRecords.get().store();
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 600; i++) {
            if (condition.call()) {
                return;
            }
            Thread.sleep(50);
        }
        assertThat(condition.call()).as(what).isTrue();
    }
}
