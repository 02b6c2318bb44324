package io.jenkins.plugins.changegate.engine.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in words for people what Jackson found wrong with the shape of a policy. */
final class ShapeMistake {

    private ShapeMistake() {}

    /** Returns what is wrong and how to mend it. */
    static String explain(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "There is no key '" + unknown.getPropertyName() + "' here; "
                    + Words.nearest(unknown.getPropertyName(), unknown.getKnownPropertyIds());
        }
        if (e instanceof InvalidFormatException invalid
                && invalid.getTargetType().isEnum()) {
            List<Object> words = new ArrayList<>();
            for (Object constant : invalid.getTargetType().getEnumConstants()) {
                words.add(constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
            return "'" + invalid.getValue() + "' is not possible here; "
                    + Words.nearest(String.valueOf(invalid.getValue()), words);
        }
        if (e.getOriginalMessage().startsWith("Trailing token")) {
            return "A policy is one document, and there is another one after it";
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "Expected here: " + kind(mismatch.getTargetType());
        }
        // The lines that are indented show the text again.
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(": "));
    }

    /** Returns what a person calls a value of this type. */
    private static String kind(Class<?> type) {
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == Integer.class) {
            return "a whole number";
        }
        if (type == Text.class || type == String.class) {
            return "text";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "keys with values";
    }
}
