package io.jenkins.plugins.changegate.engine.syntax;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import io.jenkins.plugins.changegate.engine.text.Pointer;
import io.jenkins.plugins.changegate.engine.text.YamlNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YAML, as the validator of JSON Schema sees it. Aliases are left out: they are mistakes already. */
final class SchemaNode implements JsonNode {

    private static final SimpleType[] TYPES = {
        SimpleType.OBJECT,
        SimpleType.ARRAY,
        SimpleType.STRING,
        SimpleType.INTEGER,
        SimpleType.NUMBER,
        SimpleType.BOOLEAN,
        SimpleType.STRING,
        SimpleType.NULL
    };

    private final YamlNode node;
    private final SchemaNode around;
    private final String name;
    private final String step;
    private final List<SchemaNode> seen;

    /**
     * Made when they are asked for, since the validator asks once for each keyword. A schema is shared by threads, and
     * keeps nothing.
     */
    private List<JsonNode> items;

    private Map<String, JsonNode> entries;

    private SchemaNode(YamlNode node, SchemaNode around, String name, String step, List<SchemaNode> seen) {
        this.node = node;
        this.around = around;
        this.name = name;
        this.step = step;
        this.seen = seen;
    }

    /** A schema: it is named by JSON pointers, and refers to its parts by them. */
    static SchemaNode schema(YamlNode whole) {
        return new SchemaNode(whole, null, "", "", null);
    }

    /**
     * What is validated: it is named by numbers, which are short whatever the keys are, and lead back at once.
     *
     * @param seen gets every piece that the validator looks at, in the order of their numbers
     */
    static SchemaNode instance(YamlNode whole, List<SchemaNode> seen) {
        return numbered(whole, null, "", seen);
    }

    private static SchemaNode numbered(YamlNode node, SchemaNode around, String step, List<SchemaNode> seen) {
        SchemaNode made = new SchemaNode(node, around, String.valueOf(seen.size()), step, seen);
        seen.add(made);
        return made;
    }

    private SchemaNode child(YamlNode child, String childStep) {
        return seen == null
                ? new SchemaNode(child, this, Pointer.to(name, childStep), childStep, null)
                : numbered(child, this, childStep, seen);
    }

    /** Returns what it is a view of. */
    YamlNode node() {
        return node;
    }

    /** Returns what it stands directly in; {@code null} for the whole. */
    YamlNode around() {
        return around == null ? null : around.node;
    }

    /** Returns its key, or its index in its list; empty for the whole. */
    String step() {
        return step;
    }

    /** Takes what has been made here already: the validator reads no text by itself. */
    static final class Factory implements JsonNodeFactory {

        @Override
        public JsonNode wrap(Object node) {
            return (SchemaNode) node;
        }

        @Override
        public JsonNode create(String json) {
            throw new UnsupportedOperationException("Text is read elsewhere");
        }
    }

    @Override
    public String getJsonPointer() {
        return name;
    }

    @Override
    public SimpleType getNodeType() {
        return TYPES[node.kind().ordinal()];
    }

    @Override
    public boolean asBoolean() {
        return node.text().equalsIgnoreCase("true");
    }

    @Override
    public String asString() {
        return node.text();
    }

    @Override
    public BigInteger asInteger() {
        return BigInteger.valueOf(node.number());
    }

    /** Only whole numbers have bounds in the schema. */
    @Override
    public BigDecimal asNumber() {
        return BigDecimal.valueOf(node.number());
    }

    @Override
    public List<JsonNode> asArray() {
        if (items != null) {
            return items;
        }
        List<JsonNode> made = new ArrayList<>(node.items().size());
        for (int i = 0; i < node.items().size(); i++) {
            if (node.items().get(i).kind() != YamlNode.Kind.ALIAS) {
                made.add(child(node.items().get(i), String.valueOf(i)));
            }
        }
        items = seen == null ? null : made;
        return made;
    }

    @Override
    public Map<String, JsonNode> asObject() {
        if (entries != null) {
            return entries;
        }
        Map<String, JsonNode> made = new LinkedHashMap<>();
        node.entries().forEach((key, value) -> {
            if (value.kind() != YamlNode.Kind.ALIAS) {
                made.put(key, child(value, key));
            }
        });
        entries = seen == null ? null : made;
        return made;
    }
}
