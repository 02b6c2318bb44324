package io.jenkins.plugins.changegate.engine.path;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern's wildcards and the bytes between them, ready to be compared. Its time is at most the path's length times
 * the pattern's for each segment, whatever the two are: only the last {@code *} and the last {@code **} are ever tried
 * again, because what an earlier one could take over, the later one can too. Immutable.
 */
final class Glob {

    /** One byte that is no slash. */
    static final int ANY = -1;
    /** Any number of bytes that are no slash. */
    static final int STAR = -2;
    /** Any number of bytes. */
    static final int SPAN = -3;
    /** Nothing, or any number of bytes that end with a slash. */
    static final int DIRECTORIES = -4;
    /** This plus n: one byte of the nth set. Below it, from 0: that byte. */
    static final int SET = 256;

    private static final int WORDS = 4;

    private final int[] steps;
    private final long[] sets;

    /** How many bytes a path that it matches has at least. */
    private final int shortest;

    /** What such a path ends with. */
    private final byte[] tail;

    /**
     * @param steps what is compared, one after the other
     * @param sets 256 bits for each set of bytes
     */
    Glob(List<Integer> steps, List<long[]> sets) {
        this(
                steps.stream().mapToInt(Integer::intValue).toArray(),
                sets.stream().flatMapToLong(Arrays::stream).toArray());
    }

    private Glob(int[] steps, long[] sets) {
        this.steps = steps;
        this.sets = sets;
        this.shortest = (int) Arrays.stream(steps).filter(Glob::isOneByte).count();
        int end = steps.length;
        while (end > 0 && isLiteral(steps[end - 1])) {
            end--;
        }
        tail = new byte[steps.length - end];
        for (int i = 0; i < tail.length; i++) {
            tail[i] = (byte) steps[end + i];
        }
    }

    private static boolean isOneByte(int step) {
        return step >= ANY;
    }

    private static boolean isLiteral(int step) {
        return step >= 0 && step < SET;
    }

    /** Returns a set of bytes with nothing in it. */
    static long[] noBytes() {
        return new long[WORDS];
    }

    /** Whether it matches a path from there to its end. */
    boolean matches(byte[] path, int from) {
        return path.length - from >= shortest
                && Arrays.equals(path, path.length - tail.length, path.length, tail, 0, tail.length)
                && isMatchedStepByStep(path, from);
    }

    private boolean isMatchedStepByStep(byte[] path, int from) {
        int step = 0;
        int at = from;
        int afterStar = -1;
        int starEnd = 0;
        int afterSpan = -1;
        int spanEnd = 0;
        while (true) {
            if (step == steps.length) {
                if (at == path.length) {
                    return true;
                }
            } else {
                int wanted = steps[step];
                if (isOneByte(wanted)) {
                    if (at < path.length && isOne(wanted, path[at])) {
                        step++;
                        at++;
                        continue;
                    }
                } else if (wanted == STAR) {
                    afterStar = ++step;
                    starEnd = at;
                    continue;
                } else {
                    afterSpan = ++step;
                    spanEnd = at;
                    afterStar = -1;
                    if (wanted == SPAN && step == steps.length) {
                        return true;
                    }
                    continue;
                }
            }
            if (afterStar >= 0) {
                starEnd = next(afterStar, path, starEnd, false);
                step = afterStar;
                at = starEnd;
                if (at >= 0) {
                    continue;
                }
                afterStar = -1;
            }
            if (afterSpan < 0) {
                return false;
            }
            spanEnd = steps[afterSpan - 1] == SPAN
                    ? next(afterSpan, path, spanEnd, true)
                    : nextName(afterSpan, path, spanEnd);
            step = afterSpan;
            at = spanEnd;
            if (at < 0) {
                return false;
            }
        }
    }

    /** Returns the next place, after one byte more at least, where a step may match; -1 if there is none. */
    private int next(int step, byte[] path, int from, boolean beyondSlash) {
        int wanted = step < steps.length && isLiteral(steps[step]) ? steps[step] : -1;
        for (int at = from; at < path.length && (beyondSlash || path[at] != '/'); at++) {
            if (wanted < 0 || at + 1 < path.length && path[at + 1] == (byte) wanted) {
                return at + 1;
            }
        }
        return -1;
    }

    /** Returns the next beginning of a name where a step may match; -1 if there is none. */
    private int nextName(int step, byte[] path, int from) {
        int wanted = step < steps.length && isLiteral(steps[step]) ? steps[step] : -1;
        for (int at = from; at < path.length; at++) {
            if (path[at] == '/' && (wanted < 0 || at + 1 < path.length && path[at + 1] == (byte) wanted)) {
                return at + 1;
            }
        }
        return -1;
    }

    private boolean isOne(int wanted, byte found) {
        if (wanted < SET) {
            return wanted == ANY ? found != '/' : wanted == (found & 0xff);
        }
        int bit = found & 0xff;
        return (sets[(wanted - SET) * WORDS + bit / Long.SIZE] >>> bit & 1) != 0;
    }

    /** Returns this with some bytes before it. */
    Glob withBefore(byte[] text, int length) {
        int[] all = new int[length + steps.length];
        for (int i = 0; i < length; i++) {
            all[i] = text[i] & 0xff;
        }
        System.arraycopy(steps, 0, all, length, steps.length);
        return new Glob(all, sets);
    }

    /** Returns its bytes as characters, and {@code *} for whatever is not one certain byte. */
    String outline() {
        StringBuilder outline = new StringBuilder();
        for (int step : steps) {
            boolean slash = step == DIRECTORIES && (outline.isEmpty() || outline.charAt(outline.length() - 1) == '/');
            outline.append(isLiteral(step) ? (char) step : '*').append(slash ? "/" : "");
        }
        return outline.toString();
    }

    /** Returns what {@code "/" + path + "\0"} contains for every path that it matches. */
    List<byte[]> pieces() {
        List<byte[]> pieces = new ArrayList<>();
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        int last = '/';
        piece.write(last);
        for (int step : steps) {
            if (isLiteral(step)) {
                piece.write(step);
            } else {
                pieces.add(piece.toByteArray());
                piece.reset();
                // Directories end with a slash, and if there are none, the slash before them is before what follows.
                if (step == DIRECTORIES && last == '/') {
                    piece.write('/');
                }
            }
            last = step == DIRECTORIES && last == '/' ? '/' : step;
        }
        piece.write(0);
        pieces.add(piece.toByteArray());
        return pieces;
    }
}
