package io.jenkins.plugins.changegate.engine.delta;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deals the commits of a history out to the changes by which they came: to each change those that its head reaches and
 * its base does not. Works for changes on one line of first parents, the oldest first. Not thread-safe.
 */
final class Ancestry {

    private final Map<String, LogParser.Entry> entries;
    private final Map<String, Integer> order = new HashMap<>();
    private final Limits limits;
    private final Set<String> shallow;
    private final Set<String> dealt = new HashSet<>();

    /**
     * @param entries the history, by object name, in git's order
     * @param limits how much is listed for each change
     * @param shallow the commits at which a shallow clone ends
     */
    Ancestry(Map<String, LogParser.Entry> entries, Limits limits, Set<String> shallow) {
        this.entries = entries;
        this.limits = limits;
        this.shallow = shallow;
        entries.keySet().forEach(id -> order.put(id, order.size()));
    }

    /**
     * Returns what head reaches and neither base nor what was returned before does.
     *
     * @param base full object name
     * @param head full object name
     */
    LogParser.History next(String base, String head) {
        reached(base);
        LogParser.Collected collected = new LogParser.Collected(limits, shallow);
        reached(head).forEach(id -> collected.add(entries.get(id)));
        return collected.history();
    }

    private List<String> reached(String from) {
        List<String> found = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            String id = open.pop();
            LogParser.Entry entry = entries.get(id);
            if (entry != null && dealt.add(id)) {
                found.add(id);
                entry.parents().forEach(open::push);
            }
        }
        found.sort((a, b) -> order.get(a) - order.get(b));
        return found;
    }
}
