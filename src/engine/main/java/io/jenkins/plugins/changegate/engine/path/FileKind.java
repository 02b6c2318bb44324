package io.jenkins.plugins.changegate.engine.path;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a file is for, as far as its path tells. A file can be of several kinds; code is what is of no other. */
public enum FileKind {
    DOCS("**/*.md", "**/*.adoc", "**/*.rst", "docs/**", "**/LICENSE*", "**/CHANGELOG*", "**/CODEOWNERS"),
    TEST(
            "**/src/test/**",
            "**/test/**",
            "**/tests/**",
            "**/__tests__/**",
            "**/spec/**",
            "**/*Test.*",
            "**/*Tests.*",
            "**/*_test.*",
            "**/test_*.py",
            "**/*.test.*",
            "**/*.spec.*"),
    MIGRATION(
            "**/db/migration/**",
            "**/db/migrate/**",
            "**/migrations/**",
            "**/liquibase/**",
            "**/flyway/**",
            "**/alembic/**",
            "**/*.sql"),
    DEPENDENCIES(
            "**/pom.xml",
            "**/build.gradle",
            "**/build.gradle.kts",
            "**/libs.versions.toml",
            "**/package.json",
            "**/go.mod",
            "**/requirements*.txt",
            "**/pyproject.toml",
            "**/Pipfile",
            "**/Gemfile",
            "**/Cargo.toml",
            "**/composer.json",
            "**/packages.config",
            "**/Directory.Packages.props",
            "**/*.csproj"),
    LOCK(
            "**/package-lock.json",
            "**/yarn.lock",
            "**/pnpm-lock.yaml",
            "**/poetry.lock",
            "**/Pipfile.lock",
            "**/Gemfile.lock",
            "**/Cargo.lock",
            "**/go.sum",
            "**/gradle.lockfile",
            "**/composer.lock"),
    INFRASTRUCTURE(
            "**/*.tf",
            "**/*.tfvars",
            "**/k8s/**",
            "**/kubernetes/**",
            "**/helm/**",
            "**/charts/**",
            "**/Chart.yaml",
            "**/ansible/**",
            "**/cloudformation/**",
            "**/*.bicep",
            "**/Pulumi*.yaml"),
    CI("**/Jenkinsfile*", ".github/workflows/**", ".gitlab-ci.yml", "azure-pipelines.yml", ".circleci/**"),
    CONFIGURATION(
            "**/Dockerfile*",
            "**/docker-compose*.yml",
            "**/application*.yml",
            "**/application*.properties",
            "**/*.env",
            "**/*.conf",
            "**/config/**",
            "**/deploy/**",
            "**/nginx/**"),
    AUTHENTICATION("**/auth/**", "**/security/**", "**/crypto/**", "**/iam/**", "**/oauth/**", "**/*.pem", "**/*.jks"),
    POLICY(".changegate.yml"),
    TERRAFORM(true, "**/*.tf", "**/*.tfvars", "**/*.tf.json", "**/terraform/**"),
    KUBERNETES(true, "**/k8s/**", "**/kubernetes/**", "**/kustomization.yaml", "**/kustomization.yml"),
    HELM(true, "**/helm/**", "**/charts/**", "**/Chart.yaml"),
    ANSIBLE(true, "**/ansible/**", "**/playbooks/**", "**/roles/*/tasks/**", "**/roles/*/handlers/**"),
    CONTAINER(
            true,
            "**/Dockerfile*",
            "**/*.Dockerfile",
            "**/*.dockerfile",
            "**/Containerfile*",
            "**/docker-compose*.yml",
            "**/docker-compose*.yaml",
            "**/compose.yml",
            "**/compose.yaml"),
    API(
            true,
            "**/*.proto",
            "**/*.graphql",
            "**/*.graphqls",
            "**/*.avsc",
            "**/*.thrift",
            "**/*.wsdl",
            "**/*.xsd",
            "**/openapi*.y*ml",
            "**/openapi*.json",
            "**/swagger*.y*ml",
            "**/swagger*.json",
            "**/asyncapi*.y*ml",
            "**/api/**"),
    GENERATED(
            true,
            "**/generated/**",
            "**/__generated__/**",
            "**/*.pb.go",
            "**/*_pb2.py",
            "**/*_pb2_grpc.py",
            "**/*.g.dart",
            "**/*.generated.*",
            "**/*.min.js",
            "**/*.min.css",
            "**/*.js.map",
            "**/*.css.map",
            "**/*.snap"),
    VENDORED(
            true,
            "**/vendor/**",
            "**/node_modules/**",
            "**/third_party/**",
            "**/third-party/**",
            "**/bower_components/**",
            "**/Godeps/**"),
    CODE();

    private final boolean besides;
    private final List<PathPattern> patterns;

    FileKind(String... globs) {
        this(false, globs);
    }

    /**
     * @param besides whether it says something more of a file, which is code all the same if it is of no other kind
     */
    FileKind(boolean besides, String... globs) {
        this.besides = besides;
        this.patterns = Stream.of(globs).map(PathPattern::new).toList();
    }

    /** Returns how it is written. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kinds of all files of a change, before and after it. */
    public static Set<FileKind> of(Delta delta) {
        Set<FileKind> kinds = EnumSet.noneOf(FileKind.class);
        for (FileChange file : delta.files()) {
            kinds.addAll(of(file.path()));
            if (file.oldPath() != null) {
                kinds.addAll(of(file.oldPath()));
            }
        }
        return kinds;
    }

    /**
     * Whether nobody here writes the file, by its path: it is generated, vendored or a lock file. Anybody can give a file
     * such a path.
     */
    public static boolean isWrittenElsewhere(String path) {
        Set<FileKind> kinds = of(path);
        return kinds.contains(GENERATED) || kinds.contains(VENDORED) || kinds.contains(LOCK);
    }

    /** Returns how many of the lines added and deleted are in files that nobody here writes, before and after it. */
    public static long linesWrittenElsewhere(Delta delta) {
        return delta.files().stream()
                .filter(file -> isWrittenElsewhere(file.path())
                        && (file.oldPath() == null || isWrittenElsewhere(file.oldPath())))
                .mapToLong(file -> (long) file.added() + file.deleted())
                .sum();
    }

    private static Set<FileKind> of(String path) {
        byte[] bytes = PathPattern.bytes(path);
        Set<FileKind> kinds = EnumSet.noneOf(FileKind.class);
        for (FileKind kind : values()) {
            if (kind.patterns.stream().anyMatch(pattern -> pattern.matches(bytes, false))) {
                kinds.add(kind);
            }
        }
        if (kinds.stream().allMatch(kind -> kind.besides)) {
            kinds.add(CODE);
        }
        return kinds;
    }
}
