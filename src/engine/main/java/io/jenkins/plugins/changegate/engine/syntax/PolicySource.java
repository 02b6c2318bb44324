package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.syntax.PolicySchema.Objection;
import io.jenkins.plugins.changegate.engine.text.Lines;
import io.jenkins.plugins.changegate.engine.text.Mistakes;
import io.jenkins.plugins.changegate.engine.text.Place;
import io.jenkins.plugins.changegate.engine.text.Pointer;
import io.jenkins.plugins.changegate.engine.text.Words;
import io.jenkins.plugins.changegate.engine.text.YamlNode;
import io.jenkins.plugins.changegate.engine.text.YamlNode.Kind;
import io.jenkins.plugins.changegate.engine.text.YamlReader;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text that is being checked: what stands where in it, what of it has a wrong shape and is left out, and the
 * mistakes that were found. For one policy; not thread-safe.
 */
final class PolicySource {

    private final Lines lines;
    private final YamlNode whole;
    private final Mistakes mistakes;
    private final Set<YamlNode> leftOut = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<YamlNode, Set<String>> meant = new IdentityHashMap<>();

    /**
     * @param whole the text, read
     * @param mistakes gets the mistakes
     */
    PolicySource(Lines lines, YamlNode whole, Mistakes mistakes) {
        this.lines = lines;
        this.whole = whole;
        this.mistakes = mistakes;
    }

    /** Returns the text, read. */
    YamlNode whole() {
        return whole;
    }

    /** Returns the lines of the text. */
    Lines lines() {
        return lines;
    }

    /** Adds the mistake that is made in a piece of text. */
    void mistake(Text text, String message) {
        mistakes.add(text.place(), message);
    }

    /** Adds the mistake that is made at a JSON pointer, or at the nearest thing around it that is written. */
    void mistake(String pointer, String message) {
        mistakes.add(place(pointer), message);
    }

    /** Adds the mistake that is made at a place. */
    void mistake(Place place, String message) {
        mistakes.add(place, message);
    }

    /** Adds what the schema has against the shape of something, which is left out from now on. */
    void leaveOut(Objection objection) {
        if (!mistakes.enoughBefore(objection.node().named())) {
            mistakes.add(objection.node().named(), ShapeMistake.explain(objection));
        }
        leftOut.add(objection.node());
        if (objection.keyword().equals(PolicySchema.NO_KEY)) {
            Words.meant(objection.key(), ShapeMistake.keys(objection))
                    .ifPresent(key -> meant.computeIfAbsent(objection.around(), node -> new HashSet<>())
                            .add(key));
        }
    }

    /** Returns the place of a JSON pointer, or of the nearest thing around it that is written. */
    Place place(String pointer) {
        return Pointer.nearest(whole, pointer).named();
    }

    /** Whether there is no need to look at something: there are mistakes enough before it. */
    boolean enoughBefore(String pointer) {
        return mistakes.areEnough() && mistakes.enoughBefore(place(pointer));
    }

    /**
     * Whether something is written at a JSON pointer, or was probably meant to be: also if its key is misspelt, or if it
     * has a wrong shape and is left out. What is missing is a mistake only if not.
     */
    boolean holds(String pointer) {
        YamlNode around = Pointer.find(whole, Pointer.around(pointer));
        String key = Pointer.last(pointer);
        return around != null
                && (around.child(key) != null
                        || around.entries().containsKey(YamlReader.MERGE)
                        || meant.getOrDefault(around, Set.of()).contains(key));
    }

    /** Whether nothing that stands directly in what a JSON pointer names is left out. */
    boolean isWhole(String pointer) {
        YamlNode found = Pointer.find(whole, pointer);
        return found != null
                && found.entries().values().stream()
                        .noneMatch(node -> node.kind() == Kind.ALIAS || leftOut.contains(node));
    }

    /**
     * Returns the keys of the map at a JSON pointer, also of what is left out in it; none if it is not there, and empty
     * if nobody knows because the map itself is left out.
     */
    Optional<Set<String>> keys(String pointer) {
        YamlNode found = Pointer.find(whole, pointer);
        if (found == null) {
            return holds(pointer) ? Optional.empty() : Optional.of(Set.of());
        }
        return leftOut.contains(found)
                        || found.kind() == Kind.ALIAS
                        || found.entries().containsKey(YamlReader.MERGE)
                ? Optional.empty()
                : Optional.of(found.entries().keySet());
    }

    /** Returns the text that Jackson's data binding has come to. */
    Text text(TokenStreamContext at) {
        YamlNode node = node(at);
        return new Text(node.text(), node.begins());
    }

    private YamlNode node(TokenStreamContext at) {
        if (at.inRoot()) {
            return whole;
        }
        YamlNode around = node(at.getParent());
        return at.inArray()
                ? around.items().get(at.getCurrentIndex())
                : around.entries().get(at.currentName());
    }

    /** Returns the text without what is left out, for Jackson's data binding. */
    JsonNode withoutMistakes() {
        return bindable(whole);
    }

    private JsonNode bindable(YamlNode node) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (node.kind() == Kind.ALIAS || leftOut.contains(node)) {
            return make.nullNode();
        }
        return switch (node.kind()) {
            case MAP -> {
                ObjectNode map = make.objectNode();
                node.entries().forEach((key, value) -> {
                    if (value.kind() != Kind.ALIAS && !leftOut.contains(value)) {
                        map.set(key, bindable(value));
                    }
                });
                yield map;
            }
            case LIST -> {
                ArrayNode list = make.arrayNode();
                node.items().forEach(item -> list.add(bindable(item)));
                yield list;
            }
            case INTEGER -> make.numberNode(node.number());
            case BOOLEAN -> make.booleanNode(node.text().equalsIgnoreCase("true"));
            case NOTHING, ALIAS -> make.nullNode();
            case TEXT, NUMBER -> make.stringNode(node.text());
        };
    }
}
