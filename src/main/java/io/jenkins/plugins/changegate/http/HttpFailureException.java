package io.jenkins.plugins.changegate.http;

/** There is no answer. The message is part of a sentence, for people, and holds nothing of an answer or a credential. */
public final class HttpFailureException extends Exception {

    private static final long serialVersionUID = 1L;

    public HttpFailureException(String reason) {
        super(reason);
    }
}
