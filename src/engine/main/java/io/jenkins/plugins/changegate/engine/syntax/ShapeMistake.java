package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.syntax.PolicySchema.Objection;
import io.jenkins.plugins.changegate.engine.text.Words;
import io.jenkins.plugins.changegate.engine.text.YamlNode;
import io.jenkins.plugins.changegate.engine.text.YamlNode.Kind;
import java.util.Collection;
import java.util.List;

/** Says in words for people what the schema has against the shape of a policy. */
final class ShapeMistake {

    private ShapeMistake() {}

    /** Returns what is wrong and how to mend it. */
    static String explain(Objection objection) {
        YamlNode node = objection.node();
        return switch (objection.keyword()) {
            case PolicySchema.NO_KEY ->
                "There is no key '" + objection.key() + "' here; " + Words.nearest(objection.key(), keys(objection));
            case "type" -> type(node, words(objection.schema().child("type")));
            case "enum" -> word(node, words(objection.schema().child("enum")));
            case "required" -> "Something is missing here; needed: " + String.join(", ", words(rule(objection)));
            default -> "This is not possible here: " + objection.message();
        };
    }

    /** Returns the keys that are possible where one is not. */
    static Collection<String> keys(Objection objection) {
        return objection.schema().child("properties").entries().keySet();
    }

    private static YamlNode rule(Objection objection) {
        return objection.schema().child(objection.keyword());
    }

    private static List<String> words(YamlNode written) {
        return written.kind() == Kind.LIST
                ? written.items().stream().map(YamlNode::text).toList()
                : List.of(written.text());
    }

    private static String type(YamlNode node, List<String> types) {
        if (node.kind() == Kind.NOTHING) {
            return "Nothing is written here";
        }
        if (types.contains("integer") && node.text().matches("[-+]?[0-9]{10,}")) {
            return "Expected here: a whole number, and none this large";
        }
        return "Expected here: " + kind(types);
    }

    /** Returns what a person calls a value of one of these types. */
    private static String kind(List<String> types) {
        if (types.contains("string")) {
            return types.contains("array") ? "text or a list of text" : "text";
        }
        if (types.contains("array")) {
            return "a list";
        }
        if (types.contains("object")) {
            return "keys with values";
        }
        return types.contains("integer") ? "a whole number" : "true or false";
    }

    private static String word(YamlNode node, List<String> words) {
        return switch (node.kind()) {
            case NOTHING -> "Nothing is written here; " + Words.nearest("", words);
            case MAP, LIST -> "Expected here: one word; " + Words.nearest("", words);
            default -> "'" + node.text() + "' is not possible here; " + Words.nearest(node.text(), words);
        };
    }
}
