package io.jenkins.plugins.changegate.engine.evaluate;

/** Data that cannot be evaluated; the message names the file, the place in it and a cure. */
public final class DataException extends Exception {

    private static final long serialVersionUID = 1L;

    DataException(String message) {
        super(message);
    }

    DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
