package io.jenkins.plugins.changegate.engine.text;

/** JSON pointers (RFC 6901), which name a place in a policy: {@code /rules/0/name}; the empty one is the whole. */
public final class Pointer {

    private Pointer() {}

    /** Returns the pointer to what stands under a key. */
    public static String to(String around, String key) {
        return around + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    /** Returns the pointer to an item of a list. */
    public static String to(String around, int index) {
        return around + "/" + index;
    }

    /** Returns the pointer to what is around; of the whole that is the whole. */
    public static String around(String pointer) {
        return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    }

    /** Returns the last key or index. */
    public static String last(String pointer) {
        return unescape(pointer.substring(pointer.lastIndexOf('/') + 1));
    }

    /** Returns what is found by a pointer; {@code null} if nothing is. */
    public static YamlNode find(YamlNode whole, String pointer) {
        YamlNode found = whole;
        if (!pointer.isEmpty()) {
            for (String step : pointer.substring(1).split("/", -1)) {
                found = found == null ? null : found.child(unescape(step));
            }
        }
        return found;
    }

    /** Returns what is found by a pointer, or the nearest thing around it that is there. */
    public static YamlNode nearest(YamlNode whole, String pointer) {
        String at = pointer;
        YamlNode found = find(whole, at);
        while (found == null) {
            at = around(at);
            found = find(whole, at);
        }
        return found;
    }

    private static String unescape(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }
}
