package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code git log} in the form of {@link #FORMAT}, every field ended by a NUL byte, which no field can contain.
 *
 * <p>Co-authors are taken from anywhere in the message, not only from its last paragraph: a trailer put where git's
 * own trailer parser doesn't look must not hide an author.
 */
final class LogParser {

    private static final String FIELDS = "%m%x00%H%x00%ct%x00%an%x00%ae%x00%cn%x00%ce%x00%B";

    /** The fields: mark, id, commit time, author, committer, message. Raw names, without {@code .mailmap}. */
    static final String FORMAT = "--format=tformat:" + FIELDS;

    /** The same, after the parents' object names. */
    static final String FORMAT_WITH_PARENTS = "--format=tformat:%P%x00" + FIELDS;

    /** Possessive and bounded by the line, so it runs in linear time. */
    private static final Pattern CO_AUTHOR =
            Pattern.compile("(?im)^[ \\t]*+co-authored-by[ \\t]*+:[ \\t]*+([^<\\r\\n]*+)(?:<([^>\\r\\n]*+)>)?");

    private LogParser() {}

    /**
     * The history between two commits.
     *
     * @param commits as many as are listed
     * @param people as many as are listed
     * @param whole whether that is all, and every message was looked at to its end
     * @param cut whether the clone ends within the history
     */
    record History(List<Commit> commits, List<Person> people, boolean whole, boolean cut) {}

    /**
     * A commit, whether its message was looked at to its end, and its parents.
     *
     * @param parents full object names; empty if they were not asked for
     */
    record Entry(Commit commit, boolean whole, List<String> parents) {}

    /**
     * @param shallow the commits at which a shallow clone ends: if one of them is in the history, it is cut off there
     * @throws IOException if the output is not of the expected form
     */
    static History parse(InputStream stdout, Limits limits, Set<String> shallow) throws IOException {
        Tokens tokens = new Tokens(stdout, limits.message());
        Collected collected = new Collected(limits, shallow);
        for (String mark = tokens.next(); mark != null; mark = tokens.next()) {
            Commit commit = commit(mark, tokens);
            collected.add(new Entry(commit, !tokens.cut(), List.of()));
        }
        return collected.history();
    }

    /**
     * Reads the form of {@link #FORMAT_WITH_PARENTS}.
     *
     * @return the commits by object name, in git's order
     * @throws IOException if the output is not of the expected form
     */
    static Map<String, Entry> parseWithParents(InputStream stdout, Limits limits) throws IOException {
        Tokens tokens = new Tokens(stdout, limits.message());
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (String parents = tokens.next(); parents != null; parents = tokens.next()) {
            boolean whole = !tokens.cut();
            Commit commit = commit(tokens.require(), tokens);
            List<String> names = parents.isEmpty() ? List.of() : List.of(parents.split(" "));
            entries.put(commit.id(), new Entry(commit, whole && !tokens.cut(), names));
        }
        return entries;
    }

    /** A history that is put together commit by commit, within the limits. Not thread-safe. */
    static final class Collected {
        private final Limits limits;
        private final Set<String> shallow;
        private final List<Commit> commits = new ArrayList<>();
        private final Map<Person, Person> people = new LinkedHashMap<>();
        private boolean whole = true;
        private boolean cut;

        Collected(Limits limits, Set<String> shallow) {
            this.limits = limits;
            this.shallow = shallow;
        }

        void add(Entry entry) {
            Commit commit = entry.commit();
            whole = whole && entry.whole();
            cut = cut || shallow.contains(commit.id());
            if (commits.size() < limits.commits()) {
                commits.add(commit);
            } else {
                whole = false;
            }
            for (Person person : commit.people()) {
                if (people.size() < limits.people() || people.containsKey(person)) {
                    people.put(person, person);
                } else {
                    whole = false;
                }
            }
        }

        History history() {
            return new History(commits, new ArrayList<>(people.keySet()), whole, cut);
        }
    }

    private static Commit commit(String mark, Tokens tokens) throws IOException {
        String id = tokens.require();
        long committed = seconds(tokens.require());
        Person author = new Person(Tokens.text(tokens.require()), Tokens.text(tokens.require()));
        Person committer = new Person(Tokens.text(tokens.require()), Tokens.text(tokens.require()));
        String message = Tokens.text(tokens.require());
        List<Person> coAuthors = coAuthors(message);
        String subject = message.lines().findFirst().orElse("");
        return new Commit(id, mark.equals("<"), committed, author, committer, coAuthors, subject);
    }

    /** Returns everybody named by a {@code Co-authored-by} line. */
    static List<Person> coAuthors(String message) {
        List<Person> coAuthors = new ArrayList<>();
        Matcher matcher = CO_AUTHOR.matcher(message);
        while (matcher.find()) {
            String email = matcher.group(2) == null ? "" : matcher.group(2).strip();
            coAuthors.add(new Person(matcher.group(1).strip(), email));
        }
        return coAuthors;
    }

    static long seconds(String field) throws IOException {
        try {
            return Long.parseLong(field);
        } catch (NumberFormatException e) {
            throw new IOException("Not a commit time: " + Tokens.text(field), e);
        }
    }
}
