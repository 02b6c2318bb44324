package io.jenkins.plugins.changegate.engine.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.EnvironmentPolicy;
import io.jenkins.plugins.changegate.engine.policy.Hashes;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Rule;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy says, once it is read. */
class PolicyReaderTest {

    private static final String WHOLE = """
            service: payments-api
            product: Checkout
            groups:
              leads: [team-leads, 'user:ada']
            rules:
              - name: schema-migration
                when: change.touches('db/migration/**') && environment.tier == 'production'
                risk: 30
                because: A schema migration is not undone.
              - name: secrets
                when: >-
                  change.adds('(?i)aws_secret')
                refuse: true
                because: |
                  A secret is about to be deployed.
              - {name: docs, when: "change.only('docs/**')", safe: true, level: high, because: 'Nothing runs.'}
            environments:
              production:
                tier: production
                pass-up-to: low
                approvals:
                  moderate: [{ from: leads }]
                  high: [{ from: service-owners }, { from: [change-managers, 'user:bob'], at-least: 2 }]
              eu: { tier: production, pass-up-to: none }
            """;

    private final PolicyReader reader = new PolicyReader();

    @Test
    void everythingIsRead() throws PolicyException {
        Policy policy = reader.read(Layer.ORGANISATION, "source", WHOLE);
        assertThat(policy.layer()).isEqualTo(Layer.ORGANISATION);
        assertThat(policy.source()).isEqualTo("source");
        assertThat(policy.service()).contains("payments-api");
        assertThat(policy.version()).isEqualTo(Hashes.sha256(WHOLE));
        assertThat(policy.rules())
                .extracting(Rule::name, Rule::risk, Rule::floor, Rule::refuse, Rule::safe, Rule::because)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "schema-migration",
                                30,
                                RiskLevel.LOW,
                                false,
                                false,
                                "A schema migration is not undone."),
                        org.assertj.core.groups.Tuple.tuple(
                                "secrets", 0, RiskLevel.LOW, true, false, "A secret is about to be deployed."),
                        org.assertj.core.groups.Tuple.tuple("docs", 0, RiskLevel.HIGH, false, true, "Nothing runs."));
        assertThat(policy.questions().added()).containsExactly("(?i)aws_secret");
        EnvironmentPolicy production = policy.environment("production");
        assertThat(production.tier()).contains(Tier.PRODUCTION);
        assertThat(production.passUpTo()).contains(Ceiling.LOW);
        assertThat(policy.environment("eu").passUpTo()).contains(Ceiling.NONE);
        assertThat(policy.environment("elsewhere")).isEqualTo(EnvironmentPolicy.NONE);
        assertThat(production.approvals(RiskLevel.LOW)).isEmpty();
        assertThat(production.approvals(RiskLevel.MODERATE))
                .containsExactly(new Requirement(
                        1,
                        "leads",
                        Set.of(
                                new Principal(Principal.Kind.GROUP, "team-leads", "leads"),
                                new Principal(Principal.Kind.USER, "ada", "leads"))));
        assertThat(production.approvals(RiskLevel.HIGH))
                .extracting(Requirement::words)
                .containsExactly("1 of service-owners", "2 of change-managers, bob");
        assertThat(production.approvals(RiskLevel.VERY_HIGH)).isEqualTo(production.approvals(RiskLevel.HIGH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  \n", "# only a comment", "---", "{}", "rules:", "rules: []\nenvironments:\n", "null"})
    void policyThatSaysNothingIsOne(String text) throws PolicyException {
        Policy policy = reader.read(Layer.REPOSITORY, "s", text);
        assertThat(policy.rules()).isEmpty();
        assertThat(policy.environments()).isEmpty();
        assertThat(policy.service()).isEmpty();
    }

    @Test
    void environmentWithNothingSaysNothing() throws PolicyException {
        Policy policy = reader.read(Layer.REPOSITORY, "s", "environments: {production: , qa: {approvals: {}}}");
        assertThat(policy.environment("production")).isEqualTo(EnvironmentPolicy.NONE);
        assertThat(policy.environment("qa").approvals(RiskLevel.HIGH)).isEmpty();
    }

    @Test
    void blankServiceIsNone() throws PolicyException {
        assertThat(reader.read(Layer.REPOSITORY, "s", "service: ' '").service()).isEqualTo(Optional.empty());
    }

    @Test
    void approvalWithoutAGroupAsksWhoeverMayApprove() throws PolicyException {
        Policy policy =
                reader.read(Layer.REPOSITORY, "s", "environments: {p: {approvals: {low: [{at-least: 3}, {}]}}}");
        assertThat(policy.environment("p").approvals(RiskLevel.LOW))
                .containsExactly(
                        new Requirement(3, Requirement.ONE_APPROVER.who(), Requirement.ONE_APPROVER.from()),
                        Requirement.ONE_APPROVER);
    }

    @Test
    void versionChangesWithEveryByte() throws PolicyException {
        String one = reader.read(Layer.REPOSITORY, "s", "service: a").version();
        assertThat(reader.read(Layer.REPOSITORY, "s", "service: a ").version()).isNotEqualTo(one);
        assertThat(reader.read(Layer.REPOSITORY, "t", "service: a").version()).isEqualTo(one);
    }

    @Test
    void builtInPolicyIsWhole() {
        Policy policy = reader.builtIn();
        assertThat(policy.layer()).isEqualTo(Layer.BUILT_IN);
        assertThat(policy.rules())
                .hasSizeGreaterThan(10)
                .allMatch(rule -> rule.because().endsWith("."));
        List<String> names = policy.rules().stream().map(Rule::name).toList();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(policy.questions()).isEqualTo(new ContentQuestions(Set.of(), Set.of(), true, true, false));
    }
}
