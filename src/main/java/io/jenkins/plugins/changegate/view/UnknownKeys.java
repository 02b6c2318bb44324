package io.jenkins.plugins.changegate.view;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Tells of keys in an address that a page does not know: who misspelled a filter would take everything for an answer. */
final class UnknownKeys {

    private UnknownKeys() {}

    /**
     * Returns a problem for each key that is not known, sorted.
     *
     * @param given the keys of a request
     * @param known those that a page knows
     */
    static List<String> problems(Set<String> given, Collection<String> known) {
        return new TreeSet<>(given)
                .stream()
                        .filter(key -> !known.contains(key))
                        .map(key -> Messages.UnknownKeys_problem(key, String.join(", ", known)))
                        .toList();
    }
}
