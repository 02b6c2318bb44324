package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.Objects;

/**
 * One commit of a change by itself, as numbers.
 *
 * @param id the full object name
 * @param totals what it changes
 * @param spread over how much; {@code null} if that is not known
 * @param earlier what happened before the whole change to the files of this commit; {@code null} if that is not known
 */
public record SingleCommit(String id, Totals totals, Spread spread, FileHistory earlier) implements Serializable {

    public SingleCommit {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(totals, "totals");
    }
}
