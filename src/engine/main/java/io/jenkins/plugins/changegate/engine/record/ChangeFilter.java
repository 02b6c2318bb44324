package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which changes are looked for: those for which everything that is given here holds.
 *
 * @param since opened then or later
 * @param until opened before
 * @param least with this number or a higher one; from 1
 * @param exactly what each of these has to be; what is missing may be anything
 */
public record ChangeFilter(Optional<Instant> since, Optional<Instant> until, long least, Map<Part, String> exactly) {

    /** All of them. */
    public static final ChangeFilter ALL = new ChangeFilter(Optional.empty(), Optional.empty(), 1, Map.of());

    /** What a change can be looked for by. */
    public enum Part {
        SERVICE,
        PRODUCT,
        ENVIRONMENT,
        MODEL,
        TYPE,
        LEVEL,
        JOB,
        STATE,
        DECISION,
        OUTCOME,
        REVIEW,
        DOUBTFUL,
        CONTROLLER
    }

    public ChangeFilter {
        exactly = Map.copyOf(exactly);
    }

    /** Returns this filter with only those opened then or later. */
    public ChangeFilter since(Instant time) {
        return new ChangeFilter(Optional.of(time), until, least, exactly);
    }

    /** Returns this filter with only those opened before. */
    public ChangeFilter until(Instant time) {
        return new ChangeFilter(since, Optional.of(time), least, exactly);
    }

    /** Returns this filter with only those that have this number or a higher one. */
    public ChangeFilter least(long number) {
        return new ChangeFilter(since, until, number, exactly);
    }

    /** Returns this filter with only one service. */
    public ChangeFilter service(String name) {
        return with(Part.SERVICE, name);
    }

    /** Returns this filter with only what is part of one product. */
    public ChangeFilter product(String name) {
        return with(Part.PRODUCT, name);
    }

    /** Returns this filter with only one environment. */
    public ChangeFilter environment(String name) {
        return with(Part.ENVIRONMENT, name);
    }

    /** Returns this filter with only one change model. */
    public ChangeFilter model(String name) {
        return with(Part.MODEL, name);
    }

    /** Returns this filter with only those that were handled like this. */
    public ChangeFilter type(ChangeType type) {
        return with(Part.TYPE, type.name());
    }

    /** Returns this filter with only one level of risk. */
    public ChangeFilter level(RiskLevel level) {
        return with(Part.LEVEL, level.name());
    }

    /** Returns this filter with only those of the job with this full name. */
    public ChangeFilter job(String name) {
        return with(Part.JOB, name);
    }

    /** Returns this filter with only those that are there in their life. */
    public ChangeFilter state(ChangeState state) {
        return with(Part.STATE, state.name());
    }

    /** Returns this filter with only those decided like this. */
    public ChangeFilter decision(Decision how) {
        return with(Part.DECISION, how.name());
    }

    /** Returns this filter with only those whose deployment ended like this. */
    public ChangeFilter outcome(Outcome how) {
        return with(Part.OUTCOME, how.name());
    }

    /** Returns this filter with only those of which a review is due. */
    public ChangeFilter reviewDue() {
        return with(Part.REVIEW, ChangeIndex.YES);
    }

    /** Returns this filter with only those before which something else may have run there. */
    public ChangeFilter doubtful() {
        return with(Part.DOUBTFUL, ChangeIndex.YES);
    }

    /** Returns this filter with only those of one Jenkins. */
    public ChangeFilter controller(String id) {
        return with(Part.CONTROLLER, id);
    }

    private ChangeFilter with(Part part, String value) {
        Map<Part, String> more = new EnumMap<>(Part.class);
        more.putAll(exactly);
        more.put(part, value);
        return new ChangeFilter(since, until, least, more);
    }
}
