package io.jenkins.plugins.changegate.engine.path;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a path pattern as git does: see {@link PathPattern}. What git takes for a pattern that matches nothing is an
 * {@link IllegalArgumentException} here, whose message continues "it is no path pattern: ". Not thread-safe.
 */
final class GlobParser {

    private static final String CLOSE = "a '[' has no ']'; write '\\[' for the character";

    private final byte[] text;
    private final int begin;
    private final List<Integer> steps = new ArrayList<>();
    private final List<long[]> sets = new ArrayList<>();
    private int at;

    private GlobParser(byte[] text, int begin) {
        this.text = text;
        this.begin = begin;
        this.at = begin;
    }

    /** Returns how many bytes stand before the first wildcard or backslash. */
    static int plain(byte[] text) {
        int length = 0;
        while (length < text.length && "*?[\\".indexOf(text[length]) < 0) {
            length++;
        }
        return length;
    }

    /**
     * @param begin where the first wildcard is; a {@code **} there spans segments, whatever stands before it
     */
    static Glob parse(byte[] text, int begin) {
        GlobParser parser = new GlobParser(text, begin);
        while (parser.at < text.length) {
            parser.step();
        }
        return new Glob(parser.steps, parser.sets);
    }

    /** Refuses what no path of git is like. */
    static void requirePossible(Glob whole, boolean wild) {
        String outline = whole.outline();
        if (outline.isEmpty()) {
            throw new IllegalArgumentException("it is empty; '**' matches every path");
        }
        if (outline.startsWith("/")) {
            throw new IllegalArgumentException("no path begins with '/'; every pattern is anchored at the top anyway");
        }
        if (outline.contains("//")) {
            throw new IllegalArgumentException("no path contains '//'");
        }
        if (Arrays.stream(outline.split("/")).anyMatch(name -> name.equals(".") || name.equals(".."))) {
            throw new IllegalArgumentException("no path contains '.' or '..' as a directory");
        }
        if (wild && outline.endsWith("/")) {
            throw new IllegalArgumentException("with wildcards, a '/' at its end matches nothing below; add '**'");
        }
    }

    private void step() {
        switch (text[at]) {
            case '*' -> stars();
            case '?' -> {
                steps.add(Glob.ANY);
                at++;
            }
            case '[' -> brackets();
            default -> {
                steps.add(literal());
                at++;
            }
        }
    }

    /** Returns the byte here, or the one that a backslash here takes the meaning from. */
    private int literal() {
        if (text[at] == '\\' && ++at == text.length) {
            throw new IllegalArgumentException("nothing follows its last '\\'; write '\\\\' for the character");
        }
        return text[at] & 0xff;
    }

    private void stars() {
        int first = at;
        while (at < text.length && text[at] == '*') {
            at++;
        }
        boolean slashFollows = at < text.length && text[at] == '/';
        boolean segment = (first == begin || text[first - 1] == '/')
                && (at == text.length
                        || slashFollows
                        || text[at] == '\\' && at + 1 < text.length && text[at + 1] == '/');
        if (at - first == 1 || !segment) {
            steps.add(Glob.STAR);
        } else if (slashFollows) {
            steps.add(Glob.DIRECTORIES);
            at++;
        } else {
            steps.add(Glob.SPAN);
        }
    }

    /** Reads a bracket expression, POSIX' with git's {@code \} and with {@code ^} for {@code !}. */
    private void brackets() {
        at++;
        require(at < text.length);
        boolean not = text[at] == '!' || text[at] == '^';
        at += not ? 1 : 0;
        long[] set = Glob.noBytes();
        int last = 0;
        for (int first = at; at == first || peek() != ']'; at++) {
            if (last != 0 && peek() == '-' && at + 1 < text.length && text[at + 1] != ']') {
                at++;
                range(set, last, member());
                last = 0;
            } else if (peek() == '[' && at + 1 < text.length && text[at + 1] == ':' && named(set)) {
                last = 0;
            } else {
                last = member();
                range(set, last, last);
            }
        }
        at++;
        for (int i = 0; i < set.length; i++) {
            set[i] = not ? ~set[i] : set[i];
        }
        set['/' / Long.SIZE] &= ~(1L << '/');
        steps.add(Glob.SET + sets.size());
        sets.add(set);
    }

    private static void require(boolean closed) {
        if (!closed) {
            throw new IllegalArgumentException(CLOSE);
        }
    }

    private int peek() {
        require(at < text.length);
        return text[at];
    }

    private int member() {
        peek();
        int member = literal();
        if (member > 0x7f) {
            throw new IllegalArgumentException("git compares bytes, so only ASCII characters work between '[' and ']'");
        }
        return member;
    }

    private static void range(long[] set, int first, int last) {
        if (first > last) {
            throw new IllegalArgumentException(
                    "the range '" + (char) first + "-" + (char) last + "' begins after its end");
        }
        for (int i = first; i <= last; i++) {
            set[i / Long.SIZE] |= 1L << i;
        }
    }

    /** Reads {@code [:name:]} up to its last character, if it is that and no ordinary member. */
    private boolean named(long[] set) {
        int end = at + 2;
        while (end < text.length && text[end] != ']') {
            end++;
        }
        require(end < text.length);
        if (end - at < 3 || text[end - 1] != ':') {
            return false;
        }
        String name = new String(text, at + 2, end - at - 3, StandardCharsets.UTF_8);
        for (int c = 1; c < 0x80; c++) {
            if (isA(name, (char) c)) {
                range(set, c, c);
            }
        }
        at = end;
        return true;
    }

    private static boolean isA(String name, char c) {
        return switch (name) {
            case "alnum" -> isA("alpha", c) || isA("digit", c);
            case "alpha" -> isA("lower", c) || isA("upper", c);
            case "blank" -> c == ' ' || c == '\t';
            case "cntrl" -> c < ' ' || c == 0x7f;
            case "digit" -> c >= '0' && c <= '9';
            case "graph" -> c > ' ' && c < 0x7f;
            case "lower" -> c >= 'a' && c <= 'z';
            case "print" -> c >= ' ' && c < 0x7f;
            case "punct" -> isA("graph", c) && !isA("alnum", c);
            case "space" -> c == ' ' || c == '\t' || c == '\n' || c == '\r';
            case "upper" -> c >= 'A' && c <= 'Z';
            case "xdigit" -> isA("digit", c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            default -> throw new IllegalArgumentException("there are no characters '[:" + name + ":]'");
        };
    }
}
