package io.jenkins.plugins.changegate.ledger;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.changegate.config.Mistakes;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A PostgreSQL database for the ledger, which several controllers may share. Immutable. */
public final class PostgresLedger implements Describable<PostgresLedger> {

    /** How many connections are open at once at most, if nothing else is said. */
    public static final int CONNECTIONS = 10;

    private static final int FEWEST = 2;
    private static final int MOST = 100;
    private static final int LONGEST_NAME = 200;

    private final String url;
    private final String credentialsId;
    private final String controller;
    private final int connections;

    /**
     * @param url {@code jdbc:postgresql://host:port/database}, with parameters if need be; without a user or a password
     * @param credentialsId the id of a user name with password, of Jenkins as a whole
     * @param controller which of the Jenkins that share the ledger this is; empty for one made from Jenkins' address
     * @param connections how many are open at once at most, 2 to 100; 0 for 10
     * @throws IllegalArgumentException if one of them is none
     */
    @DataBoundConstructor
    public PostgresLedger(String url, String credentialsId, String controller, int connections) {
        this.url = Util.fixNull(url).trim();
        this.credentialsId = Util.fixNull(credentialsId).trim();
        this.controller = Util.fixNull(controller).trim();
        this.connections = connections == 0 ? CONNECTIONS : connections;
        Mistakes.refuse(List.of(
                PostgresAddress.mistake(this.url),
                mistakeInCredentials(this.credentialsId),
                mistakeInController(this.controller),
                mistakeInConnections(this.connections)));
    }

    public String getUrl() {
        return url;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** Returns which Jenkins this is; empty if none was said. */
    public String getController() {
        return controller;
    }

    public int getConnections() {
        return connections;
    }

    /** Returns the same with a name for this Jenkins. */
    PostgresLedger named(String name) {
        return new PostgresLedger(url, credentialsId, name, connections);
    }

    private static Optional<String> mistakeInCredentials(String id) {
        return id.isEmpty() ? Optional.of(Messages.PostgresLedger_noCredentials()) : Optional.empty();
    }

    private static Optional<String> mistakeInController(String name) {
        boolean fits = name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl);
        return fits ? Optional.empty() : Optional.of(Messages.PostgresLedger_wrongController(LONGEST_NAME));
    }

    private static Optional<String> mistakeInConnections(int connections) {
        return connections < FEWEST || connections > MOST
                ? Optional.of(Messages.PostgresLedger_wrongConnections(FEWEST, MOST))
                : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PostgresLedger that
                && url.equals(that.url)
                && credentialsId.equals(that.credentialsId)
                && controller.equals(that.controller)
                && connections == that.connections;
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, credentialsId, controller, connections);
    }

    /** The form of a database. */
    @Extension
    @Symbol("changeGatePostgres")
    public static class DescriptorImpl extends Descriptor<PostgresLedger> {

        @Override
        public String getDisplayName() {
            return Messages.PostgresLedger_displayName();
        }

        private static FormValidation check(Optional<String> mistake) {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    ? mistake.map(FormValidation::error).orElseGet(FormValidation::ok)
                    : FormValidation.ok();
        }

        /** Checks an address by its looks; nothing is called. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return check(PostgresAddress.mistake(Util.fixNull(value).trim()));
        }

        /** Checks a controller's name by its looks. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckController(@QueryParameter String value) {
            return check(mistakeInController(Util.fixNull(value).trim()));
        }

        /** Checks how many connections there may be. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckConnections(@QueryParameter String value) {
            try {
                return check(mistakeInConnections(
                        Integer.parseInt(Util.fixNull(value).trim())));
            } catch (NumberFormatException e) {
                return check(Optional.of(Messages.PostgresLedger_wrongConnections(FEWEST, MOST)));
            }
        }

        /** Offers Jenkins' user names with passwords; to whoever may not administer, only what is chosen. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            StandardListBoxModel items = new StandardListBoxModel();
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return items.includeCurrentValue(Util.fixNull(credentialsId));
            }
            return items.includeEmptyValue()
                    .includeMatchingAs(
                            ACL.SYSTEM2,
                            Jenkins.get(),
                            StandardUsernamePasswordCredentials.class,
                            List.of(),
                            CredentialsMatchers.always())
                    .includeCurrentValue(Util.fixNull(credentialsId));
        }

        /** Connects to the database as it is set in the form. Needs Overall/Administer; changes nothing. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doTestConnection(@QueryParameter String url, @QueryParameter String credentialsId) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                return FormValidation.ok(
                        PostgresPool.test(new PostgresLedger(url, credentialsId, "test", CONNECTIONS)));
            } catch (IllegalArgumentException | StoreException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
