package io.jenkins.plugins.changegate.engine.content;

import com.google.re2j.Pattern;
import java.io.Serializable;
import java.util.Objects;

/**
 * A dependency that moved.
 *
 * @param ecosystem whose dependency it is, as in {@code maven}, {@code npm} or {@code image}
 * @param name what the manifest calls it; empty if only a line of the manifest is known
 * @param from the version before; empty if there was none, or none is written
 * @param to the version after; empty if there is none, or none is written
 * @param kind how it moved
 * @param place where, as {@code file:line}, at head; for a removed one at base
 */
public record DependencyBump(String ecosystem, String name, String from, String to, Bump kind, String place)
        implements Serializable {

    /** What is shown of a manifest is a name or a version: nothing with room for an address and what is secret in it. */
    private static final Pattern NAME = Pattern.compile("[\\w.@/:+>= -]{1,120}");

    private static final Pattern VERSION = Pattern.compile("[\\w.+^~<>=!*|,:@ -]{1,80}");

    private static final String HIDDEN = "?";

    public DependencyBump {
        Objects.requireNonNull(ecosystem, "ecosystem");
        Objects.requireNonNull(kind, "kind");
        place = ContentFacts.end(place);
        name = shown(NAME, name);
        from = shown(VERSION, from);
        to = shown(VERSION, to);
    }

    private static String shown(Pattern pattern, String text) {
        return text.isEmpty() || pattern.matches(text) && !text.contains("://") ? text : HIDDEN;
    }

    /** Returns it for people, as in {@code org.postgresql:postgresql 42.6.0 → 43.0.0 (pom.xml:7)}. */
    public String words() {
        StringBuilder words = new StringBuilder(name);
        String versions = from.isEmpty() || to.isEmpty() ? from + to : from + " → " + to;
        if (!versions.isEmpty()) {
            words.append(words.isEmpty() ? "" : " ").append(versions);
        }
        return words.append(words.isEmpty() ? "" : " (")
                .append(place)
                .append(name.isEmpty() && versions.isEmpty() ? "" : ")")
                .toString();
    }
}
