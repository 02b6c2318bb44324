package io.jenkins.plugins.changegate.ledger;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import io.jenkins.plugins.changegate.engine.record.PostgresServer;

/** Has a Jenkins keep its records on a server. */
public final class Postgres {

    /** The id of the server's credentials. */
    static final String CREDENTIALS = "ledger";

    private Postgres() {}

    /** Gives Jenkins the server's credentials. */
    static void credentials(PostgresServer server) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, CREDENTIALS, "", server.user(), server.password()));
        SystemCredentialsProvider.getInstance().save();
    }

    /** Returns the setting. */
    static PostgresLedger ledger(PostgresServer server, String controller) {
        return new PostgresLedger(server.address(), CREDENTIALS, controller, 0);
    }

    /** Sets it, before any record is needed. */
    public static void use(PostgresServer server) throws Exception {
        credentials(server);
        ChangeGateLedger.get().setPostgres(ledger(server, "one"));
    }
}
