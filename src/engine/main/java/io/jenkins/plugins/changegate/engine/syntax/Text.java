package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.text.Place;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A piece of text in a policy that remembers where it stands, so that a mistake can name the place.
 *
 * @param value the text
 * @param place where it begins, with its quotes
 */
@JsonDeserialize(using = Text.Deserializer.class)
record Text(String value, Place place) {

    Text {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(place, "place");
    }

    /** Whether there is nothing to read in it; {@code null} has nothing. */
    static boolean isBlank(Text text) {
        return text == null || text.value().isBlank();
    }

    /** Reads any scalar as text; the reader has to have the {@link PolicySource} that is read as an attribute. */
    static final class Deserializer extends ValueDeserializer<Text> {
        @Override
        public Text deserialize(JsonParser parser, DeserializationContext context) {
            PolicySource source = (PolicySource) context.getAttribute(PolicySource.class);
            return source.text(parser.streamReadContext());
        }
    }
}
