package io.jenkins.plugins.changegate.engine.policy;

/** The text of a calendar cannot be had. The message is for people: why, and the cure, without the place. */
public final class UnreadCalendarException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadCalendarException(String why) {
        super(why);
    }

    public UnreadCalendarException(String why, Throwable cause) {
        super(why, cause);
    }
}
