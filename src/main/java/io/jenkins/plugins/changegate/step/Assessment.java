package io.jenkins.plugins.changegate.step;

import hudson.FilePath;
import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.assess.Repository;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** Assesses the change that a gate stands before, with what Jenkins and the records know of it. */
final class Assessment {

    /** Marks a branch's job in a multibranch project; named, because that plugin need not be there. */
    private static final String BRANCH = "org.jenkinsci.plugins.workflow.multibranch.BranchJobProperty";

    private final ChangeGateStep step;
    private final Run<?, ?> run;
    private final ChangeStore store;

    Assessment(ChangeGateStep step, Run<?, ?> run, ChangeStore store) {
        this.step = step;
        this.run = run;
        this.store = store;
    }

    /**
     * @param workspace where the clone is; {@code null} outside of a node
     * @param gate the gate's node
     * @throws StoreException if the records cannot be read
     */
    Assessor.Assessed of(FilePath workspace, FlowNode gate) throws StoreException, IOException {
        try {
            return assess(
                    workspace == null
                            ? LeftWorkspaces.with(step.getHead(), gate).orElse(NoRepository.NO_WORKSPACE)
                            : new AgentRepository(workspace));
        } catch (IOException e) {
            if (e.getCause() instanceof StoreException cause) {
                throw cause;
            }
            Gap gap = new Gap(Gap.Kind.GIT_FAILED, "The change could not be read on the agent: " + e.getMessage());
            return assess(new NoRepository(gap));
        }
    }

    private Assessor.Assessed assess(Repository repository) throws IOException {
        Assessor.Request request = new Assessor.Request(
                Optional.ofNullable(step.getService()),
                service(run.getParent()),
                step.getEnvironment(),
                step.getHead() == null ? "HEAD" : step.getHead(),
                policyFile(step));
        return ChangeGateConfiguration.get()
                .assessor(run.getParent())
                .assess(repository, request, new Surroundings(step, run, store, repository));
    }

    /** Returns the path of the policy that the pipeline names, or else the usual one. */
    static String policyFile(ChangeGateStep step) {
        return step.getPolicyFile() == null ? Assessor.POLICY_FILE : step.getPolicyFile();
    }

    /** Returns what a job deploys where nothing else names it: the job, or the project whose branch it is. */
    private static String service(Job<?, ?> job) {
        ItemGroup<?> parent = job.getParent();
        return isBranch(job) && parent instanceof Item project ? project.getFullName() : job.getFullName();
    }

    /** Whether a job is a branch of a multibranch project. */
    static boolean isBranch(Job<?, ?> job) {
        return job.getProperty(BRANCH) != null;
    }

    /** Returns the event that opens the record. */
    static ChangeEvent.Opened opened(Assessor.Assessed assessed, ChangeGateStep step, Run<?, ?> run, FlowNode node) {
        List<String> starters = new ArrayList<>(starters(run.getCauses()));
        return new ChangeEvent.Opened(
                Instant.now(),
                new Origin(run.getParent().getFullName(), run.getNumber(), node.getId()),
                starters.isEmpty() ? "" : starters.get(0),
                Objects.requireNonNullElse(step.getReason(), ""),
                assessed.judgement(),
                assessed.head(),
                assessed.authors(),
                assessed.reading().deltaOrNull(),
                assessed.reading().gaps(),
                assessed.binding(),
                starters.isEmpty() ? List.of() : starters.subList(1, starters.size()),
                step.particulars(assessed.particulars(), assessed.reading().deltaOrNull()));
    }

    /** Returns the users who started the run, or the runs that started it; clicks while it is queued become one run. */
    static Set<String> starters(List<Cause> causes) {
        Set<String> starters = new LinkedHashSet<>();
        for (Cause cause : causes) {
            if (cause instanceof Cause.UserIdCause user && user.getUserId() != null) {
                starters.add(user.getUserId());
            } else if (cause instanceof Cause.UpstreamCause upstream) {
                starters.addAll(starters(upstream.getUpstreamCauses()));
            }
        }
        return starters;
    }
}
