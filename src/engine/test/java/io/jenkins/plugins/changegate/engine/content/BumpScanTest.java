package io.jenkins.plugins.changegate.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.path.PathPattern;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bumps found in the changed lines of manifests. */
class BumpScanTest {

    private final BumpScan scan = new BumpScan();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pom.xml | <version>1.2.3</version> | <version>2.0.0</version> | major",
                "pom.xml | <version>1.2.3</version> | <version>1.3.0</version> | minor",
                "pom.xml | <version>1.2.3</version> | <version>1.2.4</version> | patch",
                "pom.xml | <version>1.2.3</version> | <version>1.1.0</version> | downgrade",
                "pom.xml | <jackson.version>2</jackson.version> | <jackson.version>3</jackson.version> | major",
                "a/b/pom.xml | | <version>1.2.3</version> | new",
                "pom.xml | <version>1.2.3</version> | | removed",
                "package.json | \"left-pad\": \"^1.2.3\", | \"left-pad\": \"^2.0.0\", | major",
                "package.json | | \"left-pad\": \"1.2.3\", | new",
                "package.json | \"x\": \"^1\", | \"x\": \"^2\", | major",
                "go.mod | github.com/x/y v1.2.3 | github.com/x/y v1.2.4 | patch",
                "go.mod | github.com/x/y v1.2.3 // indirect | github.com/x/y v2.2.3 // indirect | major",
                "requirements.txt | django==4.2.1 | django==5.0.0 | major",
                "requirements-dev.txt | django==4.2.1 | django==4.3.0 | minor",
                "requirements.txt | | requests>=2.31.0 | new",
                "Gemfile | gem 'rails', '7.0.1' | gem 'rails', '7.0.2' | patch",
                "Gemfile | gem 'rails', '~> 7.0' | gem 'rails', '~> 8.0' | major",
                "Dockerfile | FROM eclipse-temurin:17 | FROM eclipse-temurin:21 | major",
                "Dockerfile | FROM alpine:3.18.1 | FROM alpine:3.19.0 | minor",
                "build.gradle | implementation 'a:b:1.0.0' | implementation 'a:b:1.0.1' | patch",
                "Cargo.toml | serde = \"1.0.1\" | serde = \"1.1.0\" | minor",
                "App.csproj | Version=\"1.0.0\" | Version=\"2.0.0\" | major",
                "Chart.yaml | version: 1.2.3 | version: 1.2.4 | patch",
                "k8s/app.yaml | image: nginx:1.2.3 | image: nginx:1.3.0 | minor",
            })
    void changeOfAManifestIsABump(String path, String before, String after, String kind) {
        if (before != null) {
            scan.line(path, false, 7, "  " + before);
        }
        if (after != null) {
            scan.line(path, true, 9, "  " + after);
        }
        assertThat(places())
                .isEqualTo(Map.of(Bump.named(kind).iterator().next(), List.of(path + ":" + (after == null ? 7 : 9))));
    }

    private Map<Bump, List<String>> places() {
        return scan.result().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .map(DependencyBump::place)
                                .toList()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/App.java",
                "package-lock.json",
                "go.sum",
                "pom.xml.bak",
                "mypom.xml",
                "version.txt",
                "Dockerfile2"
            })
    void otherFilesAreNotLookedAt(String path) {
        scan.line(path, true, 1, "<version>1.2.3</version>");
        assertThat(scan.result()).isEmpty();
        assertThat(BumpScan.isManifest(path)).isFalse();
    }

    @Test
    void lineThatDiffersInMoreThanItsVersionIsOneGoneAndOneNew() {
        scan.line("package.json", false, 7, "\"left-pad\": \"~1.2.3\",");
        scan.line("package.json", true, 9, "\"left-pad\": \"^1.3.0\",");
        assertThat(places())
                .isEqualTo(Map.of(Bump.REMOVED, List.of("package.json:7"), Bump.NEW, List.of("package.json:9")));
    }

    @Test
    void linesWithoutAVersionDoNotCount() {
        scan.line("pom.xml", true, 1, "<artifactId>commons-lang3</artifactId>");
        scan.line("pom.xml", false, 2, "<!-- comment 42 -->");
        assertThat(scan.result()).isEmpty();
    }

    @Test
    void movedLineIsNoBump() {
        scan.line("pom.xml", false, 1, "<version>1.2.3</version>");
        scan.line("pom.xml", true, 9, "    <version>1.2.3</version>");
        assertThat(scan.result()).isEmpty();
    }

    @Test
    void severalBumpsAreAllFound() {
        scan.line("pom.xml", false, 1, "<a.version>1.0.0</a.version><b.version>1.0.0</b.version>");
        scan.line("pom.xml", true, 1, "<a.version>2.0.0</a.version><b.version>1.0.1</b.version>");
        scan.line("go.mod", true, 3, "x v1.0.0");
        assertThat(places())
                .isEqualTo(Map.of(
                        Bump.MAJOR, List.of("pom.xml:1"),
                        Bump.PATCH, List.of("pom.xml:1"),
                        Bump.NEW, List.of("go.mod:3")));
    }

    @Test
    void fewPlacesAreNamedHoweverManyThereAre() {
        for (int i = 0; i < 100; i++) {
            scan.line("go.mod", true, i, "example.org/m" + i + " v1.0.0");
        }
        assertThat(scan.result().get(Bump.NEW)).hasSize(5);
        assertThat(scan.whole()).isTrue();
    }

    @Test
    void moreLinesThanAreKeptAreNotTheWhole() {
        for (int i = 0; i < 5_001; i++) {
            scan.line("go.mod", true, i, "example.org/m" + i + " v1.0.0");
        }
        assertThat(scan.whole()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.", "1", ".", "1.1\"", "v1.2.3 ", "a1.", "\"1", "1.1-", "::"})
    void lineMadeToKeepThePatternBusyEnds(String piece) {
        scan.line("pom.xml", true, 1, piece.repeat(60_000));
        scan.line("pom.xml", false, 1, piece.repeat(50_000));
        assertThat(scan.result()).isNotNull();
    }

    @Test
    void everyManifestIsMatchedByAPatternForGit() {
        List<PathPattern> patterns = Ecosystem.pathspecs().stream()
                .map(pathspec -> new PathPattern(pathspec.replace(":(top,glob)", "")))
                .toList();
        for (String path : List.of(
                "pom.xml",
                "a/b/package.json",
                "x.csproj",
                "requirements-dev.txt",
                "a/Dockerfile",
                "b/Dockerfile.prod",
                "x.yml")) {
            assertThat(BumpScan.isManifest(path)).isTrue();
            assertThat(patterns).anyMatch(pattern -> pattern.matches(path));
        }
    }
}
