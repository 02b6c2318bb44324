package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Which Jenkins has which name in a ledger that several share. */
final class Controllers {

    private Controllers() {}

    /**
     * Takes a name, unless another one has it.
     *
     * @param instance what tells this Jenkins from every other, up to 100 characters
     * @throws StoreException if another one has it
     */
    static void claim(Connection connection, String name, String instance) throws SQLException, StoreException {
        // Two that come at once take turns.
        Ledger.lock(connection);
        List<String> holders = Statements.select(
                connection, "SELECT instance FROM changegate_instance WHERE name = ?", row -> row.getString(1), name);
        if (holders.isEmpty()) {
            Statements.update(
                    connection, "INSERT INTO changegate_instance (name, instance) VALUES (?, ?)", name, instance);
        } else if (!holders.get(0).equals(instance)) {
            throw new StoreException(
                    "Another Jenkins has the name '" + name
                            + "' in this ledger of change records. Give this one another"
                            + " name, or delete the row of that name from the table changegate_instance if it is"
                            + " gone for good.",
                    null);
        }
    }
}
