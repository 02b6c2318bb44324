package io.jenkins.plugins.changegate.signal;

import io.jenkins.plugins.changegate.engine.condition.Signal;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes a value out of an answer. What is wrong with an answer is said without a word of it. */
final class JsonValue {

    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonValue() {}

    /**
     * @param pointer where the value is, as RFC 6901 has it; empty for the whole answer as text
     * @return what a {@link Signal} can have
     * @throws UnknownSignalException if there is no such value
     */
    static Object of(byte[] answer, String pointer) throws UnknownSignalException {
        if (pointer.isEmpty()) {
            return text(new String(answer, StandardCharsets.UTF_8).strip());
        }
        JsonNode node;
        try {
            node = MAPPER.readTree(answer).at(JsonPointer.compile(pointer));
        } catch (JacksonException e) {
            throw new UnknownSignalException("its answer is not JSON");
        }
        if (node.isMissingNode() || node.isNull()) {
            throw new UnknownSignalException("its answer has nothing at " + pointer);
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isString()) {
            return text(node.stringValue());
        }
        if (node.isNumber()) {
            return number(node, pointer);
        }
        throw new UnknownSignalException("its answer has no single value at " + pointer);
    }

    private static Object number(JsonNode node, String pointer) throws UnknownSignalException {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        double number = node.isIntegralNumber() ? Double.NaN : node.asDouble();
        if (!Double.isFinite(number)) {
            throw new UnknownSignalException("its answer has too large a number at " + pointer);
        }
        return number;
    }

    private static String text(String text) throws UnknownSignalException {
        if (text.isEmpty()) {
            throw new UnknownSignalException("its answer is empty");
        }
        if (text.length() > Signal.LONGEST) {
            throw new UnknownSignalException("its answer is a text of more than " + Signal.LONGEST + " characters");
        }
        return text;
    }
}
