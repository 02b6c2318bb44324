package io.jenkins.plugins.changegate.signal;

import groovy.lang.GString;
import io.jenkins.plugins.changegate.engine.condition.Signal;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Signals that the pipeline says. Whoever writes the pipeline can make it say anything, so their names tell it: a rule
 * that asks for {@code claimed.coverage} knows whom it believes.
 */
public final class ClaimedSignals {

    /** What their names begin with, and those of no others. */
    public static final String PREFIX = "claimed.";

    private static final int MOST = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

    private ClaimedSignals() {}

    /** Whether a name is that of a signal that only a pipeline can give. */
    static boolean isClaimed(String name) {
        return name.startsWith(PREFIX);
    }

    /**
     * Returns signals by their names with the prefix.
     *
     * @param claims what the pipeline says, by name without the prefix
     */
    static Map<String, Signal> of(Map<String, Object> claims) {
        return claims.entrySet().stream()
                .collect(Collectors.toMap(
                        claim -> PREFIX + claim.getKey(), claim -> new Signal(claim.getValue(), "the pipeline", true)));
    }

    /**
     * Returns what a pipeline says as values that signals can have.
     *
     * @param said values by name, without the prefix
     * @throws IllegalArgumentException if one is neither a number, a text nor a truth value, or a name is none
     */
    public static Map<String, Object> checked(Map<?, ?> said) {
        if (said.size() > MOST) {
            throw new IllegalArgumentException("A pipeline can give " + MOST + " signals at most, not " + said.size());
        }
        Map<String, Object> checked = new LinkedHashMap<>();
        said.forEach((name, value) -> {
            String key = name instanceof GString text ? text.toString() : name instanceof String text ? text : "";
            if (!NAME.matcher(key).matches()) {
                throw new IllegalArgumentException(
                        "A signal needs a name of 1 to 100 letters, digits, '_', '.' and '-',"
                                + " as in signals: [coverage: 81.5]");
            }
            checked.put(key, value(key, value));
        });
        return checked;
    }

    private static Object value(String name, Object said) {
        Object value = said;
        if (said instanceof Integer || said instanceof Short || said instanceof Byte) {
            value = ((Number) said).longValue();
        } else if (said instanceof Float || said instanceof BigDecimal) {
            value = ((Number) said).doubleValue();
        } else if (said instanceof GString text) {
            value = text.toString();
        }
        try {
            return new Signal(value, "", true).value();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The signal '" + name + "' must be a number, a text of up to " + Signal.LONGEST
                            + " characters, true or false"
                            + (said == null
                                    ? ", not null"
                                    : ", not a " + said.getClass().getSimpleName()),
                    e);
        }
    }
}
