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
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import org.junit.jupiter.api.Test;

/** The package table of the design: who may use whom. */
class ArchitectureTest {

    private static final String ENGINE = "io.jenkins.plugins.changegate.engine";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ENGINE);

    @Test
    void everyPackageIsLookedAt() {
        for (String name : new String[] {"delta", "risk", "policy", "approval", "record", "replay", "cli"}) {
            assertThat(CLASSES)
                    .as(name)
                    .anyMatch(javaClass -> javaClass.getPackageName().equals(ENGINE + "." + name));
        }
        assertThat(CLASSES).noneMatch(javaClass -> javaClass.getSimpleName().endsWith("Test"));
    }

    @Test
    void deltaUsesOnlyTheJdk() {
        only("delta", resideInAnyPackage("java..", of("delta"))).check(CLASSES);
    }

    @Test
    void riskUsesDelta() {
        only("risk", resideInAnyPackage("java..", "com.fasterxml.jackson.annotation..", of("delta"), of("risk")))
                .check(CLASSES);
    }

    @Test
    void policyUsesDeltaAndRisk() {
        only(
                        "policy",
                        resideInAnyPackage(
                                "java..",
                                "com.fasterxml.jackson.annotation..",
                                "tools.jackson..",
                                "dev.cel..",
                                "dev.harrel.jsonschema..",
                                "com.google.re2j..",
                                of("delta"),
                                of("risk"),
                                of("schedule"),
                                of("policy")))
                .check(CLASSES);
    }

    @Test
    void approvalUsesPolicyAndThePeopleOfADelta() {
        only(
                        "approval",
                        resideInAnyPackage("java..", of("policy"), of("approval"))
                                .or(type(Person.class)))
                .check(CLASSES);
    }

    @Test
    void recordUsesTheValuesAndTheDatabase() {
        only(
                        "record",
                        resideInAnyPackage(
                                "java..",
                                "javax.sql..",
                                "com.fasterxml.jackson.annotation..",
                                "tools.jackson..",
                                of("delta"),
                                of("risk"),
                                of("policy"),
                                of("approval"),
                                of("record")))
                .check(CLASSES);
    }

    @Test
    void replayUsesTheValuesAndKnowsNoGit() {
        only(
                        "replay",
                        resideInAnyPackage(
                                        "java..",
                                        "com.fasterxml.jackson.annotation..",
                                        of("risk"),
                                        of("policy"),
                                        of("replay"))
                                .or(belongToAnyOf(
                                        Delta.class, Reading.class, Gap.class, Decision.class, Outcome.class)))
                .check(CLASSES);
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

    private static ArchRule only(String name, DescribedPredicate<? super JavaClass> allowed) {
        return classes().that().resideInAPackage(of(name)).should().onlyDependOnClassesThat(allowed);
    }

    private static String of(String name) {
        return ENGINE + "." + name + "..";
    }
}
