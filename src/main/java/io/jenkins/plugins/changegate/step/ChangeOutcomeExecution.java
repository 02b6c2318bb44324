package io.jenkins.plugins.changegate.step;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.authorise.Closure;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Records what a pipeline says of how a deployment ended. */
final class ChangeOutcomeExecution extends SynchronousNonBlockingStepExecution<Void> {

    private static final long serialVersionUID = 1L;

    private final ChangeOutcomeStep step;

    ChangeOutcomeExecution(ChangeOutcomeStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    protected Void run() throws Exception {
        Optional<Outcome> outcome = outcome();
        Optional<Link> incident = incident();
        if (outcome.isEmpty() && incident.isEmpty()) {
            throw new AbortException("changeOutcome has to say something: an outcome, an incident, or both.");
        }
        String because = Objects.requireNonNullElse(step.getBecause(), "The pipeline says so.");
        if (because.length() > Authorisation.COMMENT_LIMIT) {
            throw new AbortException("'because' may have at most " + Authorisation.COMMENT_LIMIT + " characters.");
        }
        try {
            ChangeStore store = ChangeRecords.get().store();
            SpokenOf change = spokenOf(store);
            Closure closure = change.closure(store, Jenkins.getAuthentication2());
            if (outcome.isPresent()) {
                ChangeEvent.Ended ended = new ChangeEvent.Ended(Instant.now(), outcome.get(), Wording.plain(because));
                boolean said = change.isOfThisBuild()
                        && Deployments.record(store, change.number(), ended).isPresent();
                if (!said) {
                    done(closure.correct(outcome.get(), because));
                }
            }
            if (incident.isPresent()) {
                done(closure.link(incident.get()));
            }
        } catch (StoreException e) {
            throw (AbortException)
                    new AbortException("The outcome could not be recorded: " + e.getMessage()).initCause(e);
        }
        return null;
    }

    private SpokenOf spokenOf(ChangeStore store) throws Exception {
        Run<?, ?> run = Objects.requireNonNull(getContext().get(Run.class));
        FlowNode node = Objects.requireNonNull(getContext().get(FlowNode.class));
        recordEnds(store, run, node.getExecution());
        return step.getChange() == null
                ? SpokenOf.here(store, run, node)
                : SpokenOf.named(store, run, step.getChange(), Jenkins.getAuthentication2());
    }

    /** A stage that has ended says how; the listener may not have got there yet, and this would pass for its word. */
    private static void recordEnds(ChangeStore store, Run<?, ?> run, FlowExecution execution)
            throws IOException, StoreException {
        for (ChangesAction.Reference reference : ChangesAction.of(run)) {
            Optional<ChangeEvent.Ended> ended = Deployments.lookUp(reference, run, execution::getNode);
            if (ended.isPresent()) {
                Deployments.record(store, reference.number(), ended.get());
            }
        }
    }

    private static void done(Closure.Answer answer) throws AbortException {
        if (answer.refused().isPresent()) {
            throw new AbortException(answer.refused().get().because());
        }
    }

    private Optional<Outcome> outcome() throws AbortException {
        String written = step.getOutcome();
        if (written == null) {
            return Optional.empty();
        }
        Optional<Outcome> known = Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.key().equals(written))
                .findFirst();
        if (known.isEmpty()) {
            throw new AbortException("changeOutcome does not know the outcome '" + written + "'; it has to be one of "
                    + Arrays.stream(Outcome.values()).map(Outcome::key).collect(Collectors.joining(", ")) + ".");
        }
        return known;
    }

    private Optional<Link> incident() throws AbortException {
        if (step.getIncident() == null) {
            if (step.getIncidentUrl() != null) {
                throw new AbortException("'incidentUrl' needs the incident's key as well: incident: 'INC0010023'.");
            }
            return Optional.empty();
        }
        Link link = new Link(Link.Kind.INCIDENT, step.getIncident(), step.getIncidentUrl());
        Optional<String> wrong = Closure.wrong(link);
        if (wrong.isPresent()) {
            throw new AbortException(wrong.get());
        }
        return Optional.of(link);
    }
}
