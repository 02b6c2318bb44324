package io.jenkins.plugins.changegate.engine.replay;

import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is still known of a change that was deployed, or could have been.
 *
 * @param id names it for people: the number of a change record, or a commit; different from those of other changes
 * @param title what it is about, in one line; may be empty
 * @param when it was deployed
 * @param service what was deployed
 * @param environment where to
 * @param reading what could be read of the difference
 * @param text what was found in its text; empty if the text is no longer at hand
 * @param circumstances what else is known of it; the time is when it was judged
 * @param own the policies of the repository that apply to it: versions of its files at base and at head
 * @param decision how it ended at the gate, if it was there
 * @param outcome how its deployment ended, if that is known
 */
public record PastChange(
        String id,
        String title,
        Instant when,
        String service,
        String environment,
        Reading reading,
        Optional<ContentFacts> text,
        Circumstances circumstances,
        List<Policy> own,
        Optional<Decision> decision,
        Optional<Outcome> outcome) {

    public PastChange {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(circumstances, "circumstances");
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(outcome, "outcome");
        own = List.copyOf(own);
    }
}
