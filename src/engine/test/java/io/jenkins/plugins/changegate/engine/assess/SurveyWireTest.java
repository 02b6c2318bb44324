package io.jenkins.plugins.changegate.engine.assess;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.content.Bump;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.DependencyBump;
import io.jenkins.plugins.changegate.engine.content.MigrationRisk;
import io.jenkins.plugins.changegate.engine.delta.AuthorHistory;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.FileHistory;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.delta.Readings;
import io.jenkins.plugins.changegate.engine.delta.Revert;
import io.jenkins.plugins.changegate.engine.delta.SingleCommit;
import io.jenkins.plugins.changegate.engine.delta.Spread;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All that an agent tells of a change goes into the limit of the wire, however large and hostile the change is. */
class SurveyWireTest {

    private static final int LONGEST_PATH = 4_096;

    private final Random random = new Random(14_142);

    @Test
    void allThatIsToldOfTheMostHostileChangeGoesOnTheWire() throws IOException {
        List<FileChange> files = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            files.add(new FileChange(noise(400), null, FileChange.Status.ADDED, i, i, false, false, false, false));
        }
        Reading reading = Readings.ofFiles("h".repeat(40), files, new Totals(1_000_000, 0, 0, 1, 1))
                .with(new Gap(Gap.Kind.GIT_FAILED, noise(2_000)));
        List<SingleCommit> commits = Stream.generate(() -> new SingleCommit(
                        noise(40),
                        new Totals(random.nextInt(), 1, 1, random.nextLong(), random.nextLong()),
                        new Spread(random.nextLong(), random.nextLong(), random.nextDouble()),
                        new FileHistory(1, 1, random.nextDouble(), new AuthorHistory(1, 1, random.nextDouble()))))
                .limit(50)
                .toList();
        Map<String, List<String>> found = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            found.put("pattern " + i, places());
        }
        Map<Bump, List<DependencyBump>> bumps = new HashMap<>();
        for (Bump kind : Bump.values()) {
            bumps.put(
                    kind,
                    places().stream()
                            .map(place ->
                                    new DependencyBump("maven", "n".repeat(120), letters(80), letters(80), kind, place))
                            .toList());
        }
        Map<MigrationRisk, List<String>> migrations = new HashMap<>();
        for (MigrationRisk risk : MigrationRisk.values()) {
            migrations.put(risk, places());
        }
        Survey survey = new Survey(
                reading,
                null,
                new Background(
                        commits.get(0).earlier(), commits, Long.MAX_VALUE, new Revert("f".repeat(64), 1L << 40, 1_000)),
                new ContentFacts(found, found, bumps, migrations, false, false));
        int bytes = written(survey);
        System.out.println("The most that is told of a change of 1 000 000 files: " + bytes + " bytes");
        assertThat(bytes).isBetween(Delta.WIRE_LIMIT / 2, Delta.WIRE_LIMIT);
        assertThat(survey.content().added())
                .hasSize(200)
                .allSatisfy((pattern, places) -> assertThat(places).isNotEmpty());
    }

    @Test
    void longPlaceKeepsItsEndAndUsualOnesAreAsTheyAre() {
        List<String> usual = Collections.nCopies(5, "src/Main.java:12");
        String path = noise(LONGEST_PATH) + "/Main.java:12";
        ContentFacts facts =
                new ContentFacts(Map.of("a", usual, "b", List.of(path)), Map.of(), Map.of(), Map.of(), false, true);
        assertThat(facts.added().get("a")).isEqualTo(usual);
        assertThat(facts.added().get("b"))
                .singleElement()
                .satisfies(
                        place -> assertThat(place).hasSize(200).startsWith("…").endsWith("/Main.java:12"));
    }

    private List<String> places() {
        return Stream.generate(() -> noise(LONGEST_PATH) + ":1").limit(5).toList();
    }

    private String noise(int length) {
        return random.ints(length, 'A', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String letters(int length) {
        return random.ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int written(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.size();
    }
}
