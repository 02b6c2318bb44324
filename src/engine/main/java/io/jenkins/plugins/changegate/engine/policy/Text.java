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
