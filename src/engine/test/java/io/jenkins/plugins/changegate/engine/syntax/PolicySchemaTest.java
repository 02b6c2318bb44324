package io.jenkins.plugins.changegate.engine.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.changegate.engine.condition.ConditionLanguage;
import io.jenkins.plugins.changegate.engine.policy.Promotion;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.text.Lines;
import io.jenkins.plugins.changegate.engine.text.Mistakes;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import io.jenkins.plugins.changegate.engine.text.YamlReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema and the code say the same: which keys there are, of which shape, which words, which limits. */
class PolicySchemaTest {

    private static final JsonNode SCHEMA = JsonMapper.shared().readTree(PolicySchema.text());

    static Stream<List<Object>> records() {
        return Stream.of(
                List.of("", PolicyFile.class),
                List.of("rule", PolicyFile.RuleEntry.class),
                List.of("environment", PolicyFile.EnvironmentEntry.class),
                List.of("schedule", PolicyFile.ScheduleLine.class),
                List.of("model", PolicyFile.ModelEntry.class),
                List.of("promotion", PolicyFile.PromotionEntry.class),
                List.of("delegation", PolicyFile.DelegationEntry.class),
                List.of("escalation", PolicyFile.EscalationEntry.class),
                List.of("plans", PolicyFile.PlansEntry.class),
                List.of("workItems", PolicyFile.WorkItemsEntry.class),
                List.of("guarantee", PolicyFile.GuaranteeEntry.class),
                List.of("requirement", PolicyFile.RequirementEntry.class));
    }

    private static JsonNode definition(String name) {
        return name.isEmpty() ? SCHEMA : SCHEMA.at("/$defs/" + name);
    }

    private static Map<String, RecordComponent> keys(Class<?> shape) {
        Map<String, RecordComponent> keys = new LinkedHashMap<>();
        for (RecordComponent component : shape.getRecordComponents()) {
            JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
            keys.put(named == null ? component.getName() : named.value(), component);
        }
        return keys;
    }

    @Test
    void everyRecordOfThePolicyFileIsCompared() {
        assertThat(records().map(each -> each.get(1)))
                .containsAll(Arrays.stream(PolicyFile.class.getDeclaredClasses())
                        .filter(Class::isRecord)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyKeyIsInTheSchemaAndNoOther(List<Object> record) {
        JsonNode definition = definition((String) record.get(0));
        assertThat(definition.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(definition.path("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        keys((Class<?>) record.get(1)).keySet());
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyKeyHasTheShapeThatTheCodeReads(List<Object> record) {
        JsonNode properties = definition((String) record.get(0)).path("properties");
        keys((Class<?>) record.get(1)).forEach((key, component) -> {
            boolean single = component.getAccessor().isAnnotationPresent(JsonFormat.class);
            compare(properties.path(key), component.getGenericType(), single, record.get(0) + "." + key);
        });
    }

    private static JsonNode resolve(JsonNode schema) {
        return schema.has("$ref")
                ? resolve(SCHEMA.at(schema.path("$ref").asString().substring(1)))
                : schema;
    }

    private static void compare(JsonNode written, Type type, boolean single, String where) {
        JsonNode schema = resolve(written);
        List<String> types = schema.path("type").isArray()
                ? schema.path("type").valueStream().map(JsonNode::asString).toList()
                : List.of(schema.path("type").asString(""));
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            assertThat(types).as(where).contains("array");
            assertThat(types.contains("string")).as(where).isEqualTo(single);
            compare(schema.path("items"), generic.getActualTypeArguments()[0], false, where + "[]");
        } else if (type instanceof ParameterizedType generic) {
            assertThat(types).as(where).contains("object");
            if (generic.getActualTypeArguments()[0] == RiskLevel.class) {
                assertThat(schema.path("properties").propertyNames()).containsExactlyElementsOf(words(RiskLevel.class));
            } else {
                compare(schema.path("additionalProperties"), generic.getActualTypeArguments()[1], false, where + "{}");
            }
        } else if (type == Text.class) {
            assertThat(types).as(where).containsExactly("string", "number", "boolean");
        } else if (type == Integer.class) {
            assertThat(types).as(where).containsExactly("integer");
        } else if (type == Boolean.class) {
            assertThat(types).as(where).containsExactly("boolean");
        } else if (type instanceof Class<?> words && words.isEnum()) {
            assertThat(schema.path("enum").valueStream().map(JsonNode::asString))
                    .as(where)
                    .containsExactlyInAnyOrderElementsOf(words(words));
        } else {
            assertThat(type).as(where).isIn(records().map(each -> each.get(1)).toList());
            assertThat(types).as(where).contains("object");
        }
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getFields())
                .map(field -> field.getAnnotation(JsonProperty.class).value())
                .toList();
    }

    @Test
    void limitsAreThoseOfTheCode() {
        JsonNode points = SCHEMA.at("/$defs/rule/properties/risk");
        assertThat(points.path("minimum").asInt()).isEqualTo(-RuleChecker.MOST_POINTS);
        assertThat(points.path("maximum").asInt()).isEqualTo(RuleChecker.MOST_POINTS);
        JsonNode delegated = SCHEMA.at("/$defs/delegation/properties/risk");
        assertThat(delegated.path("minimum").asInt()).isEqualTo(DelegationChecker.MOST_POINTS);
        assertThat(delegated.path("maximum").asInt()).isZero();
        JsonNode successes = SCHEMA.at("/$defs/promotion/properties/after");
        assertThat(successes.path("minimum").asInt()).isEqualTo(1);
        assertThat(successes.path("maximum").asInt()).isEqualTo(Promotion.MOST);
        JsonNode stage = SCHEMA.at("/$defs/requirement/properties/stage");
        assertThat(stage.path("minimum").asInt()).isEqualTo(Requirement.FIRST_STAGE);
        assertThat(stage.path("maximum").asInt()).isEqualTo(RequirementChecker.LAST_STAGE);
        assertThat(SCHEMA.at("/$defs/requirement/properties/at-least/minimum").asInt())
                .isEqualTo(1);
        assertThat(SCHEMA.at("/$defs/requirements/maxItems").asInt()).isEqualTo(RequirementChecker.MOST_REQUIREMENTS);
        JsonNode label = SCHEMA.at("/$defs/rule/properties/label");
        assertThat(label.path("maxLength").asInt()).isEqualTo(RuleChecker.LONGEST_LABEL);
        assertThat(label.at("/items/maxLength").asInt()).isEqualTo(RuleChecker.LONGEST_LABEL);
        assertThat(SCHEMA.at("/$defs/rule/properties/when/maxLength").asInt()).isEqualTo(ConditionLanguage.LONGEST);
    }

    @Test
    void whatIsWrittenWhereEditorsShowItIsNotEmpty() {
        assertThat(SCHEMA.findParents("type"))
                .filteredOn(schema -> schema.has("properties"))
                .allMatch(schema -> schema.has("title"));
        for (JsonNode properties : SCHEMA.findValues("properties")) {
            for (JsonNode property : properties) {
                assertThat(isTitled(property) || property.has("const"))
                        .as(property.toString())
                        .isTrue();
            }
        }
    }

    private static boolean isTitled(JsonNode schema) {
        return schema.has("title")
                || schema.has("$ref")
                        && isTitled(SCHEMA.at(schema.path("$ref").asString().substring(1)));
    }

    @Test
    void schemaIsPublishedWhereItsIdSays() {
        assertThat(SCHEMA.path("$id").asString())
                .startsWith(
                        "https://raw.githubusercontent.com/jenkinsci/change-gate-plugin/main/src/engine/main/resources/")
                .endsWith("/policy.schema.json");
        assertThat(SCHEMA.path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    @Test
    void schemaIsASchema() {
        dev.harrel.jsonschema.ValidatorFactory validators = new dev.harrel.jsonschema.ValidatorFactory()
                .withJsonNodeFactory(new TextFactory())
                .withDefaultDialect(new dev.harrel.jsonschema.Dialects.Draft2020Dialect());
        assertThat(validators
                        .validate("{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}", PolicySchema.text())
                        .isValid())
                .isTrue();
        assertThat(validators
                        .validate(
                                "{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}",
                                PolicySchema.text().replace("\"type\": \"integer\"", "\"type\": \"whole\""))
                        .isValid())
                .isFalse();
    }

    /** Reads JSON for the validator, which brings the schema of schemas as text. */
    private static final class TextFactory implements dev.harrel.jsonschema.JsonNodeFactory {
        @Override
        public dev.harrel.jsonschema.JsonNode wrap(Object node) {
            return (dev.harrel.jsonschema.JsonNode) node;
        }

        @Override
        public dev.harrel.jsonschema.JsonNode create(String json) {
            try {
                Mistakes none = new Mistakes("");
                return SchemaNode.schema(YamlReader.read(
                        tools.jackson.dataformat.yaml.YAMLMapper.builder().build(), "", new Lines(json), none));
            } catch (PolicyException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}
