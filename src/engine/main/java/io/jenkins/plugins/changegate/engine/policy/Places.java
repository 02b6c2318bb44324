package io.jenkins.plugins.changegate.engine.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Where in a YAML text each key and list item stands. Jackson's own exceptions name the place where the parser was
 * when the object was put together, which is after the mistake.
 */
final class Places {

    private final Map<String, TokenStreamLocation> byPath = new HashMap<>();
    private TokenStreamLocation alias;
    private boolean whole;

    private Places() {}

    /** Reads a text as far as it is YAML. */
    static Places of(YAMLMapper mapper, String text) {
        Places places = new Places();
        try (JsonParser parser = mapper.createParser(text)) {
            places.read(parser);
            places.whole = true;
        } catch (JacksonException e) {
            // What stands before the mistake is known, and that is what is asked for.
            return places;
        }
        return places;
    }

    private void read(JsonParser parser) {
        Deque<Frame> stack = new ArrayDeque<>();
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            Frame frame = stack.peek();
            if (alias == null && ((YAMLParser) parser).isCurrentAlias()) {
                alias = parser.currentTokenLocation();
            }
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                stack.pop();
            } else if (token == JsonToken.PROPERTY_NAME) {
                frame.step = parser.currentName();
                byPath.put(frame.path + "/" + frame.step, parser.currentTokenLocation());
            } else {
                String path = frame == null ? "" : frame.next();
                byPath.putIfAbsent(path, parser.currentTokenLocation());
                if (token.isStructStart()) {
                    stack.push(new Frame(path, token == JsonToken.START_ARRAY));
                }
            }
        }
    }

    private static final class Frame {
        private final String path;
        private final boolean list;
        private String step = "";
        private int index;

        Frame(String path, boolean list) {
            this.path = path;
            this.list = list;
        }

        String next() {
            return path + "/" + (list ? String.valueOf(index++) : step);
        }
    }

    /** Whether the text is YAML that holds nothing: blank, or only comments. */
    boolean areNone() {
        return whole && byPath.isEmpty();
    }

    /** Returns where the first alias stands, {@code null} if there is none; Jackson takes one for its own name. */
    TokenStreamLocation alias() {
        return alias;
    }

    /** Returns the place of a path, as in {@code /rules/0/name}, or of the nearest one around it that is known. */
    TokenStreamLocation find(String path) {
        String around = path;
        while (!byPath.containsKey(around) && !around.isEmpty()) {
            around = around.substring(0, around.lastIndexOf('/'));
        }
        return byPath.get(around);
    }

    /** Returns the place that a Jackson exception's path leads to, or the nearest one around it that is known. */
    TokenStreamLocation find(JacksonException e) {
        TokenStreamLocation found = e.getLocation();
        StringBuilder at = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            at.append('/')
                    .append(step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName());
            found = byPath.getOrDefault(at.toString(), found);
        }
        // A key that is not possible is not in the path yet.
        return e instanceof InvalidFormatException invalid
                ? byPath.getOrDefault(at + "/" + invalid.getValue(), found)
                : found;
    }
}
