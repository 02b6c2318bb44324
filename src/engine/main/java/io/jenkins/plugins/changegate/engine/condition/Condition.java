package io.jenkins.plugins.changegate.engine.condition;

import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import java.util.Map;
import java.util.Set;

/** When a rule applies. Immutable and free of side effects; may be used from several threads. */
public interface Condition {

    /** Returns the condition as it is written. */
    String source();

    /** Returns what it needs to know of the change's text. */
    ContentQuestions questions();

    /** Whether it asks about the risk, and so can only be decided when that is known. */
    boolean asksRisk();

    /** Returns the names of the signals that it asks about. */
    Set<String> signals();

    /**
     * Whether it holds.
     *
     * @param change what changes; collects what the condition looked at as evidence
     * @param known what else is known, by the name of the variable
     * @throws UnknownFactException if a fact that it needs is not known; the change must then not pass by itself
     */
    boolean holds(ChangeFacts change, Map<String, Object> known) throws UnknownFactException;

    /** Whether it holds for a change of which nothing else is known. */
    default boolean holds(ChangeFacts change) throws UnknownFactException {
        return holds(change, Map.of());
    }

    /** A fact that a rule needs is not known. */
    final class UnknownFactException extends Exception {
        private static final long serialVersionUID = 1L;

        public UnknownFactException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
