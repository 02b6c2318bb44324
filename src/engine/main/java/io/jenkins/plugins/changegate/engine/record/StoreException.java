package io.jenkins.plugins.changegate.engine.record;

import java.sql.SQLException;
import java.util.Set;

/** The store could not be read or written; the gate must then not let anything through. */
public class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * The classes of SQL states that the next try will give again: data that does not fit, a constraint. A table that is
     * missing or forbidden is none of them: that can be mended, and H2 says so too when its disk is full.
     */
    private static final Set<String> LASTING = Set.of("21", "22", "23");

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns whether it may go well later without anybody changing what was asked: the database cannot be reached, its
     * disk is full, its file cannot be used. What is stored and cannot be understood stays so.
     */
    public boolean isStoreAway() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure) {
                String state = failure.getSQLState();
                return state == null || state.length() < 2 || !LASTING.contains(state.substring(0, 2));
            }
        }
        return false;
    }
}
