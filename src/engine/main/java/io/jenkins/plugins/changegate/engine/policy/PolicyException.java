package io.jenkins.plugins.changegate.engine.policy;

/** A policy that cannot be used; the message names the place and the cure. */
public final class PolicyException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Longest message, in characters: it may repeat what was written. */
    private static final int LONGEST = 500;

    private final int line;
    private final int column;

    /**
     * @param source what was read
     * @param line from 1
     * @param column from 1
     * @param message what is wrong and how to mend it
     */
    PolicyException(String source, int line, int column, String message, Throwable cause) {
        super(
                source + ":" + line + ":" + column + ": "
                        + (message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message),
                cause);
        this.line = line;
        this.column = column;
    }

    /** Returns the line, from 1. */
    public int line() {
        return line;
    }

    /** Returns the column, from 1. */
    public int column() {
        return column;
    }
}
