package io.jenkins.plugins.changegate.step;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Says how a deployment ended, where the end of its stage does not tell: within the deployment as its outcome,
 * afterwards as a correction; and which incident it caused.
 */
public class ChangeOutcomeStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String outcome;
    private String because;
    private String incident;
    private String incidentUrl;
    private String change;

    /**
     * @param outcome {@code successful}, {@code successful-with-issues} or {@code unsuccessful}; empty to say nothing of
     *     that
     */
    @DataBoundConstructor
    public ChangeOutcomeStep(String outcome) {
        this.outcome = Util.fixEmptyAndTrim(outcome);
    }

    public String getOutcome() {
        return outcome;
    }

    /** Returns why, in the pipeline's words; {@code null} if not said. */
    public String getBecause() {
        return because;
    }

    @DataBoundSetter
    public void setBecause(String because) {
        this.because = Util.fixEmptyAndTrim(because);
    }

    /** Returns the key of an incident that the change caused; {@code null} for none. */
    public String getIncident() {
        return incident;
    }

    @DataBoundSetter
    public void setIncident(String incident) {
        this.incident = Util.fixEmptyAndTrim(incident);
    }

    /** Returns where the incident can be looked at; {@code null} if not said. */
    public String getIncidentUrl() {
        return incidentUrl;
    }

    @DataBoundSetter
    public void setIncidentUrl(String incidentUrl) {
        this.incidentUrl = Util.fixEmptyAndTrim(incidentUrl);
    }

    /** Returns the number of the change, {@code CHG-000123}; {@code null} for the one of this build. */
    public String getChange() {
        return change;
    }

    @DataBoundSetter
    public void setChange(String change) {
        this.change = Util.fixEmptyAndTrim(change);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ChangeOutcomeExecution(this, context);
    }

    /** Registers the step. */
    @Extension
    public static class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "changeOutcome";
        }

        @Override
        public String getDisplayName() {
            return Messages.ChangeOutcomeStep_displayName();
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            Object outcome = arguments.get("outcome");
            return outcome instanceof String name ? name : null;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FlowNode.class);
        }
    }
}
