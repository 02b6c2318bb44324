package io.jenkins.plugins.changegate.engine.schedule;

/** Times that cannot be used; the message says which part is wrong and what is possible. */
public final class ScheduleException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Longest message, in characters: it may repeat what was written. */
    private static final int LONGEST = 500;

    private final String part;
    private final String mistake;

    /**
     * @param part which part is wrong: a key of a policy as in {@code from}, or a line of a calendar as in
     *     {@code line 7, DTSTART}
     * @param mistake what is wrong with it and what is possible
     */
    ScheduleException(String part, String mistake) {
        super(cut(part + ": " + mistake));
        this.part = part;
        this.mistake = cut(mistake);
    }

    /** Returns which part is wrong: a key of a policy, or a line of a calendar. */
    public String part() {
        return part;
    }

    /** Returns what is wrong and what is possible, without the part. */
    public String mistake() {
        return mistake;
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
