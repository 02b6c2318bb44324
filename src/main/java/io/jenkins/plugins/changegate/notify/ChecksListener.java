package io.jenkins.plugins.changegate.notify;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.ledger.ChangeListener;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksOutput;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows a waiting change, and what became of it, where the commit is hosted: as a check. Its methods name types of the
 * plugin checks-api, so Jenkins leaves it out where that plugin is missing.
 */
@Extension(optional = true)
public class ChecksListener implements ChangeListener {

    private static final int WAITING = 1000;
    private static final int NAME = 100;

    /** In order, so that what is told last is what happened last. */
    private final Lane lane = new Lane("Checks", WAITING);

    @Override
    public void onChange(ChangeRecord record, ChangeEvent event) {
        if (isTold(record, event)) {
            ChangeRecord slim = record.withoutDelta();
            lane.add(() -> Place.of(slim).ifPresent(place -> place.run().ifPresent(run -> publish(slim, place, run))));
        }
    }

    private static boolean isTold(ChangeRecord record, ChangeEvent event) {
        boolean waits = record.opened().judgement().verdict().kind() == Verdict.Kind.ASK;
        // What is said after the decision changes nothing that a check tells.
        return event instanceof ChangeEvent.Decided
                || waits
                        && record.decided().isEmpty()
                        && !(event instanceof ChangeEvent.Reminded
                                || event instanceof ChangeEvent.Linked
                                || event instanceof ChangeEvent.Unlinked);
    }

    private void publish(ChangeRecord record, Place place, Run<?, ?> run) {
        String environment = record.opened().judgement().target().environment();
        String url = place.url(record);
        ChecksDetails.ChecksDetailsBuilder details = new ChecksDetails.ChecksDetailsBuilder()
                .withName(Plain.line("Change Gate: " + environment, NAME))
                .withStatus(ChecksStatus.COMPLETED)
                .withConclusion(conclusion(record))
                .withOutput(output(record));
        if (url.startsWith("http")) {
            details.withDetailsURL(url);
        }
        ChecksPublisherFactory.fromRun(run, TaskListener.NULL).publish(details.build());
    }

    private static ChecksConclusion conclusion(ChangeRecord record) {
        return record.decided().map(decided -> conclusion(decided.decision())).orElse(ChecksConclusion.ACTION_REQUIRED);
    }

    private static ChecksConclusion conclusion(Decision decision) {
        return switch (decision) {
            case PASSED, APPROVED, OVERRIDDEN -> ChecksConclusion.SUCCESS;
            case REJECTED, REFUSED -> ChecksConclusion.FAILURE;
            case EXPIRED -> ChecksConclusion.TIME_OUT;
            case CANCELLED -> ChecksConclusion.CANCELED;
            case SUPERSEDED -> ChecksConclusion.NEUTRAL;
        };
    }

    private static ChecksOutput output(ChangeRecord record) {
        String now = record.decided()
                .map(decided -> decided.because())
                .orElseGet(() -> "Needs " + Summary.needed(record) + until(record) + ".");
        List<String> lines =
                new ArrayList<>(List.of(record.id() + ": " + Summary.what(record) + ", risk " + Summary.risk(record)));
        lines.addAll(Plain.lines(now, Summary.LINE));
        lines.addAll(Summary.reasons(record));
        return new ChecksOutput.ChecksOutputBuilder()
                .withTitle(Plain.line(record.id() + ": " + now, Summary.LINE))
                .withSummary(verbatim(lines))
                .build();
    }

    private static String until(ChangeRecord record) {
        String until = Summary.until(record);
        return until.isEmpty() ? "" : ", until " + until;
    }

    /** A summary is Markdown; what is set in by four is shown as it is, so that nothing in it links, calls or embeds. */
    private static String verbatim(List<String> lines) {
        return "    " + String.join("\n    ", lines);
    }
}
