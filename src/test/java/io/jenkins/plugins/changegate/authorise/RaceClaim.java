package io.jenkins.plugins.changegate.authorise;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;

/** What somebody was told came of an act. */
record RaceClaim(Kind kind, String user) {

    enum Kind {
        NONE,
        VOTED,
        WITHDRAWN,
        REJECTED,
        OVERRIDDEN
    }

    static final RaceClaim NONE = new RaceClaim(Kind.NONE, "");

    static RaceClaim of(Authorisation.Answer answer, Kind kind, String user) {
        return answer.denied().isPresent() ? NONE : new RaceClaim(kind, user);
    }

    void check(ChangeRecord record) {
        boolean found = record.history().stream().anyMatch(event -> switch (kind) {
            case NONE -> true;
            case VOTED ->
                event instanceof ChangeEvent.Approved approved
                        && approved.vote().voter().equals(user);
            case WITHDRAWN ->
                event instanceof ChangeEvent.Withdrawn withdrawn
                        && withdrawn.voter().equals(user);
            case REJECTED -> decided(event, Decision.REJECTED);
            case OVERRIDDEN -> decided(event, Decision.OVERRIDDEN);
        });
        assertThat(found).as("%s in %s", this, record.history()).isTrue();
    }

    private boolean decided(ChangeEvent event, Decision decision) {
        return event instanceof ChangeEvent.Decided decided
                && decided.decision() == decision
                && decided.by().equals(user);
    }
}
