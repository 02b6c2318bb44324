package io.jenkins.plugins.changegate.engine.record;

import java.time.Instant;
import java.util.Optional;

/**
 * Which changes are looked for: those for which everything that is given here holds.
 *
 * @param since opened then or later
 * @param service exactly this one
 * @param environment exactly this one
 * @param model of exactly this change model
 * @param decision decided like this
 * @param outcome deployed like this
 * @param controller of exactly this Jenkins
 */
public record ChangeFilter(
        Optional<Instant> since,
        Optional<String> service,
        Optional<String> environment,
        Optional<String> model,
        Optional<Decision> decision,
        Optional<Outcome> outcome,
        Optional<String> controller) {

    /** All of them. */
    public static final ChangeFilter ALL = new ChangeFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Returns this filter with only those opened then or later. */
    public ChangeFilter since(Instant time) {
        return new ChangeFilter(Optional.of(time), service, environment, model, decision, outcome, controller);
    }

    /** Returns this filter with only one service. */
    public ChangeFilter service(String name) {
        return new ChangeFilter(since, Optional.of(name), environment, model, decision, outcome, controller);
    }

    /** Returns this filter with only one environment. */
    public ChangeFilter environment(String name) {
        return new ChangeFilter(since, service, Optional.of(name), model, decision, outcome, controller);
    }

    /** Returns this filter with only one change model. */
    public ChangeFilter model(String name) {
        return new ChangeFilter(since, service, environment, Optional.of(name), decision, outcome, controller);
    }

    /** Returns this filter with only those decided like this. */
    public ChangeFilter decision(Decision how) {
        return new ChangeFilter(since, service, environment, model, Optional.of(how), outcome, controller);
    }

    /** Returns this filter with only those whose deployment ended like this. */
    public ChangeFilter outcome(Outcome how) {
        return new ChangeFilter(since, service, environment, model, decision, Optional.of(how), controller);
    }

    /** Returns this filter with only those of one Jenkins. */
    public ChangeFilter controller(String id) {
        return new ChangeFilter(since, service, environment, model, decision, outcome, Optional.of(id));
    }
}
