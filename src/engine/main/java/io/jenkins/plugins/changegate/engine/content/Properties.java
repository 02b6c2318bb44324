package io.jenkins.plugins.changegate.engine.content;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Versions that a manifest writes once, under a name, and uses elsewhere in it. Not thread-safe.
 */
final class Properties {

    private static final Pattern USE = Pattern.compile("\\$\\{?([\\w.-]+)}?");

    /** How deep a property may be written with others. */
    private static final int DEPTH = 5;

    /** Longest version that comes of it, in characters. */
    private static final int LONGEST = 200;

    private final Map<String, Declared> values = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    void put(String name, String value, int line) {
        values.put(name, new Declared(name, value, line));
    }

    /** Returns a declaration with the properties that its version uses in their place, as far as they are known. */
    Declared resolve(String name, String version, List<Integer> lines) {
        String text = version;
        List<Integer> all = new ArrayList<>(lines);
        for (int depth = 0; depth < DEPTH && text.length() <= LONGEST; depth++) {
            Matcher matcher = USE.matcher(text);
            if (!matcher.find() || !values.containsKey(matcher.group(1))) {
                break;
            }
            Declared value = values.get(matcher.group(1));
            used.add(matcher.group(1));
            all.addAll(value.lines());
            text = text.substring(0, matcher.start()) + value.version() + text.substring(matcher.end());
        }
        return new Declared(name, text, all);
    }

    /** Returns what no dependency here uses and looks like a version: dependencies elsewhere may. */
    List<Declared> unused() {
        return values.values().stream()
                .filter(value -> !used.contains(value.name()) && startsWithDigit(value.version()))
                .toList();
    }

    private static boolean startsWithDigit(String version) {
        String text = version.startsWith("v") ? version.substring(1) : version;
        return !text.isEmpty() && Version.isDigit(text.charAt(0));
    }
}
