package io.jenkins.plugins.changegate.ledger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Where change records are kept: in a file under the Jenkins home, or in a PostgreSQL database. Only an administrator
 * says. What is set is used from the next start of Jenkins on, so that no change begins in one ledger and ends in
 * another.
 */
@Extension
@Symbol("changeGateLedger")
public class ChangeGateLedger extends GlobalConfiguration {

    private static final int ID_LENGTH = 12;

    private volatile PostgresLedger postgres;

    /** The stores that records were written to. Kept here and not with them, so that it is known when one is lost. */
    private volatile List<String> written = List.of();

    public ChangeGateLedger() {
        load();
    }

    /** Returns the configuration of this Jenkins. */
    public static ChangeGateLedger get() {
        return ExtensionList.lookupSingleton(ChangeGateLedger.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.ChangeGateLedger_displayName();
    }

    /** Returns the database; {@code null} if records are in a file under the Jenkins home. */
    public PostgresLedger getPostgres() {
        return postgres;
    }

    /**
     * Sets the database. Needs Overall/Administer. A Jenkins that is given no name keeps the one it has.
     *
     * @param postgres where it is; {@code null} for the file
     */
    @DataBoundSetter
    public void setPostgres(PostgresLedger postgres) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        PostgresLedger before = this.postgres;
        this.postgres = postgres == null || !postgres.getController().isEmpty()
                ? postgres
                : postgres.named(before == null ? name() : before.getController());
        save();
    }

    /** Whether records were ever written to a store. */
    boolean isWritten(PostgresLedger store) {
        return Util.fixNull(written).contains(key(store));
    }

    /** Remembers that records were written to a store. */
    synchronized void written(PostgresLedger store) {
        if (!isWritten(store)) {
            List<String> all = new ArrayList<>(Util.fixNull(written));
            all.add(key(store));
            written = all;
            save();
        }
    }

    private static String key(PostgresLedger store) {
        return store == null ? "file" : store.getUrl();
    }

    /** A name from Jenkins' address, by which people know it; without one, from what tells this Jenkins from others. */
    private static String name() {
        String root = Jenkins.get().getRootUrl();
        if (root != null) {
            URI address = URI.create(root);
            String path = Objects.requireNonNullElse(address.getPath(), "").replaceAll("/+$", "");
            if (address.getAuthority() != null && !address.getHost().equals("localhost")) {
                return address.getAuthority() + path;
            }
        }
        return "jenkins-" + Jenkins.get().getLegacyInstanceId().substring(0, ID_LENGTH);
    }

    /** Returns what is used now, for people. */
    @Restricted(NoExternalUse.class)
    public String getInUse() {
        return ChangeRecords.get().words();
    }

    /** Returns whether something else is used than what is set. */
    @Restricted(NoExternalUse.class)
    public boolean isWaitingForStart() {
        return !ChangeRecords.get().uses(postgres);
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return true;
        }
        try {
            // Bound by hand: a missing part of the form means the file.
            PostgresLedger set = json.has("postgres") ? bound(json.getJSONObject("postgres")) : null;
            if (!Objects.equals(set, postgres)) {
                setPostgres(set);
            }
            return true;
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "postgres");
        }
    }

    private static PostgresLedger bound(JSONObject form) {
        int connections;
        try {
            connections = Integer.parseInt(form.optString("connections", "0").trim());
        } catch (NumberFormatException e) {
            // Whatever it is, it is not among those that are possible.
            connections = -1;
        }
        return new PostgresLedger(
                form.optString("url"), form.optString("credentialsId"), form.optString("controller"), connections);
    }
}
