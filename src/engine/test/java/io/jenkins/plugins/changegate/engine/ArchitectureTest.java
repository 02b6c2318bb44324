package io.jenkins.plugins.changegate.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The package table of the design: who may use whom. */
class ArchitectureTest {

    private static final String ENGINE = "io.jenkins.plugins.changegate.engine";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ENGINE);

    private static final String JACKSON = "tools.jackson..";
    private static final String ANNOTATIONS = "com.fasterxml.jackson.annotation..";
    private static final String PATTERNS = "com.google.re2j..";

    /** Which libraries a package may use, besides the JDK; those that may use any are not named. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("terraform", Set.of("tools.jackson.core..")),
            Map.entry("risk", Set.of(ANNOTATIONS)),
            Map.entry("schedule", Set.of("biweekly..", "com.github.mangstadt.vinnie..", "org.dmfs..")),
            Map.entry("content", Set.of(PATTERNS, "javax.xml.stream..")),
            Map.entry("text", Set.of(JACKSON)),
            Map.entry("condition", Set.of(ANNOTATIONS, "dev.cel..", PATTERNS)),
            Map.entry("policy", Set.of(ANNOTATIONS, PATTERNS)),
            Map.entry("syntax", Set.of(ANNOTATIONS, JACKSON, "dev.harrel.jsonschema..")),
            Map.entry("judge", Set.of(ANNOTATIONS)),
            Map.entry("record", Set.of(ANNOTATIONS, JACKSON, "javax.sql..", "org.flywaydb.core..")),
            Map.entry("evaluate", Set.of("org.apache.commons.csv..")),
            Map.entry("replay", Set.of(ANNOTATIONS)));

    /** Which packages of ours a package may use, besides itself; the command line may use all. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("delta", Set.of()),
            Map.entry("terraform", Set.of("delta")),
            Map.entry("risk", Set.of("delta")),
            Map.entry("learn", Set.of("risk")),
            Map.entry("evaluate", Set.of("risk", "learn")),
            Map.entry("schedule", Set.of()),
            Map.entry("path", Set.of("delta")),
            Map.entry("content", Set.of("delta")),
            Map.entry("text", Set.of()),
            Map.entry("condition", Set.of("delta", "risk", "path", "content", "text")),
            Map.entry("policy", Set.of("risk", "schedule", "content", "condition")),
            Map.entry("syntax", Set.of("risk", "schedule", "text", "condition", "policy")),
            Map.entry("judge", Set.of("delta", "risk", "schedule", "content", "condition", "policy")),
            Map.entry("assess", Set.of("delta", "risk", "content", "text", "condition", "policy", "syntax", "judge")),
            Map.entry("approval", Set.of("policy")),
            Map.entry("record", Set.of("delta", "risk", "condition", "policy", "judge", "approval")),
            Map.entry("measure", Set.of("risk", "condition", "record")),
            Map.entry("replay", Set.of("risk", "content", "condition", "policy", "judge")));

    static final List<String> packages = ROOMS.keySet().stream().sorted().toList();

    @ParameterizedTest
    @FieldSource("packages")
    void packageUsesOnlyWhatItMay(String name) {
        assertThat(CLASSES).anyMatch(type -> type.getPackageName().equals(ENGINE + "." + name));
        List<String> allowed = new ArrayList<>(List.of("java..", of(name)));
        allowed.addAll(LIBRARIES.getOrDefault(name, Set.of()));
        ROOMS.get(name).forEach(room -> allowed.add(of(room)));
        DescribedPredicate<JavaClass> may = resideInAnyPackage(allowed.toArray(String[]::new));
        classes()
                .that()
                .resideInAPackage(of(name))
                .should()
                .onlyDependOnClassesThat(may.or(singly(name)))
                .check(CLASSES);
    }

    /** What a package may use of another one of which it may not use everything. */
    private static DescribedPredicate<JavaClass> singly(String name) {
        return switch (name) {
            case "approval" -> type(Person.class);
            // What policy said.
            case "measure" -> belongToAnyOf(Verdict.class, Verdict.Kind.class);
            // Knows no git, and no store.
            case "replay" -> belongToAnyOf(Delta.class, Reading.class, Gap.class, Decision.class, Outcome.class);
            default -> DescribedPredicate.alwaysFalse();
        };
    }

    @Test
    void everyPackageIsInTheTable() {
        for (JavaClass type : CLASSES) {
            String room = type.getPackageName().substring(ENGINE.length() + 1);
            assertThat(room.equals("cli") || ROOMS.containsKey(room))
                    .as(type.getName())
                    .isTrue();
            assertThat(type.getSimpleName()).doesNotEndWith("Test");
        }
    }

    @Test
    void nothingUsesTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(of("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(of("cli"))
                .check(CLASSES);
    }

    @Test
    void nothingUsesJenkins() {
        DescribedPredicate<JavaClass> jenkins = resideInAnyPackage(
                        "hudson..",
                        "jenkins..",
                        "io.jenkins..",
                        "org.jenkinsci..",
                        "org.kohsuke..",
                        "jakarta.servlet..")
                .and(DescribedPredicate.not(resideInAPackage(ENGINE + "..")));
        noClasses().should().dependOnClassesThat(jenkins).check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void fieldsOfValuesAreFinal() {
        classes()
                .that()
                .areRecords()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .haveOnlyFinalFields()
                .check(CLASSES);
    }

    private static String of(String name) {
        return ENGINE + "." + name + "..";
    }
}
