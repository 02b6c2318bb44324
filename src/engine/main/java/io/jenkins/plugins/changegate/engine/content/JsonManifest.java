package io.jenkins.plugins.changegate.engine.content;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code package.json} and {@code composer.json}: the texts in the objects that list dependencies, with their
 * lines. It is no judge of what is JSON: what it does not understand it leaves out. For one text; not thread-safe.
 */
final class JsonManifest {

    private static final Set<String> SECTIONS = Set.of(
            "dependencies",
            "devDependencies",
            "peerDependencies",
            "optionalDependencies",
            "overrides",
            "resolutions",
            "engines",
            "require",
            "require-dev");

    private static final int DEEPEST = 100;

    private final String text;
    private final Deque<String> keys = new ArrayDeque<>();
    private final List<Declared> found = new ArrayList<>();
    private int at;
    private int line = 1;

    /** The key that a value is read for; empty within a list, or before any. */
    private String key = "";

    private boolean value;

    private JsonManifest(String text) {
        this.text = text;
    }

    /**
     * @throws ManifestException if its brackets do not fit together
     */
    static List<Declared> read(String text) throws ManifestException {
        return new JsonManifest(text).read();
    }

    private List<Declared> read() throws ManifestException {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case '\n' -> line++;
                case '{', '[' -> {
                    if (keys.size() > DEEPEST) {
                        throw new ManifestException(null);
                    }
                    keys.push(key);
                    key = "";
                    value = false;
                }
                case '}', ']' -> {
                    if (keys.isEmpty()) {
                        throw new ManifestException(null);
                    }
                    keys.pop();
                    key = "";
                    value = false;
                }
                case ':' -> value = true;
                case ',' -> {
                    key = "";
                    value = false;
                }
                case '"' -> string(quoted());
                default -> {
                    // white space, a number or a word: no version is written so
                }
            }
        }
        if (!keys.isEmpty()) {
            throw new ManifestException(null);
        }
        return found;
    }

    private void string(String string) {
        if (!value) {
            key = string;
            return;
        }
        boolean top = keys.size() == 1;
        if (top && key.equals("version")) {
            found.add(Declared.nothing(line));
        } else if (top && key.equals("packageManager") || keys.stream().anyMatch(SECTIONS::contains)) {
            found.add(new Declared(key, string, line));
        }
    }

    /** Returns what stands until the closing quote; escapes stay as they are. */
    private String quoted() throws ManifestException {
        int from = at;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\n') {
                throw new ManifestException(null);
            }
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw new ManifestException(null);
        }
        return text.substring(from, at++);
    }
}
