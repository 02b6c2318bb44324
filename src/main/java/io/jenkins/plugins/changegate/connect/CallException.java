package io.jenkins.plugins.changegate.connect;

/** Another system did not do what it was asked. The message is for people, and has nothing of an answer in it. */
public final class CallException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What can be done about it. */
    public enum Kind {
        /** It does not want this one as it is: asking again gives the same. */
        REFUSED,
        /** It does not take who we are, or may not be called: asking for anything else gives the same. */
        UNAUTHORISED,
        /** It cannot now: asking later may help. */
        UNAVAILABLE
    }

    private final Kind kind;

    public CallException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
