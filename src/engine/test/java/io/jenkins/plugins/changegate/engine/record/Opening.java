package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import java.time.Instant;
import java.util.List;

/** The opening of a change for tests: like another one, except for what is said. */
public final class Opening {

    private final ChangeEvent.Opened other;
    private Instant at;
    private Origin origin;
    private Judgement judgement;
    private String head;
    private Delta delta;
    private List<Gap> gaps;
    private Particulars particulars;

    private Opening(ChangeEvent.Opened other) {
        this.other = other;
        at = other.at();
        origin = other.origin();
        judgement = other.judgement();
        head = other.head();
        delta = other.delta();
        gaps = other.gaps();
        particulars = other.particulars();
    }

    public static Opening like(ChangeEvent.Opened other) {
        return new Opening(other);
    }

    public Opening at(Instant time) {
        at = time;
        return this;
    }

    public Opening origin(Origin where) {
        origin = where;
        return this;
    }

    public Opening judgement(Judgement judged) {
        judgement = judged;
        return this;
    }

    public Opening head(String commit) {
        head = commit;
        return this;
    }

    /**
     * @param difference {@code null} if it could not be read
     */
    public Opening delta(Delta difference) {
        delta = difference;
        return this;
    }

    public Opening gaps(List<Gap> unread) {
        gaps = unread;
        return this;
    }

    public Opening particulars(Particulars said) {
        particulars = said;
        return this;
    }

    public ChangeEvent.Opened event() {
        return new ChangeEvent.Opened(
                at,
                origin,
                other.requestedBy(),
                other.reason(),
                judgement,
                head,
                other.authors(),
                delta,
                gaps,
                other.binding(),
                other.alsoRequestedBy(),
                particulars);
    }
}
