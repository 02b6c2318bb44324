package io.jenkins.plugins.changegate.engine.condition;

import io.jenkins.plugins.changegate.engine.text.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the variable or function that was probably meant where a condition names one that there is not. */
final class ConditionNames {

    /** A name with its dots, but without what is called on it. */
    private static final Pattern NAME = Pattern.compile("\\w++(?:\\.\\w++(?!\\s*+\\())*+");

    private static final Pattern BEFORE = Pattern.compile("[\\w.]*+$");
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(\\w+)'.*", Pattern.DOTALL);
    private static final String NO_FIELDS = "does not support field selection";

    /** Longest name that is looked for, in characters. */
    private static final int LONGEST = 200;

    /** What other languages have in the place of CEL's operators; the first that a message mentions counts. */
    private static final Map<String, String> OPERATORS =
            Map.of("input 'and' ", "&&", "input 'or' ", "||", "input 'not' ", "!", "error at: '= ", "==");

    private ConditionNames() {}

    /**
     * @param source the condition
     * @param at how many characters stand before the mistake
     * @param issue CEL's own message
     * @return for people, in quotes
     */
    static Optional<String> meant(String source, int at, String issue) {
        for (Map.Entry<String, String> operator : OPERATORS.entrySet()) {
            if (issue.contains(operator.getKey())) {
                return Optional.of(quoted(operator.getValue()));
            }
        }
        Matcher undeclared = UNDECLARED.matcher(issue);
        String rest = source.substring(at, Math.min(source.length(), at + LONGEST));
        if (undeclared.matches()) {
            String name = undeclared.group(1);
            // The place of a call is its bracket, and that of a variable is its own.
            return rest.startsWith(name) && !rest.startsWith("(", name.length())
                    ? variable(rest, name)
                    : function(name);
        }
        if (issue.contains(NO_FIELDS) && rest.startsWith(".")) {
            String until = source.substring(Math.max(0, at - LONGEST), at);
            Matcher before = BEFORE.matcher(until);
            return before.find() ? variable(before.group() + rest, "") : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<String> function(String name) {
        return Words.surelyMeant(name, ConditionLanguage.functionNames()).map(ConditionNames::quoted);
    }

    private static Optional<String> variable(String text, String alone) {
        Matcher name = NAME.matcher(text);
        if (!name.lookingAt()) {
            return Optional.empty();
        }
        List<String> known = ConditionLanguage.variableNames();
        List<String> parts = known.stream()
                .filter(variable -> variable.startsWith(name.group() + "."))
                .toList();
        if (!parts.isEmpty()) {
            return Optional.of(parts.stream().map(ConditionNames::quoted).collect(Collectors.joining(" or ")));
        }
        return Words.surelyMeant(name.group(), known)
                .or(() -> Words.surelyMeant(alone, known))
                .map(ConditionNames::quoted);
    }

    private static String quoted(String name) {
        return "'" + name + "'";
    }
}
