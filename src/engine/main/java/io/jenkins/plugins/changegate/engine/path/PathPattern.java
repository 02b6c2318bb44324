package io.jenkins.plugins.changegate.engine.path;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern for paths that matches exactly what {@code git ls-files -- ':(top,glob)PATTERN'} lists. Immutable.
 *
 * <p>Source of the meaning: gitglossary(7), "pathspec", and where that says nothing, git's own answers. As git does, it
 * compares bytes: {@code ?} is one byte of a name in UTF-8. A name that is no UTF-8 is compared as it is read, with the
 * replacement character for what could not be decoded.
 *
 * <p>A pattern that could match nothing, for which git would silently list no file, is none.
 */
public final class PathPattern {

    /** Longest pattern, in characters. */
    private static final int LENGTH_LIMIT = 1_000;

    /** All of it, which also matches a path that is written the same, and everything below. */
    private final byte[] text;

    /** How many bytes of it stand before the first wildcard. */
    private final int plain;

    /** What follows them; empty if there is no wildcard. */
    private final Glob glob;

    /**
     * @throws IllegalArgumentException if it is no pattern; the message says why, for people
     */
    public PathPattern(String pattern) {
        try {
            if (pattern.length() > LENGTH_LIMIT) {
                throw new IllegalArgumentException("it may have at most " + LENGTH_LIMIT + " characters");
            }
            text = bytes(pattern);
            if (!pattern.equals(new String(text, StandardCharsets.UTF_8)) || pattern.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("it has characters that no path has");
            }
            plain = GlobParser.plain(text);
            glob = GlobParser.parse(text, plain);
            GlobParser.requirePossible(glob.withBefore(text, plain), plain < text.length);
        } catch (IllegalArgumentException e) {
            String shown = pattern.length() > 120 ? pattern.substring(0, 120) + "…" : pattern;
            throw new IllegalArgumentException("'" + shown + "' is no path pattern: " + e.getMessage(), e);
        }
    }

    /** Returns a path as it is compared. */
    public static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether it matches the path of something that is no submodule. */
    public boolean matches(String path) {
        return matches(bytes(path), false);
    }

    /**
     * @param path see {@link #bytes}
     * @param submodule whether a submodule is there, which git takes for a directory: {@code lib/} matches it
     */
    public boolean matches(byte[] path, boolean submodule) {
        if (submodule && path.length == text.length - 1 && text[path.length] == '/' && begins(path, path.length)) {
            return true;
        }
        if (!begins(path, plain)) {
            return false;
        }
        return plain < text.length && glob.matches(path, plain) || isWritten(path);
    }

    private boolean begins(byte[] path, int length) {
        return path.length >= length && Arrays.equals(path, 0, length, text, 0, length);
    }

    private boolean isWritten(byte[] path) {
        return begins(path, text.length)
                && (path.length == text.length || text[text.length - 1] == '/' || path[text.length] == '/');
    }

    /**
     * Returns what every path that is matched contains, if none of {@code *?[\} is in it: pieces of
     * {@code "/" + path + "\0"}.
     */
    List<byte[]> pieces() {
        if (plain < text.length) {
            return glob.withBefore(text, plain).pieces();
        }
        byte[] piece = new byte[text.length + (text[text.length - 1] == '/' ? 0 : 1)];
        piece[0] = '/';
        System.arraycopy(text, 0, piece, 1, piece.length - 1);
        return List.of(piece);
    }
}
