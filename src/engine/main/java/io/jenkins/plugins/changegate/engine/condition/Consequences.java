package io.jenkins.plugins.changegate.engine.condition;

import io.jenkins.plugins.changegate.engine.condition.ConditionCompiler.Issue;
import io.jenkins.plugins.changegate.engine.text.Lines;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells mistakes in a condition from what CEL says only because of them. */
final class Consequences {

    private static final String NO_CHARACTER = "token recognition error";

    /** The variable that a macro binds, as {@code p} in {@code exists(p, p != '')}. */
    private static final Pattern BOUND = Pattern.compile("\\(\\s*+(\\w++)\\s*+,");

    private static final List<String> MACROS = List.of("all", "exists", "exists_one", "filter", "map");

    private Consequences() {}

    /**
     * Returns the issues that are no consequences of others: after a character that CEL does not know, what is left makes
     * no sense; and a misspelt macro binds no variable.
     */
    static List<Issue> without(String source, List<Issue> issues) {
        List<Issue> characters = issues.stream()
                .filter(issue -> issue.message().startsWith(NO_CHARACTER))
                .toList();
        if (!characters.isEmpty()) {
            return characters;
        }
        Set<String> unbound = new HashSet<>();
        for (Issue issue : issues) {
            if (MACROS.stream().anyMatch(macro -> issue.message().contains("did you mean '" + macro + "'?"))) {
                Matcher bound = BOUND.matcher(source).region(place(source, issue), source.length());
                if (bound.lookingAt()) {
                    unbound.add("undeclared reference to '" + bound.group(1) + "' ");
                }
            }
        }
        return issues.stream()
                .filter(issue -> unbound.stream().noneMatch(issue.message()::startsWith))
                .toList();
    }

    private static int place(String source, Issue issue) {
        return new Lines(source).offset(issue.line(), issue.column());
    }
}
