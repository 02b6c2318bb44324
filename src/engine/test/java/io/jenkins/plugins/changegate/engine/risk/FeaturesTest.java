package io.jenkins.plugins.changegate.engine.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.delta.Totals;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FeaturesTest {

    @Test
    void missingFeatureIsNotZero() {
        Features features = Features.NONE.with(Feature.EARLIER_CHANGES, 0);
        assertThat(features.value(Feature.EARLIER_CHANGES)).hasValue(0);
        assertThat(features.value(Feature.AGE)).isEmpty();
        assertThat(features.has(Feature.AGE)).isFalse();
        assertThat(features.without(Feature.EARLIER_CHANGES)).isEqualTo(Features.NONE);
    }

    @Test
    void totalsTellLinesAndFilesOnly() {
        assertThat(Features.of(new Totals(3, 0, 0, 20, 5)).values())
                .containsOnly(
                        Map.entry(Feature.LINES_ADDED, 20.0),
                        Map.entry(Feature.LINES_DELETED, 5.0),
                        Map.entry(Feature.FILES, 3.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void impossibleValuesAreRejected(double value) {
        assertThatThrownBy(() -> Features.NONE.with(Feature.LINES_ADDED, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("la is finite and at least 0");
    }

    @Test
    void laterChangesOfTheGivenMapHaveNoEffect() {
        Map<Feature, Double> given = new EnumMap<>(Map.of(Feature.FILES, 1.0));
        Features features = new Features(given);
        given.put(Feature.FILES, 2.0);
        assertThat(features.value(Feature.FILES)).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void shortNameFindsTheFeature(Feature feature) {
        assertThat(Feature.ofColumn(feature.column())).contains(feature);
    }

    @Test
    void otherNamesFindNothing() {
        assertThat(Feature.ofColumn("bug")).isEmpty();
        assertThat(Feature.ofColumn("LA")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void storedFormIsTheShortNamesAlone(Feature feature) {
        JsonMapper mapper = JsonMapper.builder().build();
        Features features = Features.NONE.with(feature, 2.5);
        String json = mapper.writeValueAsString(features);
        assertThat(json).isEqualTo("{\"" + feature.column() + "\":2.5}");
        assertThat(mapper.readValue(json, Features.class)).isEqualTo(features);
    }
}
