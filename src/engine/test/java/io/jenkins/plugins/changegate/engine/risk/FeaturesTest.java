package io.jenkins.plugins.changegate.engine.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.delta.AuthorHistory;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.FileHistory;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.SingleCommit;
import io.jenkins.plugins.changegate.engine.delta.Spread;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void differenceTellsOverWhatItIsSpread() {
        Delta delta = delta(
                new Totals(4, 0, 1, 6, 2),
                file("pom.xml", 3, 1),
                file("src/a/A.java", 2, 0),
                file("src/b/B.java", 1, 1),
                file("src/b/logo.png", 0, 0));
        assertThat(Features.of(delta).values())
                .containsOnly(
                        Map.entry(Feature.LINES_ADDED, 6.0),
                        Map.entry(Feature.LINES_DELETED, 2.0),
                        Map.entry(Feature.FILES, 4.0),
                        Map.entry(Feature.DIRECTORIES, 3.0),
                        Map.entry(Feature.SUBSYSTEMS, 2.0),
                        // Half of the lines, a quarter and a quarter.
                        Map.entry(Feature.ENTROPY, 1.5));
    }

    @Test
    void spreadIsMissingWhereNotAllFilesAreListedAndZeroWhereNothingChanges() {
        assertThat(Features.of(delta(new Totals(2, 0, 0, 3, 1), file("pom.xml", 3, 1)))
                        .values())
                .containsOnlyKeys(Feature.LINES_ADDED, Feature.LINES_DELETED, Feature.FILES);
        assertThat(Features.of(delta(Totals.NONE)).values().values())
                .containsOnly(0.0)
                .hasSize(6);
        assertThat(Features.of(delta(new Totals(1, 0, 1, 0, 0), file("logo.png", 0, 0)))
                        .value(Feature.ENTROPY))
                .hasValue(0);
    }

    @Test
    void historyThatIsNotKnownIsMissingAndThatOfNewFilesHasNoAge() {
        Delta delta = delta(Totals.NONE);
        assertThat(Features.of(delta, Background.NONE)).isEqualTo(Features.of(delta));
        assertThat(Features.of(delta, after(new FileHistory(7, 2, 1.5))))
                .isEqualTo(Features.of(delta)
                        .with(Feature.EARLIER_CHANGES, 7)
                        .with(Feature.EARLIER_AUTHORS, 2)
                        .with(Feature.AGE, 1.5));
        assertThat(Features.of(delta, after(new FileHistory(0, 0, -1))).has(Feature.AGE))
                .isFalse();
    }

    @Test
    void whatTheAuthorsDidIsOnlyKnownWithWhatHappenedToTheFiles() {
        Delta delta = delta(Totals.NONE);
        FileHistory history = new FileHistory(7, 2, 1.5, new AuthorHistory(5, 2.5, 1));
        assertThat(Features.of(delta, after(history)))
                .isEqualTo(Features.of(delta, after(new FileHistory(7, 2, 1.5)))
                        .with(Feature.AUTHOR_CHANGES, 5)
                        .with(Feature.AUTHOR_RECENT_CHANGES, 2.5)
                        .with(Feature.AUTHOR_SUBSYSTEM_CHANGES, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fix the build | 1",
                "fix(cart): #12 | 1",
                "Correct WRONG totals | 1",
                "Mend failures of the index | 1",
                "Add a prefix, a suffix and a fixture | 0",
                "Debug output for terrors | 0"
            })
    void wordsOfTheFirstLineTellWhetherItIsAFix(String subject, int fix) {
        assertThat(Features.of(delta(commit(subject, false))).value(Feature.FIX))
                .hasValue(fix);
        assertThat(Features.of(delta(commit("Add", false), commit(subject, false)))
                        .value(Feature.FIX))
                .hasValue(fix);
    }

    @Test
    void whatIsTakenBackSaysNothingOfTheChange() {
        assertThat(Features.of(delta(commit("Fix the build", true))).has(Feature.FIX))
                .isFalse();
        assertThat(Features.of(delta(commit("Fix the build", true), commit("Add", false)))
                        .value(Feature.FIX))
                .hasValue(0);
    }

    @Test
    void eachCommitIsKnownByItsOwnNumbersAndItsOwnMessage() {
        Delta delta = new Delta(
                "b",
                "h",
                List.of(),
                Totals.NONE,
                List.of(commit("c1", "Fix the cart", false), commit("c2", "Add", false)),
                List.of());
        Totals totals = new Totals(2, 0, 0, 3, 1);
        List<Features> each = Features.ofEach(
                List.of(
                        new SingleCommit("c1", totals, new Spread(2, 1, 0.5), new FileHistory(7, 2, 1.5)),
                        new SingleCommit("c2", totals, null, null),
                        new SingleCommit("c3", totals, null, null)),
                delta);
        assertThat(each.get(0).values())
                .containsEntry(Feature.FIX, 1.0)
                .containsEntry(Feature.DIRECTORIES, 2.0)
                .containsEntry(Feature.EARLIER_CHANGES, 7.0);
        assertThat(each.get(1)).isEqualTo(Features.of(totals).with(Feature.FIX, 0));
        assertThat(each.get(2)).isEqualTo(Features.of(totals));
    }

    @Test
    void howLargeTheFilesWereIsMissingWhereItIsNotKnown() {
        Delta delta = delta(Totals.NONE);
        assertThat(Features.of(delta, new Background(null, List.of(), 142_030L, null)))
                .isEqualTo(Features.of(delta).with(Feature.SIZE_BEFORE, 142_030));
        assertThat(Features.of(delta, after(new FileHistory(7, 2, 1.5))).has(Feature.SIZE_BEFORE))
                .isFalse();
    }

    private static Background after(FileHistory history) {
        return new Background(history, List.of(), null, null);
    }

    private static Delta delta(Commit... commits) {
        return new Delta("b", "h", List.of(), Totals.NONE, List.of(commits), List.of());
    }

    private static Commit commit(String subject, boolean undone) {
        return commit("c", subject, undone);
    }

    private static Commit commit(String id, String subject, boolean undone) {
        Person ada = new Person("Ada", "ada@example.org");
        return new Commit(id, undone, 1, ada, ada, List.of(), subject);
    }

    private static Delta delta(Totals totals, FileChange... files) {
        return new Delta("b", "h", List.of(files), totals, List.of(), List.of());
    }

    private static FileChange file(String path, int added, int deleted) {
        return new FileChange(path, null, FileChange.Status.MODIFIED, added, deleted, false, false, false, false);
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
