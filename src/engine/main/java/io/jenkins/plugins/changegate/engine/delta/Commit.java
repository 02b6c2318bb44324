package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One commit between base and head.
 *
 * @param id the full object name
 * @param undone true when the commit is in base but not in head: deploying head takes it back
 * @param committed when it was committed, in seconds since 1970 UTC
 * @param author who wrote it
 * @param committer who committed it
 * @param coAuthors everybody named by a {@code Co-authored-by} line anywhere in the message
 * @param subject the first line of the message, cut at {@value #SUBJECT_LIMIT} characters
 */
public record Commit(
        String id,
        boolean undone,
        long committed,
        Person author,
        Person committer,
        List<Person> coAuthors,
        String subject)
        implements Serializable {

    /** Longest subject kept, in characters. */
    public static final int SUBJECT_LIMIT = 200;

    public Commit {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(committer, "committer");
        coAuthors = List.copyOf(coAuthors);
        subject = subject.length() > SUBJECT_LIMIT ? subject.substring(0, end(subject)) : subject;
    }

    /** Half a character would be none, and not survive being written. */
    private static int end(String subject) {
        return Character.isHighSurrogate(subject.charAt(SUBJECT_LIMIT - 1)) ? SUBJECT_LIMIT - 1 : SUBJECT_LIMIT;
    }

    /** Returns everybody who had a part in it. */
    public List<Person> people() {
        List<Person> people = new ArrayList<>(coAuthors);
        people.add(author);
        people.add(committer);
        return people.stream().distinct().toList();
    }
}
