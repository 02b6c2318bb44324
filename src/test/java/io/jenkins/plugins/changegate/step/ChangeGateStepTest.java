package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step as Pipeline, the Snippet Generator and the configuration form see it. */
@WithJenkins
class ChangeGateStepTest {

    private static ChangeGateStep whole() {
        ChangeGateStep step = new ChangeGateStep("production");
        step.setService("shop");
        step.setHead("v1.2");
        step.setBase("v1.1");
        step.setReason("Summer sale");
        step.setPolicyFile("deploy/gate.yml");
        step.setPropagate(false);
        return step;
    }

    @Test
    void survivesTheConfigurationForm(JenkinsRule jenkins) throws Exception {
        StepConfigTester tester = new StepConfigTester(jenkins);
        jenkins.assertEqualDataBoundBeans(whole(), tester.configRoundTrip(whole()));
        ChangeGateStep plain = new ChangeGateStep("staging");
        jenkins.assertEqualDataBoundBeans(plain, tester.configRoundTrip(plain));
    }

    @Test
    void isWrittenAsShortAsPossible(JenkinsRule jenkins) throws Exception {
        assertThat(DescribableModel.of(ChangeGateStep.class)
                        .uninstantiate2(new ChangeGateStep("production"))
                        .toMap())
                .isEqualTo(Map.of("environment", "production"));
        SnippetizerTester tester = new SnippetizerTester(jenkins);
        tester.assertRoundTrip(new ChangeGateStep("production"), "changeGate 'production'");
        tester.assertRoundTrip(
                whole(),
                "changeGate base: 'v1.1', environment: 'production', head: 'v1.2', policyFile: 'deploy/gate.yml',"
                        + " propagate: false, reason: 'Summer sale', service: 'shop'");
    }

    @Test
    void everyParameterHasHelp(JenkinsRule jenkins) throws Exception {
        String descriptor = "descriptor/" + ChangeGateStep.class.getName() + "/help";
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.goTo(descriptor).asNormalizedText()).contains("Stands before a deployment");
            for (DescribableParameter parameter :
                    DescribableModel.of(ChangeGateStep.class).getParameters()) {
                assertThat(client.goTo(descriptor + "/" + parameter.getName()).asNormalizedText())
                        .as(parameter.getName())
                        .hasSizeGreaterThan(40);
            }
        }
    }
}
