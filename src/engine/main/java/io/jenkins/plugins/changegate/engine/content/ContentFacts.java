package io.jenkins.plugins.changegate.engine.content;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The answers to {@link ContentQuestions}: places, and names and versions of dependencies; no other text.
 *
 * @param added by pattern, where it was found in added lines, as {@code file:line}; a pattern found nowhere is absent
 * @param deleted the same for deleted lines
 * @param bumps by kind of bump, a few dependencies that moved so; a kind that was not found is absent
 * @param migrations by what a statement of a schema migration does, where; a risk that was not found is absent
 * @param whitespaceOnly whether the lines that were looked at differ in white space only; false if that was not asked
 * @param whole whether all of the text was looked at; if not, what was not found is unknown
 */
public record ContentFacts(
        Map<String, List<String>> added,
        Map<String, List<String>> deleted,
        Map<Bump, List<DependencyBump>> bumps,
        Map<MigrationRisk, List<String>> migrations,
        boolean whitespaceOnly,
        boolean whole)
        implements Serializable {

    /** Nothing was asked, so nothing is missing. */
    public static final ContentFacts NONE = new ContentFacts(Map.of(), Map.of(), Map.of(), Map.of(), false, true);

    public ContentFacts {
        added = Map.copyOf(added);
        deleted = Map.copyOf(deleted);
        bumps = Map.copyOf(bumps);
        migrations = Map.copyOf(migrations);
    }
}
