package io.jenkins.plugins.changegate.engine.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.policy.EnvironmentPolicy;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a policy says of stages, of who must be among the approvers, of waiting and of identities, once it is read. */
class PolicyReaderTermsTest {

    private static final String GROUPS = "groups: {leads: ['user:tess', staff], duty: ['user:zoe']}\n";

    private final PolicyReader reader = new PolicyReader();

    @Test
    void everyTermIsRead() throws PolicyException {
        Terms terms = terms("expire-after: 3 days, remind-after: 90 minutes, unknown-authors: block,"
                + " escalate: {after: 8 hours, to: [duty, 'user:bob']}");
        assertThat(terms.expiry()).contains(Duration.ofDays(3));
        assertThat(terms.reminder()).contains(Duration.ofMinutes(90));
        assertThat(terms.unknownAuthorsBlock()).isTrue();
        assertThat(terms.escalation())
                .contains(new Terms.Escalation(
                        Duration.ofHours(8), "duty, bob", Set.of(user("zoe").in("duty"), user("bob"))));
    }

    @Test
    void guaranteeAndAuditAreRead() throws PolicyException {
        EnvironmentPolicy both = reader.read(
                        Layer.REPOSITORY,
                        "s",
                        "environments: {p: {guarantee: {miss-rate: 5, confidence: 95}, audit: 3},"
                                + " q: {guarantee: {miss-rate: 10}}}")
                .environment("p");
        assertThat(both.promise()).contains(new Promise(5, 95));
        assertThat(both.promise().orElseThrow().alpha()).isEqualTo(0.05);
        assertThat(both.promise().orElseThrow().delta()).isEqualTo(0.05);
        assertThat(both.audit()).isEqualTo(3);
        EnvironmentPolicy usual = reader.read(Layer.REPOSITORY, "s", "environments: {p: {guarantee: {miss-rate: 10}}}")
                .environment("p");
        assertThat(usual.promise()).contains(new Promise(10, 90));
        assertThat(usual.audit()).isZero();
        assertThat(EnvironmentPolicy.NONE.promise()).isEmpty();
    }

    @Test
    void environmentWithoutTermsHasNone() throws PolicyException {
        assertThat(terms("tier: staging")).isEqualTo(Terms.NONE);
        assertThat(terms("unknown-authors: show").unknownAuthorsBlock()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1 minute, PT1M, 1 minute",
        "30 minutes, PT30M, 30 minutes",
        "60 minutes, PT1H, 1 hour",
        "90 minutes, PT90M, 90 minutes",
        "1 hours, PT1H, 1 hour",
        "25 hours, PT25H, 25 hours",
        "48  hours, PT48H, 2 days",
        "' 1 day ', P1D, 1 day",
        "365 days, P365D, 365 days"
    })
    void timeIsReadAndSaidAgain(String written, Duration time, String said) throws PolicyException {
        assertThat(terms("expire-after: '" + written + "'").expiry()).contains(time);
        assertThat(Durations.words(time)).isEqualTo(said);
    }

    @Test
    void shortestTimeToRemindAfterIsFiveMinutes() throws PolicyException {
        assertThat(terms("remind-after: 5 minutes").reminder()).contains(Duration.ofMinutes(5));
    }

    @Test
    void stageIsTheFirstUnlessWritten() throws PolicyException {
        assertThat(low("{from: a}", "{from: b, stage: 2}", "{from: c, stage: 9}"))
                .extracting(Requirement::stage)
                .containsExactly(1, 2, 9);
    }

    @Test
    void whoMustBeAmongThemIsARequirementOfItsOwnAndTheOthersMakeUpTheNumber() throws PolicyException {
        assertThat(words("{from: leads, at-least: 2, including: duty}")).containsExactly("1 of duty", "1 of leads");
        assertThat(words("{from: leads, at-least: 5, including: [duty, 'user:bob']}"))
                .containsExactly("1 of duty", "1 of bob", "3 of leads");
        assertThat(words("{from: leads, at-least: 2, including: [duty, 'group:cm']}"))
                .containsExactly("1 of duty", "1 of cm");
        assertThat(words("{from: leads, including: duty}")).containsExactly("1 of duty");
        assertThat(words("{at-least: 2, including: duty}"))
                .containsExactly("1 of duty", "1 of holders of Change/Approve");
        assertThat(low("{from: leads, at-least: 2, including: duty, stage: 3}")).allMatch(r -> r.stage() == 3);
    }

    @Test
    void whoIsIncludedTwiceIsAskedForTwice() throws PolicyException {
        assertThat(words("{from: leads, at-least: 3, including: [duty, duty]}"))
                .containsExactly("2 of duty", "1 of leads");
        assertThat(words("{from: leads, at-least: 3, including: leads}")).containsExactly("3 of leads");
    }

    private static List<Layer> layers() {
        return List.of(Layer.BUILT_IN, Layer.ORGANISATION, Layer.ofFolder("A"), Layer.REPOSITORY);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void memberOfAGroupThatMayChangeCarriesItsName(Layer layer) throws PolicyException {
        Policy policy = reader.read(layer, "s", GROUPS + """
                environments:
                  p:
                    escalate: {after: 1 hour, to: [duty, outsiders]}
                    approvals: {low: [{from: [leads, 'user:tess'], at-least: 2, including: duty}]}
                """);
        String leads = layer.mayLoosen() ? "leads" : "";
        String duty = layer.mayLoosen() ? "duty" : "";
        EnvironmentPolicy environment = policy.environment("p");
        List<Requirement> low = environment.approvals(RiskLevel.LOW);
        assertThat(low.get(0).from()).containsExactly(user("zoe").in(duty));
        // Whoever is named besides is meant in any case: in a repository that is the same somebody.
        assertThat(low.get(1).from())
                .isEqualTo(new HashSet<>(
                        List.of(user("tess").in(leads), group("staff").in(leads), user("tess"))));
        assertThat(environment.terms().escalation().orElseThrow().to())
                .containsExactlyInAnyOrder(user("zoe").in(duty), group("outsiders"));
        assertThat(policy.groups())
                .isEqualTo(Map.of("leads", Set.of(user("tess"), group("staff")), "duty", Set.of(user("zoe"))));
    }

    @Test
    void identitiesAreRead() throws PolicyException {
        Policy policy =
                reader.read(Layer.REPOSITORY, "s", "identities: {dana: [dana@old.example, ' Dana D. '], 7: [x]}");
        assertThat(policy.identities())
                .isEqualTo(Map.of("dana", Set.of("dana@old.example", "Dana D."), "7", Set.of("x")));
        assertThat(reader.read(Layer.REPOSITORY, "s", "identities: ").identities())
                .isEmpty();
        assertThat(reader.read(Layer.REPOSITORY, "s", "identities: {a: [x], ' a': [y]}")
                        .identities())
                .isEqualTo(Map.of("a", Set.of("x", "y")));
    }

    private Terms terms(String environment) throws PolicyException {
        Policy policy = reader.read(Layer.ORGANISATION, "s", GROUPS + "environments: {p: {" + environment + "}}");
        return policy.environment("p").terms();
    }

    private List<String> words(String requirement) throws PolicyException {
        return low(requirement).stream().map(Requirement::words).toList();
    }

    private List<Requirement> low(String... requirements) throws PolicyException {
        String list = String.join(", ", requirements);
        return reader.read(Layer.ORGANISATION, "s", GROUPS + "environments: {p: {approvals: {low: [" + list + "]}}}")
                .environment("p")
                .approvals(RiskLevel.LOW);
    }

    private static Principal user(String id) {
        return new Principal(Principal.Kind.USER, id);
    }

    private static Principal group(String name) {
        return new Principal(Principal.Kind.GROUP, name);
    }
}
