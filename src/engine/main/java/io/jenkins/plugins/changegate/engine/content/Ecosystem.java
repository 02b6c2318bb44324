package io.jenkins.plugins.changegate.engine.content;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whose dependencies a manifest lists, and how it is read. */
enum Ecosystem {
    MAVEN(Set.of("pom.xml"), XmlManifest::read, List.of()),
    NUGET(Set.of("packages.config", "Directory.Packages.props"), XmlManifest::read, List.of("*.csproj")),
    GRADLE(Set.of("build.gradle", "build.gradle.kts"), LineManifest::gradle, List.of()),
    CATALOG(Set.of("libs.versions.toml"), text -> TomlManifest.read(text, true), List.of()),
    NPM(Set.of("package.json"), JsonManifest::read, List.of()),
    COMPOSER(Set.of("composer.json"), JsonManifest::read, List.of()),
    PIP(Set.of(), LineManifest::requirements, List.of("requirements*.txt")),
    PYTHON(Set.of("pyproject.toml", "Pipfile"), text -> TomlManifest.read(text, false), List.of()),
    CARGO(Set.of("Cargo.toml"), text -> TomlManifest.read(text, false), List.of()),
    GO(Set.of("go.mod"), LineManifest::go, List.of()),
    GEM(Set.of("Gemfile"), LineManifest::gems, List.of()),
    IMAGE(
            Set.of("Dockerfile", "Containerfile"),
            ImageManifest::dockerfile,
            List.of("Dockerfile.*", "*.Dockerfile", "*.dockerfile", "Containerfile.*")),
    HELM(Set.of("Chart.yaml"), text -> ImageManifest.yaml(text, true, false), List.of()),
    ACTION(Set.of(), text -> ImageManifest.yaml(text, false, true), List.of()),
    YAML(Set.of(), text -> ImageManifest.yaml(text, false, false), List.of("*.yml", "*.yaml"));

    /** Reads a manifest. */
    @FunctionalInterface
    interface Reader {
        /**
         * @throws ManifestException if it is not of the form of such a manifest
         */
        List<Declared> read(String text) throws ManifestException;
    }

    /** So much may one manifest declare. */
    private static final int MOST = 5_000;

    private final Set<String> names;
    private final Reader reader;

    /** Names with one {@code *}. */
    private final List<String> patterns;

    Ecosystem(Set<String> names, Reader reader, List<String> patterns) {
        this.names = names;
        this.reader = reader;
        this.patterns = patterns;
    }

    /** Returns how it is called. */
    String key() {
        return switch (this) {
            case CATALOG -> "gradle";
            case PYTHON -> "pip";
            case YAML -> "image";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** Returns whose manifest a file is, by its path; empty if it is none. */
    static Optional<Ecosystem> of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Optional<Ecosystem> found =
                Stream.of(values()).filter(each -> each.hasName(name)).findFirst();
        boolean workflow = path.startsWith(".github/") || name.equals("action.yml") || name.equals("action.yaml");
        return found.map(each -> each == YAML && workflow ? ACTION : each);
    }

    private boolean hasName(String name) {
        return names.contains(name) || patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        return name.length() >= pattern.length() - 1
                && name.startsWith(pattern.substring(0, star))
                && name.endsWith(pattern.substring(star + 1));
    }

    /** Whether such a file is about dependencies from beginning to end, and not only where it names an image. */
    boolean isWholly() {
        return this != YAML && this != ACTION;
    }

    /**
     * @throws ManifestException if it is not of the form of such a manifest, or declares too much to be compared
     */
    List<Declared> read(String text) throws ManifestException {
        List<Declared> declared = reader.read(text);
        if (declared.size() > MOST) {
            throw new ManifestException(null);
        }
        return declared;
    }

    /** Returns, as pathspecs of git, at least the files that {@link #of} knows. */
    static List<String> pathspecs() {
        return Stream.of(values())
                .flatMap(each -> Stream.concat(each.names.stream().sorted(), each.patterns.stream()))
                .map(name -> ":(top,glob)**/" + name)
                .toList();
    }
}
