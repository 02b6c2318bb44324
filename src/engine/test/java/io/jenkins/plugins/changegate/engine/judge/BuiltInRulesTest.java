package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.ChangeFacts;
import io.jenkins.plugins.changegate.engine.condition.Condition;
import io.jenkins.plugins.changegate.engine.content.Bump;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.DependencyBump;
import io.jenkins.plugins.changegate.engine.content.MigrationRisk;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Rule;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every built-in rule applies to what it is about, and to nothing else. */
class BuiltInRulesTest {

    private static final Policy BUILT_IN = new PolicyReader().builtIn();

    @ParameterizedTest
    @CsvSource({
        "schema-migration, db/migration/V1__init.sql, src/db/Migration.java",
        "schema-migration, app/db/migrate/001_users.rb, migration.txt",
        "schema-migration, shop/migrations/0001_initial.py, docs/migrations.txt",
        "schema-migration, src/main/resources/liquibase/x.xml, changes.xml",
        "schema-migration, db/changelog-1.2.xml, CHANGELOG.md",
        "schema-migration, alembic/versions/1.py, alembic.py",
        "schema-migration, any/where/query.sql, query.sql.txt",
        "infrastructure-code, main.tf, main.tfx",
        "infrastructure-code, env/prod.tfvars, tfvars/readme.txt",
        "infrastructure-code, ops/k8s/app.yaml, ops/k8s.yaml",
        "infrastructure-code, helm/values.yaml, src/helmet.js",
        "infrastructure-code, charts/app/Chart.yaml, src/Charts.java",
        "infrastructure-code, ansible/site.yml, site.yml",
        "infrastructure-code, infra/main.bicep, bicep.md",
        "infrastructure-code, dev/Vagrantfile, Vagrantfile.md",
        "deployment-configuration, Jenkinsfile, docs/jenkins.md",
        "deployment-configuration, ci/Jenkinsfile.release, src/jenkinsfile.txt",
        "deployment-configuration, .github/workflows/ci.yml, .github/CODEOWNERS",
        "deployment-configuration, .gitlab-ci.yml, gitlab-ci.md",
        "deployment-configuration, Dockerfile, docker.md",
        "deployment-configuration, app/Dockerfile.prod, src/DockerFileReader.java",
        "deployment-configuration, docker-compose.yml, compose.txt",
        "deployment-configuration, deploy/run.sh, src/Deploy.java",
        "deployment-configuration, src/main/resources/application-prod.yml, src/Application.java",
        "deployment-configuration, config/routes.rb, src/Config.java",
        "deployment-configuration, prod.env, environment.md",
        "deployment-configuration, etc/nginx/site, nginx.md",
        "gate-policy, .changegate.yml, sub/.changegate.yml",
        "authentication-and-cryptography, src/auth/Token.java, src/author/Book.java",
        "authentication-and-cryptography, src/LoginAuthFilter.java, src/Login.java",
        "authentication-and-cryptography, src/security/Rules.java, src/secure.txt",
        "authentication-and-cryptography, src/PasswordHash.java, src/passwd.txt",
        "authentication-and-cryptography, src/Encryption.java, src/Sypher.java",
        "authentication-and-cryptography, src/BCrypt.java, src/scrip.txt",
        "authentication-and-cryptography, certs/server.pem, certs/README.txt",
        "authentication-and-cryptography, keys/store.jks, keys.md",
        "hidden-lines, .gitattributes, gitattributes.txt",
        "hidden-lines, sub/.gitattributes, .gitignore",
    })
    void ruleAppliesToAFileAndNotToAnother(String rule, String example, String counterExample) {
        assertThat(rules(modified(example))).contains(rule);
        assertThat(rules(modified("src/App.java"), modified(example))).contains(rule);
        assertThat(rules(renamed(example, "elsewhere.txt"))).contains(rule);
        assertThat(rules(renamed("elsewhere.txt", example))).contains(rule);
        assertThat(rules(modified(counterExample))).doesNotContain(rule);
    }

    @Test
    void ordinaryChangeMeetsNoRule() {
        assertThat(rules(modified("src/main/java/App.java"), modified("README.md")))
                .isEmpty();
        assertThat(rules()).isEmpty();
    }

    @Test
    void deletionsOnlyNeedsDeletionsAndNothingElse() {
        assertThat(rules(lines("a.java", 0, 3))).containsExactly("deletions-only");
        assertThat(rules(lines("a.java", 1, 3))).isEmpty();
        assertThat(rules(lines("a.java", 0, 3), lines("b.java", 1, 0))).isEmpty();
    }

    @Test
    void veryLargeCountsLinesAndFiles() {
        assertThat(rules(lines("a.java", 600, 401))).containsExactly("very-large");
        assertThat(rules(lines("a.java", 600, 400))).isEmpty();
        FileChange[] files = new FileChange[51];
        Arrays.setAll(files, i -> lines("f" + i + ".java", 1, 0));
        assertThat(rules(files)).containsExactly("very-large");
        assertThat(rules(Arrays.copyOf(files, 50))).isEmpty();
    }

    @Test
    void submoduleIsNoticedUnderAnyName() {
        assertThat(rules(new FileChange(
                        "docs/lib.md", null, FileChange.Status.MODIFIED, 1, 1, false, true, false, false)))
                .containsExactly("submodule");
    }

    @Test
    void hiddenLinesAreThoseOfFilesThatHaveSome() {
        assertThat(rules(binary("src/App.java"))).containsExactly("hidden-lines");
        assertThat(rules(binary("image.png"))).isEmpty();
        assertThat(rules(new FileChange(
                        "image.png", "src/App.java", FileChange.Status.RENAMED, 0, 0, true, false, false, false)))
                .containsExactly("hidden-lines");
    }

    @ParameterizedTest
    @EnumSource(Bump.class)
    void bumpsHaveARuleEach(Bump bump) {
        ContentFacts content = new ContentFacts(
                Map.of(),
                Map.of(),
                Map.of(bump, List.of(new DependencyBump("maven", "a:b", "1", "2", bump, "pom.xml:7"))),
                Map.of(),
                false,
                true);
        List<String> names = rules(content, modified("pom.xml"));
        assertThat(names)
                .isEqualTo(
                        switch (bump) {
                            case MAJOR -> List.of("dependency-major");
                            case MINOR -> List.of("dependency-minor");
                            case NEW -> List.of("dependency-new");
                            case REMOVED, DOWNGRADE, UNKNOWN -> List.of("dependency-other");
                            case PATCH -> List.of();
                        });
    }

    @ParameterizedTest
    @EnumSource(MigrationRisk.class)
    void migrationsThatDestroyAndThoseThatHinderHaveARule(MigrationRisk risk) {
        ContentFacts content =
                new ContentFacts(Map.of(), Map.of(), Map.of(), Map.of(risk, List.of("db/V1.sql:3")), false, true);
        String rule = risk.kind() == MigrationRisk.Kind.DESTROYS ? "migration-destroys" : "migration-hinders";
        assertThat(rules(content, modified("db/V1.sql"))).containsExactly("schema-migration", rule);
    }

    private static FileChange modified(String path) {
        return lines(path, 3, 2);
    }

    private static FileChange lines(String path, int added, int deleted) {
        return new FileChange(path, null, FileChange.Status.MODIFIED, added, deleted, false, false, false, false);
    }

    private static FileChange binary(String path) {
        return new FileChange(path, null, FileChange.Status.MODIFIED, 0, 0, true, false, false, false);
    }

    private static FileChange renamed(String from, String to) {
        return new FileChange(to, from, FileChange.Status.RENAMED, 3, 2, false, false, false, false);
    }

    private static List<String> rules(FileChange... files) {
        return rules(ContentFacts.NONE, files);
    }

    /** Returns the rules that apply, without those that prove a change safe. */
    private static List<String> rules(ContentFacts content, FileChange... files) {
        int added = Arrays.stream(files).mapToInt(FileChange::added).sum();
        int deleted = Arrays.stream(files).mapToInt(FileChange::deleted).sum();
        Totals totals = new Totals(files.length, 0, 0, added, deleted);
        Delta delta = new Delta("b", "h", List.of(files), totals, List.of(), List.of());
        ChangeFacts facts = new ChangeFacts(delta, new Target("s", "e", Tier.PRODUCTION), content);
        List<String> names = new ArrayList<>();
        for (Rule rule : BUILT_IN.rules()) {
            try {
                if (!rule.safe() && rule.condition().holds(facts, Map.of())) {
                    names.add(rule.name());
                }
            } catch (Condition.UnknownFactException e) {
                throw new AssertionError(rule.name(), e);
            }
        }
        return names;
    }
}
