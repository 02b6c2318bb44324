package io.jenkins.plugins.changegate.engine.content;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * What conditions need to know of a change's text. The text itself stays where it is; only the answers travel.
 *
 * @param added RE2 patterns searched for in added lines
 * @param deleted RE2 patterns searched for in deleted lines
 * @param bumps whether the kinds of dependency bumps are asked for
 * @param migrations whether it is asked what schema migrations do
 * @param whitespace whether it is asked if only white space changes
 */
public record ContentQuestions(
        Set<String> added, Set<String> deleted, boolean bumps, boolean migrations, boolean whitespace)
        implements Serializable {

    /** Nothing is asked. */
    public static final ContentQuestions NONE = new ContentQuestions(Set.of(), Set.of(), false, false, false);

    public ContentQuestions {
        added = Set.copyOf(added);
        deleted = Set.copyOf(deleted);
    }

    /** Returns these questions and others together. */
    public ContentQuestions and(ContentQuestions other) {
        Set<String> allAdded = new TreeSet<>(added);
        allAdded.addAll(other.added);
        Set<String> allDeleted = new TreeSet<>(deleted);
        allDeleted.addAll(other.deleted);
        return new ContentQuestions(
                allAdded,
                allDeleted,
                bumps || other.bumps,
                migrations || other.migrations,
                whitespace || other.whitespace);
    }

    /** Whether lines of any file may matter. */
    public boolean needsAllLines() {
        return !added.isEmpty() || !deleted.isEmpty() || whitespace;
    }
}
