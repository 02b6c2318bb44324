package io.jenkins.plugins.changegate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That docs/security.md names, for every advisory, tests there are. */
class AdvisoriesPageTest {

    @Test
    void everyAdvisoryOfThePageHasTestsThatExist() throws Exception {
        List<String[]> rows = Files.readAllLines(Path.of("docs", "security.md")).stream()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> line.split("\\|"))
                .toList();
        assertThat(rows.stream().map(row -> Integer.valueOf(row[1].trim())))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
        Map<String, String> sources = new HashMap<>();
        for (Path root : List.of(Path.of("src", "test", "java"), Path.of("src", "engine", "test", "java"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    sources.merge(
                            file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
                }
            }
        }
        for (String[] row : rows) {
            List<MatchResult> tests = Pattern.compile("`(\\w+)\\.(\\w+)`")
                    .matcher(row[4])
                    .results()
                    .toList();
            assertThat(tests).as(row[1]).isNotEmpty();
            tests.forEach(test -> assertThat(sources.getOrDefault(test.group(1), ""))
                    .as(test.group())
                    .contains("void " + test.group(2) + "("));
        }
    }
}
