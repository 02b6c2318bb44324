package io.jenkins.plugins.changegate.engine.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of YAML that knows where it stands. Filled while it is read, and not changed afterwards.
 */
public final class YamlNode {

    /** What a piece of YAML can be. */
    public enum Kind {
        MAP,
        LIST,
        TEXT,
        /** A whole number that an {@code int} can hold. */
        INTEGER,
        /** Any other number. */
        NUMBER,
        BOOLEAN,
        /** Stands for something else; a mistake in a policy. */
        ALIAS,
        /** Nothing is written, or {@code null}, or {@code ~}. */
        NOTHING
    }

    private final Kind kind;
    private final String text;
    private final int number;
    private final Place named;
    private final Place begins;
    private final Map<String, YamlNode> entries = new LinkedHashMap<>();
    private final List<YamlNode> items = new ArrayList<>();

    /**
     * @param text of a scalar, as it is written; else empty
     * @param number of an {@link Kind#INTEGER}; else 0
     * @param named where its key stands, or else where it begins
     * @param begins where it begins
     */
    YamlNode(Kind kind, String text, int number, Place named, Place begins) {
        this.kind = kind;
        this.text = text;
        this.number = number;
        this.named = named;
        this.begins = begins;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the text of a scalar as it is written, whatever it is. */
    public String text() {
        return text;
    }

    /** Returns the number that an {@link Kind#INTEGER} is. */
    public int number() {
        return number;
    }

    /** Returns where its key stands, or where it begins if it has none: that is where people look for it. */
    public Place named() {
        return named;
    }

    /** Returns where it begins. */
    public Place begins() {
        return begins;
    }

    /** Returns what a map holds, by key, in the order written. */
    public Map<String, YamlNode> entries() {
        return entries;
    }

    /** Returns what a list holds. */
    public List<YamlNode> items() {
        return items;
    }

    /** Returns what stands directly in this under a key, or an index of a list; {@code null} if nothing does. */
    public YamlNode child(String step) {
        if (kind == Kind.MAP) {
            return entries.get(step);
        }
        // No list has more items than nine digits can count, and a key of a map is no index.
        boolean isIndex = kind == Kind.LIST
                && !step.isEmpty()
                && step.length() < 10
                && step.chars().allMatch(c -> c >= '0' && c <= '9');
        int index = isIndex ? Integer.parseInt(step) : items.size();
        return index < items.size() ? items.get(index) : null;
    }
}
