package io.jenkins.plugins.changegate.engine.policy;

/** When a rule applies. Immutable and free of side effects; may be used from several threads. */
public interface Condition {

    /** Returns the condition as it is written. */
    String source();

    /** Returns what it needs to know of the change's text. */
    ContentQuestions questions();

    /**
     * Whether it holds.
     *
     * @param change the facts; collects what the condition looked at as evidence
     * @throws UnknownFactException if a fact that it needs is not known; the change must then not pass by itself
     */
    boolean holds(ChangeFacts change) throws UnknownFactException;

    /** A fact that a rule needs is not known. */
    final class UnknownFactException extends Exception {
        private static final long serialVersionUID = 1L;

        public UnknownFactException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
