package io.jenkins.plugins.changegate.step;

import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.policy.ParticularsPolicy;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Particulars;
import io.jenkins.plugins.changegate.signal.ClaimedSignals;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
 * Stands before a deployment: lets it pass, asks people, or refuses. What follows in the same stage is the deployment,
 * and how that stage ends is the outcome of the change.
 */
public class ChangeGateStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Longest plan, in characters. */
    private static final int TEXT_LIMIT = 4000;

    private final String environment;
    private String service;
    private String base;
    private String head;
    private String reason;
    private String policyFile;
    private String type;
    private boolean propagate = true;
    private Map<String, Object> signals;
    private String product;
    private String workItems;
    private String workItemUrl;
    private String implementationPlan;
    private String testPlan;
    private String backOutPlan;

    /**
     * @param environment where the deployment goes; its name tells the tier unless a policy does
     */
    @DataBoundConstructor
    public ChangeGateStep(String environment) {
        this.environment = Util.fixNull(environment).trim();
    }

    public String getEnvironment() {
        return environment;
    }

    /** Returns what is deployed; {@code null} for the name in the repository's policy, or else the job's. */
    public String getService() {
        return service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    /** Returns the commit that the pipeline says runs there now; {@code null} to rely on the records alone. */
    public String getBase() {
        return base;
    }

    @DataBoundSetter
    public void setBase(String base) {
        this.base = Util.fixEmptyAndTrim(base);
    }

    /** Returns the commit about to be deployed; {@code null} for the one that is checked out. */
    public String getHead() {
        return head;
    }

    @DataBoundSetter
    public void setHead(String head) {
        this.head = Util.fixEmptyAndTrim(head);
    }

    /** Returns why the change is wanted; {@code null} if not said. */
    public String getReason() {
        return reason;
    }

    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    /** Returns how the change shall be handled: {@code normal} or {@code emergency}. */
    public String getType() {
        return type == null ? ChangeType.NORMAL.key() : type;
    }

    @DataBoundSetter
    public void setType(String type) {
        String written = Util.fixEmptyAndTrim(type);
        this.type = ChangeType.NORMAL.key().equals(written) ? null : written;
    }

    /** Whether the change is claimed to be an emergency. */
    boolean isEmergency() {
        return ChangeType.EMERGENCY.key().equals(type);
    }

    /** Returns where in the repository its policy is. */
    public String getPolicyFile() {
        return policyFile;
    }

    @DataBoundSetter
    public void setPolicyFile(String policyFile) {
        String path = Util.fixEmptyAndTrim(policyFile);
        this.policyFile = Assessor.POLICY_FILE.equals(path) ? null : path;
    }

    /**
     * Returns whether a decision that does not let the deployment through ends the stage; else the step returns it, and
     * the pipeline decides what follows.
     */
    public boolean isPropagate() {
        return propagate;
    }

    @DataBoundSetter
    public void setPropagate(boolean propagate) {
        this.propagate = propagate;
    }

    /** Returns the facts that the pipeline claims, by name without prefix; {@code null} if it claims none. */
    public Map<String, Object> getSignals() {
        return signals == null ? null : new LinkedHashMap<>(signals);
    }

    /**
     * @param signals numbers, texts and truth values by name
     * @throws IllegalArgumentException if one is something else
     */
    @DataBoundSetter
    public void setSignals(Map<String, Object> signals) {
        this.signals = signals == null || signals.isEmpty() ? null : ClaimedSignals.checked(signals);
    }

    /** Returns the facts that the pipeline claims, by name without prefix. */
    Map<String, Object> claims() {
        return signals == null ? Map.of() : Map.copyOf(signals);
    }

    /** Returns what the service is part of; {@code null} if not said. */
    public String getProduct() {
        return product;
    }

    @DataBoundSetter
    public void setProduct(String product) {
        this.product = Util.fixEmptyAndTrim(product);
    }

    /** Returns the pattern by which the keys of work items are found in commit messages; {@code null} if not said. */
    public String getWorkItems() {
        return workItems;
    }

    @DataBoundSetter
    public void setWorkItems(String workItems) {
        this.workItems = Util.fixEmptyAndTrim(workItems);
    }

    /** Returns where a work item can be looked at, with {@code {key}} for its key; {@code null} if not said. */
    public String getWorkItemUrl() {
        return workItemUrl;
    }

    @DataBoundSetter
    public void setWorkItemUrl(String workItemUrl) {
        this.workItemUrl = Util.fixEmptyAndTrim(workItemUrl);
    }

    /** Returns how the change is put in; {@code null} if not said. */
    public String getImplementationPlan() {
        return implementationPlan;
    }

    @DataBoundSetter
    public void setImplementationPlan(String implementationPlan) {
        this.implementationPlan = Util.fixEmptyAndTrim(implementationPlan);
    }

    /** Returns how it is known that it works; {@code null} if not said. */
    public String getTestPlan() {
        return testPlan;
    }

    @DataBoundSetter
    public void setTestPlan(String testPlan) {
        this.testPlan = Util.fixEmptyAndTrim(testPlan);
    }

    /** Returns how it is taken back; {@code null} if not said. */
    public String getBackOutPlan() {
        return backOutPlan;
    }

    @DataBoundSetter
    public void setBackOutPlan(String backOutPlan) {
        this.backOutPlan = Util.fixEmptyAndTrim(backOutPlan);
    }

    /**
     * Returns what the pipeline, or else the policies, say that a change is part of, and how it is to be done.
     *
     * @param policy what the policies say
     * @param delta what changes; {@code null} if that could not be read
     */
    Particulars particulars(ParticularsPolicy policy, Delta delta) {
        ParticularsPolicy said = own().or(policy);
        List<String> subjects = delta == null
                ? List.of()
                : delta.commits().stream().map(Commit::subject).toList();
        return new Particulars(
                said.product(),
                said.workItems(subjects).entrySet().stream()
                        .map(item -> new Link(Link.Kind.WORK_ITEM, item.getKey(), item.getValue()))
                        .toList(),
                said.implementation(),
                said.test(),
                said.backOut());
    }

    private ParticularsPolicy own() {
        return new ParticularsPolicy(
                Util.fixNull(product),
                Util.fixNull(implementationPlan),
                Util.fixNull(testPlan),
                Util.fixNull(backOutPlan),
                Util.fixNull(workItems),
                Util.fixNull(workItemUrl));
    }

    private void checkParticulars() {
        own().workItems(List.of());
        for (String text : Arrays.asList(product, implementationPlan, testPlan, backOutPlan)) {
            if (text != null && text.length() > TEXT_LIMIT) {
                throw new IllegalArgumentException(
                        "A product or a plan may have at most " + TEXT_LIMIT + " characters; link what is longer.");
            }
        }
    }

    @Override
    public StepExecution start(StepContext context) {
        checkParticulars();
        if (environment.isEmpty()) {
            throw new IllegalArgumentException("changeGate needs the name of an environment: changeGate 'production'");
        }
        if (type != null && !isEmergency()) {
            throw new IllegalArgumentException("There is no type '" + type
                    + "' of change that a pipeline can ask for; possible: normal, emergency. Which changes are standard"
                    + " changes is a matter of policy.");
        }
        if (isEmergency() && reason == null) {
            throw new IllegalArgumentException("An emergency needs a reason: changeGate environment: '" + environment
                    + "', type: 'emergency', reason: '...'");
        }
        return new ChangeGateExecution(context, this);
    }

    /** Describes the step to Pipeline. */
    @Extension
    public static class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "changeGate";
        }

        @Override
        public String getDisplayName() {
            return Messages.ChangeGateStep_displayName();
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            Object environment = arguments.get("environment");
            return environment instanceof String name ? name : null;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }
    }
}
