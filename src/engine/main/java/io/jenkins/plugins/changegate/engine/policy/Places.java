package io.jenkins.plugins.changegate.engine.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Where in a YAML text each key and list item stands. Jackson's own exceptions name the place where the parser was
 * when the object was put together, which is after the mistake.
 */
final class Places {

    private final Map<String, TokenStreamLocation> byPath = new HashMap<>();

    private Places() {}

    /** Reads a text as far as it is YAML. */
    static Places of(YAMLMapper mapper, String text) {
        Places places = new Places();
        try (JsonParser parser = mapper.createParser(text)) {
            places.read(parser);
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

    /** Returns the place that a Jackson exception's path leads to, or the nearest one around it that is known. */
    TokenStreamLocation find(List<JacksonException.Reference> path, TokenStreamLocation otherwise) {
        TokenStreamLocation found = otherwise;
        StringBuilder at = new StringBuilder();
        for (JacksonException.Reference step : path) {
            at.append('/')
                    .append(step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName());
            found = byPath.getOrDefault(at.toString(), found);
        }
        return found;
    }
}
