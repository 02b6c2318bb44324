package io.jenkins.plugins.changegate.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that are compared as a whole name what moved in them. */
class ManifestsTest {

    private static final long SEED = 20_261_123;

    /** A manifest of each kind, in the version before and, with what stands between the marks, after. */
    private static final Map<String, String> BEFORE = Map.ofEntries(
            Map.entry("pom.xml", """
                    <project>
                      <parent><groupId>org.boot</groupId><artifactId>starter</artifactId><version>3.1.0</version></parent>
                      <artifactId>shop</artifactId>
                      <version>1.0.0</version>
                      <properties>
                        <pg.version>42.6.0</pg.version>
                        <unused.version>1.0</unused.version>
                      </properties>
                      <dependencyManagement><dependencies>
                        <dependency>
                          <groupId>org.postgresql</groupId>
                          <artifactId>postgresql</artifactId>
                          <version>${pg.version}</version>
                        </dependency>
                      </dependencies></dependencyManagement>
                      <dependencies>
                        <dependency>
                          <groupId>com.a</groupId>
                          <artifactId>b</artifactId>
                        </dependency>
                      </dependencies>
                    </project>
                    """),
            Map.entry("build.gradle.kts", """
                    version = "1.0.0"
                    val jackson = "2.15.0"
                    plugins { id("org.x.y") version "1.0.0" }
                    implementation("com.a:b:$jackson")
                    implementation(platform("com.bom:all:3.0.0"))
                    """),
            Map.entry("gradle/libs.versions.toml", """
                    [versions]
                    pg = "42.6.0"
                    loose = "1.0"
                    [libraries]
                    postgres = { module = "org.postgresql:postgresql", version.ref = "pg" }
                    guava = "com.google.guava:guava:31.0-jre"
                    """),
            Map.entry("package.json", """
                    {
                      "name": "shop",
                      "version": "1.0.0",
                      "dependencies": {
                        "left-pad": "^1.2.3",
                        "@scope/x": "~2.0.0"
                      },
                      "devDependencies": { "jest": "29.0.0" }
                    }
                    """),
            Map.entry("requirements.txt", "Django==4.2.1  # web\nrequests[socks]>=2.31\n-r other.txt\n"),
            Map.entry("pyproject.toml", """
                    [project]
                    version = "1.0.0"
                    dependencies = [
                      "httpx>=0.25,<1",
                      "rich==13.0.0",
                    ]
                    [tool.poetry.dependencies]
                    numpy = "^1.26.0"
                    """),
            Map.entry(
                    "go.mod", "module a\n\ngo 1.21\n\nrequire (\n\tx.org/y v1.2.0\n\tz.org/w v1.0.0 // indirect\n)\n"),
            Map.entry("Cargo.toml", """
                    [package]
                    version = "0.1.0"
                    [dependencies]
                    serde = { version = "1.0.1", features = ["derive"] }
                    rand = "0.8.1"
                    [dev-dependencies.tokio]
                    version = "1.30.0"
                    """),
            Map.entry("Gemfile", "gem 'rails', '~> 7.0'\ngem \"pg\"\n"),
            Map.entry(
                    "Dockerfile",
                    "ARG NODE=18.1.0\nFROM node:${NODE} AS build\nFROM build AS next\nFROM alpine:3.18.1@sha256:00ff\n"),
            Map.entry(
                    "k8s/app.yaml",
                    "spec:\n  containers:\n    - name: web\n      image: reg.example:5000/shop/web:1.2.3\n    - image: \"redis\"\n"),
            Map.entry(
                    "chart/values.yaml",
                    "web:\n  image:\n    repository: shop/web\n    pullPolicy: Always\n    tag: 1.2.3\n"),
            Map.entry(
                    "chart/Chart.yaml",
                    "name: shop\nversion: 1.0.0\nappVersion: 2.0.0\ndependencies:\n  - name: redis\n    version: 17.0.0\n    repository: https://x\n"),
            Map.entry(".github/workflows/ci.yml", "steps:\n  - uses: actions/checkout@v3\n"),
            Map.entry(
                    "App.csproj",
                    "<Project><ItemGroup>\n<PackageReference Include=\"Json\" Version=\"13.0.1\" />\n</ItemGroup></Project>"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pom.xml | 42.6.0 | 43.0.0 | major org.postgresql:postgresql 42.6.0 → 43.0.0 (pom.xml:13)",
                "pom.xml | 3.1.0 | 3.2.0 | minor org.boot:starter 3.1.0 → 3.2.0 (pom.xml:2)",
                "pom.xml | <unused.version>1.0< | <unused.version>1.1< | minor unused.version 1.0 → 1.1 (pom.xml:7)",
                "pom.xml | <artifactId>b< | <artifactId>c< | new com.a:c (pom.xml:18); removed com.a:b (pom.xml:18)",
                "pom.xml | <version>1.0.0< | <version>2.0.0< | ",
                "build.gradle.kts | 2.15.0 | 2.15.1 | patch com.a:b 2.15.0 → 2.15.1 (build.gradle.kts:4)",
                "build.gradle.kts | all:3.0.0 | all:2.0.0 | downgrade com.bom:all 3.0.0 → 2.0.0 (build.gradle.kts:5)",
                "build.gradle.kts | y\") version \"1 | y\") version \"2 | major org.x.y 1.0.0 → 2.0.0 (build.gradle.kts:3)",
                "build.gradle.kts | version = \"1.0.0 | version = \"2.0.0 | ",
                "gradle/libs.versions.toml | 42.6.0 | 42.7.0 | minor org.postgresql:postgresql 42.6.0 → 42.7.0 (gradle/libs.versions.toml:5)",
                "gradle/libs.versions.toml | 31.0-jre | 32.0-jre | major com.google.guava:guava 31.0-jre → 32.0-jre (gradle/libs.versions.toml:6)",
                "gradle/libs.versions.toml | loose = \"1.0\" | loose = \"1.1\" | minor loose 1.0 → 1.1 (gradle/libs.versions.toml:3)",
                "package.json | ^1.2.3 | ^2.0.0 | major left-pad ^1.2.3 → ^2.0.0 (package.json:5)",
                "package.json | ~2.0.0 | ^2.1.0 | unknown @scope/x ~2.0.0 → ^2.1.0 (package.json:6)",
                "package.json | 29.0.0 | 29.0.1 | patch jest 29.0.0 → 29.0.1 (package.json:8)",
                "package.json | ~2.0.0 | git+https://token@x.org/y.git | unknown @scope/x ~2.0.0 → ? (package.json:6)",
                "package.json | \"version\": \"1 | \"version\": \"2 | ",
                "requirements.txt | ==4.2.1 | ==5.0.0 | major django ==4.2.1 → ==5.0.0 (requirements.txt:1)",
                "requirements.txt | -r other.txt | flask | new flask (requirements.txt:3)",
                "pyproject.toml | <1 | <2 | major httpx >=0.25,<1 → >=0.25,<2 (pyproject.toml:4)",
                "pyproject.toml | 13.0.0 | 13.0.1 | patch rich ==13.0.0 → ==13.0.1 (pyproject.toml:5)",
                "pyproject.toml | ^1.26.0 | ^1.27.0 | minor numpy ^1.26.0 → ^1.27.0 (pyproject.toml:8)",
                "go.mod | x.org/y v1.2.0 | x.org/y/v2 v2.0.0 | major x.org/y v1.2.0 → v2.0.0 (go.mod:6)",
                "go.mod | 1.21 | 1.22 | minor go 1.21 → 1.22 (go.mod:3)",
                "go.mod | z.org/w v1.0.0 // indirect | q.org/r v1.0.0 | new q.org/r v1.0.0 (go.mod:7); removed z.org/w v1.0.0 (go.mod:7)",
                "Cargo.toml | 1.0.1 | 1.1.0 | minor serde 1.0.1 → 1.1.0 (Cargo.toml:4)",
                "Cargo.toml | 0.8.1 | 0.9.0 | major rand 0.8.1 → 0.9.0 (Cargo.toml:5)",
                "Cargo.toml | 1.30.0 | 1.30.1 | patch tokio 1.30.0 → 1.30.1 (Cargo.toml:7)",
                "Gemfile | 7.0 | 7.1 | minor rails ~> 7.0 → ~> 7.1 (Gemfile:1)",
                "Gemfile | pg | mysql | new mysql (Gemfile:2); removed pg (Gemfile:2)",
                "Dockerfile | 18.1.0 | 18.2.0 | minor node 18.1.0 → 18.2.0 (Dockerfile:2)",
                "Dockerfile | 3.18.1 | 3.19.0 | minor alpine 3.18.1@sha256:00ff → 3.19.0@sha256:00ff (Dockerfile:4)",
                "Dockerfile | 00ff | 01ff | unknown alpine 3.18.1@sha256:00ff → 3.18.1@sha256:01ff (Dockerfile:4)",
                "k8s/app.yaml | web:1.2.3 | web:2.0.0 | major reg.example:5000/shop/web 1.2.3 → 2.0.0 (k8s/app.yaml:4)",
                "k8s/app.yaml | redis | redis:7 | unknown redis latest → 7 (k8s/app.yaml:5)",
                "k8s/app.yaml | name: web | name: other:9 | ",
                "chart/values.yaml | 1.2.3 | 1.2.4 | patch shop/web 1.2.3 → 1.2.4 (chart/values.yaml:5)",
                "chart/Chart.yaml | 17.0.0 | 18.0.0 | major redis 17.0.0 → 18.0.0 (chart/Chart.yaml:6)",
                "chart/Chart.yaml | appVersion: 2.0.0 | appVersion: 2.1.0 | minor appVersion 2.0.0 → 2.1.0 (chart/Chart.yaml:3)",
                ".github/workflows/ci.yml | v3 | v4 | major actions/checkout v3 → v4 (.github/workflows/ci.yml:2)",
                "App.csproj | 13.0.1 | 13.0.2 | patch Json 13.0.1 → 13.0.2 (App.csproj:2)",
            })
    void bumpIsNamed(String path, String from, String to, String expected) throws ManifestException {
        String before = BEFORE.get(path);
        assertThat(before).contains(from);
        assertThat(bumps(path, before, before.replace(from, to))).isEqualTo(expected == null ? "" : expected);
        assertThat(bumps(path, before, before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<project><a></project>",
                "<!DOCTYPE a [<!ENTITY x 'y'>]><project><version>&x;</version></project>",
                "<project>&file;</project>",
            })
    void xmlThatIsNoManifestIsNotUnderstood(String text) {
        assertThat(catchManifest("pom.xml", text)).isTrue();
    }

    @Test
    void manifestThatDeclaresTooMuchIsNotUnderstood() {
        assertThat(catchManifest("go.mod", "x v1.0.0\n".repeat(5_001))).isTrue();
        assertThat(catchManifest("package.json", "[".repeat(200_000))).isTrue();
        assertThat(catchManifest("pom.xml", "<a>".repeat(100_000))).isTrue();
    }

    @Test
    void dependencyThatOnlyMovesIsNoBump() throws ManifestException {
        assertThat(bumps("go.mod", "a v1.0.0\nb v1.0.0\na v2.0.0\n", "a v2.0.0\na v1.0.0\nb v1.0.0\n"))
                .isEmpty();
    }

    /** Whatever a manifest becomes, it is understood or not; and one that is equal has no bump. */
    @Test
    void mutatedManifestsAreUnderstoodOrNot() {
        Random random = new Random(SEED);
        List<String> paths = BEFORE.keySet().stream().sorted().toList();
        int understood = 0;
        for (int i = 0; i < 1_500; i++) {
            String path = paths.get(i % paths.size());
            String mutated = mutate(BEFORE.get(path), random);
            try {
                bumps(path, BEFORE.get(path), mutated);
                assertThat(bumps(path, mutated, mutated)).as(mutated).isEmpty();
                understood++;
            } catch (ManifestException e) {
                continue;
            }
        }
        assertThat(understood).isGreaterThan(700);
    }

    private static String mutate(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int n = random.nextInt(8); n >= 0; n--) {
            int at = random.nextInt(mutated.length());
            int end = Math.min(mutated.length(), at + random.nextInt(12));
            String piece = mutated.substring(at, end);
            switch (random.nextInt(4)) {
                case 0 -> mutated.delete(at, end).append(' ');
                case 1 -> mutated.insert(random.nextInt(mutated.length()), piece);
                case 2 -> mutated.setCharAt(at, "\"'<>{}[]=:$@#\\\0\n\u2028".charAt(random.nextInt(16)));
                default -> mutated.insert(at, piece.repeat(random.nextInt(50)));
            }
        }
        return mutated.toString();
    }

    private static boolean catchManifest(String path, String text) {
        try {
            Ecosystem.of(path).orElseThrow().read(text);
            return false;
        } catch (ManifestException e) {
            return true;
        }
    }

    private static String bumps(String path, String before, String after) throws ManifestException {
        Ecosystem ecosystem = Ecosystem.of(path).orElseThrow();
        List<String> words = new ArrayList<>();
        for (DependencyBump bump : ManifestDiff.of(ecosystem, path, path, ecosystem.read(before), ecosystem.read(after))
                .bumps()) {
            words.add(bump.kind().key() + " " + bump.words());
        }
        return String.join("; ", words);
    }
}
