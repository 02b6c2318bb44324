package io.jenkins.plugins.changegate.engine.record;

import java.util.List;
import java.util.Objects;

/**
 * What the pipeline says that a change is part of, and how it is to be done. Nothing of it is judged.
 *
 * @param product what the service is part of; empty if not said
 * @param workItems what its commits say that they are made for
 * @param implementation how it is put in; empty if not said
 * @param test how it is known that it works; empty if not said
 * @param backOut how it is taken back; empty if not said
 */
public record Particulars(String product, List<Link> workItems, String implementation, String test, String backOut) {

    /** Nothing is said. */
    public static final Particulars NONE = new Particulars("", List.of(), "", "", "");

    public Particulars {
        product = Objects.requireNonNullElse(product, "");
        workItems = workItems == null ? List.of() : List.copyOf(workItems);
        implementation = Objects.requireNonNullElse(implementation, "");
        test = Objects.requireNonNullElse(test, "");
        backOut = Objects.requireNonNullElse(backOut, "");
    }
}
