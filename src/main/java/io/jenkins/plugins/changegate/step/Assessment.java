package io.jenkins.plugins.changegate.step;

import hudson.FilePath;
import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import io.jenkins.plugins.changegate.engine.policy.Assessor;
import io.jenkins.plugins.changegate.engine.policy.Repository;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
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
                policyFile());
        return ChangeGateConfiguration.get()
                .assessor()
                .assess(repository, request, service -> base(repository, service));
    }

    private String policyFile() {
        return step.getPolicyFile() == null ? Assessor.POLICY_FILE : step.getPolicyFile();
    }

    /** What runs there now, as the records know it. What the pipeline says of it can only add doubt. */
    private Assessor.Base base(Repository repository, String service) throws IOException {
        Optional<String> claimed = Optional.ofNullable(step.getBase());
        Optional<ChangeRecord> last;
        try {
            last = store.lastDeployed(service, step.getEnvironment());
        } catch (StoreException e) {
            throw new IOException(e);
        }
        Optional<String> known = last.map(record -> record.opened().head()).filter(head -> !head.isEmpty());
        if (known.isEmpty()) {
            return new Assessor.Base(claimed, List.of(first(service, last, claimed)));
        }
        if (claimed.isPresent() && !names(repository, claimed.get(), known.get())) {
            return new Assessor.Base(
                    known,
                    List.of(new Gap(
                            Gap.Kind.BASE_CLAIMED,
                            "The pipeline says that " + claimed.get() + " runs in " + step.getEnvironment()
                                    + ", but " + last.get().id() + " deployed " + known.get()
                                    + " there; the change is compared with that.")));
        }
        return new Assessor.Base(known, List.of());
    }

    private Gap first(String service, Optional<ChangeRecord> last, Optional<String> claimed) {
        String unknown = last.isPresent()
                ? "Which commit " + last.get().id() + " deployed to " + step.getEnvironment() + " is not known"
                : "This is the first deployment of " + service + " to " + step.getEnvironment() + " through the gate";
        return new Gap(
                Gap.Kind.FIRST_DEPLOYMENT,
                unknown
                        + claimed.map(base -> ": it is compared with " + base + " because the pipeline says so.")
                                .orElse(", so there is nothing to compare it with."));
    }

    private boolean names(Repository repository, String revision, String id) throws IOException {
        GitReader.Look look = repository.head(revision, policyFile());
        return look.commit() != null && look.commit().id().equals(id);
    }

    /** Returns what a job deploys where nothing else names it: the job, or the project whose branch it is. */
    private static String service(Job<?, ?> job) {
        ItemGroup<?> parent = job.getParent();
        return job.getProperty(BRANCH) != null && parent instanceof Item project
                ? project.getFullName()
                : job.getFullName();
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
                starters.isEmpty() ? List.of() : starters.subList(1, starters.size()));
    }

    /** Returns the users who started the run, or the runs that started it; clicks while it is queued become one run. */
    private static Set<String> starters(List<Cause> causes) {
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
