package io.jenkins.plugins.changegate.engine.record;

/** The store could not be read or written; the gate must then not let anything through. */
public class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
