package io.jenkins.plugins.changegate.engine.text;

import java.util.List;
import java.util.stream.Collectors;

/** A policy that cannot be used; the message names every mistake with its place and its cure. */
public final class PolicyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String source;
    private final transient List<Mistake> mistakes;
    private final boolean more;

    /**
     * @param source what was read
     * @param mistakes at least one, by their place
     * @param more whether there are more than these
     */
    PolicyException(String source, List<Mistake> mistakes, boolean more, Throwable cause) {
        super(
                mistakes.stream().map(mistake -> source + ":" + mistake).collect(Collectors.joining("\n"))
                        + (more ? "\n" + source + ": There are more mistakes than these " + mistakes.size() : ""),
                cause);
        this.source = source;
        this.mistakes = List.copyOf(mistakes);
        this.more = more;
    }

    /** Returns the mistakes by their place: at least one, at most 100. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    /** Whether there are more mistakes than those that are listed. */
    public boolean hasMore() {
        return more;
    }

    /** Returns the first mistake with its source and place, and how many others there are, in one line. */
    public String brief() {
        int others = mistakes.size() - 1;
        return source + ":" + mistakes.get(0)
                + (others == 0 ? "" : " (and " + (more ? "more than " : "") + others + " more)");
    }

    /** Returns the line of the first mistake, from 1. */
    public int line() {
        return mistakes.get(0).line();
    }

    /** Returns the column of the first mistake, from 1. */
    public int column() {
        return mistakes.get(0).column();
    }
}
