package io.jenkins.plugins.changegate.engine.policy;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the records say that a change is part of, and how it is to be done, where the pipeline does not say so. Nothing
 * of it is judged. What is empty is not said.
 *
 * @param product what the service is part of
 * @param implementation how a change is put in
 * @param test how it is known that it works
 * @param backOut how it is taken back
 * @param workItems the pattern of the keys of work items in commit messages, as {@link WorkItems} takes it
 * @param workItemUrl where a work item can be looked at; empty without a pattern
 */
public record ParticularsPolicy(
        String product, String implementation, String test, String backOut, String workItems, String workItemUrl) {

    /** Nothing is said. */
    public static final ParticularsPolicy NONE = new ParticularsPolicy("", "", "", "", "", "");

    public ParticularsPolicy {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(implementation, "implementation");
        Objects.requireNonNull(test, "test");
        Objects.requireNonNull(backOut, "backOut");
        Objects.requireNonNull(workItems, "workItems");
        Objects.requireNonNull(workItemUrl, "workItemUrl");
    }

    /** Returns the same, with what another says where this says nothing; a pattern and its address belong together. */
    public ParticularsPolicy or(ParticularsPolicy other) {
        return new ParticularsPolicy(
                first(product, other.product),
                first(implementation, other.implementation),
                first(test, other.test),
                first(backOut, other.backOut),
                first(workItems, other.workItems),
                workItems.isEmpty() ? other.workItemUrl : workItemUrl);
    }

    private static String first(String own, String other) {
        return own.isEmpty() ? other : own;
    }

    /**
     * Returns the work items that the first lines of commit messages name: see {@link WorkItems#in}.
     *
     * @throws IllegalArgumentException if the pattern or the address is none, with a sentence for people
     */
    public Map<String, String> workItems(List<String> subjects) {
        return workItems.isEmpty() ? Map.of() : new WorkItems(workItems, workItemUrl).in(subjects);
    }
}
