package io.jenkins.plugins.changegate.engine.text;

import io.jenkins.plugins.changegate.engine.text.YamlNode.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads YAML with the places of everything in it, and collects what is YAML but no policy's. For one text. */
public final class YamlReader {

    private static final Pattern MARK = Pattern.compile("(?m)^ in [^\\n]*?, line (\\d{1,7}), column (\\d{1,7}):");

    /** A key that stands for keys which are written elsewhere. */
    public static final String MERGE = "<<";

    /** Longest key, in characters: it is a part of the name of every place below it. */
    private static final int LONGEST_KEY = 1_000;

    private final Lines lines;
    private final Mistakes mistakes;
    private final Deque<Frame> stack = new ArrayDeque<>();
    private YamlNode whole;

    private YamlReader(Lines lines, Mistakes mistakes) {
        this.lines = lines;
        this.mistakes = mistakes;
    }

    /**
     * Reads a text.
     *
     * @param mistakes gets the keys that are written twice, aliases, and a second document; they are left out
     * @return a {@link Kind#NOTHING} if the text holds nothing
     * @throws PolicyException if the text is no YAML; that is its only mistake then
     */
    public static YamlNode read(YAMLMapper mapper, String source, Lines lines, Mistakes mistakes)
            throws PolicyException {
        YamlReader reader = new YamlReader(lines, mistakes);
        try (JsonParser parser = mapper.createParser(lines.text())) {
            reader.read(parser);
            return reader.whole == null ? new YamlNode(Kind.NOTHING, "", 0, Place.FIRST, Place.FIRST) : reader.whole;
        } catch (JacksonException e) {
            Place place = reader.place(e);
            Mistake mistake = new Mistake(place.line(), place.column(), explain(e));
            throw new PolicyException(source, List.of(mistake), false, e);
        }
    }

    /** The lines that are indented show the text again. */
    private static String explain(JacksonException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(": "));
    }

    private void read(JsonParser parser) {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                stack.pop();
            } else if (token == JsonToken.PROPERTY_NAME) {
                stack.element().key(parser.currentName(), place(parser.currentTokenLocation()));
            } else if (whole != null && stack.isEmpty()) {
                mistakes.add(
                        place(parser.currentTokenLocation()),
                        "A policy is one document, and there is another one after it");
                return;
            } else {
                value(parser, token);
            }
        }
    }

    private void value(JsonParser parser, JsonToken token) {
        Place begins = place(parser.currentTokenLocation());
        Frame frame = stack.peek();
        Place named = frame == null || frame.named == null ? begins : frame.named;
        boolean ignored = frame != null && frame.ignored();
        if (((YAMLParser) parser).isCurrentAlias()) {
            if (!ignored) {
                mistakes.add(begins, "An alias cannot be used here: write out what it stands for");
            }
            attach(frame, new YamlNode(Kind.ALIAS, "", 0, named, begins));
            return;
        }
        String text = token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getString() : "";
        Integer number = token == JsonToken.VALUE_NUMBER_INT ? number(parser) : null;
        // Jackson takes this for text, unlike YAML itself and editors; in quotes it is text.
        boolean nothing = text.equals("~") && lines.text().startsWith("~", lines.offset(begins));
        Kind kind = nothing ? Kind.NOTHING : kind(token, number);
        YamlNode node = new YamlNode(kind, text, number == null ? 0 : number, named, begins);
        attach(frame, node);
        if (token.isStructStart()) {
            stack.push(new Frame(node, ignored));
        }
    }

    private void attach(Frame frame, YamlNode node) {
        if (frame == null) {
            whole = node;
        } else if (frame.node.kind() == Kind.LIST) {
            frame.node.items().add(node);
        } else if (!frame.ignored()) {
            frame.node.entries().put(frame.key, node);
        }
    }

    private static Kind kind(JsonToken token, Integer number) {
        return switch (token) {
            case START_OBJECT -> Kind.MAP;
            case START_ARRAY -> Kind.LIST;
            case VALUE_NUMBER_INT -> number == null ? Kind.NUMBER : Kind.INTEGER;
            case VALUE_NUMBER_FLOAT -> Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
            case VALUE_NULL -> Kind.NOTHING;
            default -> Kind.TEXT;
        };
    }

    /** Returns {@code null} if it is too large. */
    private static Integer number(JsonParser parser) {
        try {
            return parser.getIntValue();
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Jackson names the place where it was; where the mistake is, the message of the reader below says last. */
    private Place place(JacksonException e) {
        Matcher mark = MARK.matcher(e.getOriginalMessage());
        Place place = e.getLocation() == null ? Place.FIRST : place(e.getLocation());
        while (mark.find()) {
            place = lines.place(lines.offset(Integer.parseInt(mark.group(1)), Integer.parseInt(mark.group(2)) - 1));
        }
        return place;
    }

    /** Jackson's columns are code points, from 1. */
    private Place place(TokenStreamLocation at) {
        return lines.place(lines.offset(Math.max(1, at.getLineNr()), Math.max(0, at.getColumnNr() - 1)));
    }

    /** A map or list that is being read. */
    private final class Frame {
        private final YamlNode node;
        private final boolean allIgnored;
        private String key = "";
        private Place named;
        private boolean keyIgnored;

        Frame(YamlNode node, boolean ignored) {
            this.node = node;
            this.allIgnored = ignored;
        }

        /** Whether what is read now is left out, because of a mistake that is said already. */
        boolean ignored() {
            return allIgnored || keyIgnored;
        }

        void key(String name, Place place) {
            key = name;
            named = place;
            keyIgnored = false;
            YamlNode first = node.entries().get(name);
            if (allIgnored) {
                return;
            }
            if (first != null) {
                mistakes.add(
                        place,
                        "Duplicate key '" + name + "'; it is written first in line "
                                + first.named().line() + ", column "
                                + first.named().column());
                keyIgnored = true;
            } else if (name.equals(MERGE)) {
                mistakes.add(place, "A merge key cannot be used here: write out what it stands for");
                node.entries().put(name, new YamlNode(Kind.ALIAS, "", 0, place, place));
                keyIgnored = true;
            } else if (name.length() > LONGEST_KEY) {
                mistakes.add(place, "A key may have at most " + LONGEST_KEY + " characters");
                keyIgnored = true;
            }
        }
    }
}
