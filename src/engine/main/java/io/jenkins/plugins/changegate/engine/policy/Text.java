package io.jenkins.plugins.changegate.engine.policy;

import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A piece of text in a policy that remembers where it stands, so that an error can name the place.
 *
 * @param value the text
 * @param line from 1
 * @param column from 1
 */
@JsonDeserialize(using = Text.Deserializer.class)
record Text(String value, int line, int column) {

    Text {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Returns where a place within this text stands in the YAML, whatever the style it is written in: characters are
     * followed one by one, leaving out the white space, which is what folding changes.
     *
     * @param yaml the whole YAML
     * @param toLine the line within this text, from 1
     * @param toColumn the column within this text, from 0
     * @return this text, with another place; the place of its beginning if it cannot be followed
     */
    Text place(String yaml, int toLine, int toColumn) {
        int at = offset(yaml, line, column - 1);
        char style = at < yaml.length() ? yaml.charAt(at) : ' ';
        boolean quoted = style == '\'' || style == '"';
        if (style == '|' || style == '>') {
            at = offset(yaml, line + 1, 0);
        } else if (quoted) {
            at++;
        }
        String before = value.substring(0, Math.min(value.length(), offset(value, toLine, toColumn)));
        int end = at;
        for (int i = 0; i < before.length(); i++) {
            if (Character.isWhitespace(before.charAt(i))) {
                continue;
            }
            at = skip(yaml, end);
            // Both styles of quotes write some characters as two.
            if (at + 1 < yaml.length() && quoted && yaml.charAt(at) == (style == '"' ? '\\' : '\'')) {
                at++;
            }
            if (at >= yaml.length() || yaml.charAt(at) != before.charAt(i)) {
                return this;
            }
            end = at + 1;
        }
        at = before.length() < value.strip().length() ? skip(yaml, end) : end;
        String until = yaml.substring(0, at);
        int lines = (int) until.chars().filter(c -> c == '\n').count();
        return new Text(value, lines + 1, at - until.lastIndexOf('\n'));
    }

    private static int skip(String yaml, int from) {
        int at = from;
        while (at < yaml.length() && Character.isWhitespace(yaml.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Returns how many characters stand before a line, from 1, and a column, from 0. */
    private static int offset(String text, int line, int column) {
        int at = 0;
        for (int n = 1; n < line && text.indexOf('\n', at) >= 0; n++) {
            at = text.indexOf('\n', at) + 1;
        }
        return at + column;
    }

    /** Reads any scalar as text. */
    static final class Deserializer extends ValueDeserializer<Text> {
        @Override
        public Text deserialize(JsonParser parser, DeserializationContext context) {
            TokenStreamLocation location = parser.currentTokenLocation();
            if (!parser.currentToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
                return context.reportInputMismatch(Text.class, "Text is expected here, not a list, a map or nothing");
            }
            return new Text(parser.getString(), location.getLineNr(), location.getColumnNr());
        }
    }
}
