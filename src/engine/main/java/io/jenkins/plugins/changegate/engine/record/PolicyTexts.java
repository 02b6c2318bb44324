package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.policy.Hashes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The texts of the policies that changes were judged by, each once, by their hash. Thread-safe. */
final class PolicyTexts {

    private final Transactions database;

    PolicyTexts(Transactions database) {
        this.database = database;
    }

    /**
     * Keeps what is not kept yet.
     *
     * @throws StoreException if the texts could not be stored; none is then
     */
    void keep(Collection<String> texts) throws StoreException {
        Map<String, String> missing = new LinkedHashMap<>();
        for (String text : texts) {
            String version = Hashes.sha256(text);
            if (find(version).isEmpty()) {
                missing.put(version, text);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        database.write(connection -> {
            Ledger.lock(connection);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO changegate_policy (version, body)"
                    + " SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM changegate_policy WHERE version = ?)")) {
                for (Map.Entry<String, String> each : missing.entrySet()) {
                    insert.setString(1, each.getKey());
                    insert.setString(2, each.getValue());
                    insert.setString(3, each.getKey());
                    insert.executeUpdate();
                }
            }
            return null;
        });
    }

    /**
     * Returns a text.
     *
     * @param version SHA-256 of it, in hexadecimal
     * @throws StoreException if the database cannot be read, or what it has is not what was kept
     */
    Optional<String> find(String version) throws StoreException {
        Optional<String> found = database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT body FROM changegate_policy WHERE version = ?")) {
                select.setString(1, version);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
        if (found.filter(text -> !Hashes.sha256(text).equals(version)).isPresent()) {
            throw new StoreException("The policy " + version + " is not what was kept.", null);
        }
        return found;
    }
}
