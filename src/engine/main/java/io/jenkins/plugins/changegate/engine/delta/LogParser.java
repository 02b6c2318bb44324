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

    /** Longest name or mail address of a person that is kept, in characters; a longer one is nobody's. */
    private static final int PERSON_LIMIT = 1_000;

    private LogParser() {}

    /**
     * The history between two commits.
     *
     * @param commits as many as are listed
     * @param people as many as are listed
     * @param whole whether that is all, and every message and name was looked at to its end
     * @param cut whether the clone ends within the history
     */
    record History(List<Commit> commits, List<Person> people, boolean whole, boolean cut) {}

    /**
     * A commit, whether its message and its people's names were looked at to their ends, and its parents.
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
            collected.add(entry(mark, tokens, List.of()));
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
            List<String> names = parents.isEmpty() ? List.of() : List.of(parents.split(" "));
            Entry entry = entry(tokens.require(), tokens, names);
            entries.put(entry.commit().id(), new Entry(entry.commit(), whole && entry.whole(), names));
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
        private int coAuthors;

        Collected(Limits limits, Set<String> shallow) {
            this.limits = limits;
            this.shallow = shallow;
        }

        void add(Entry entry) {
            Commit commit = entry.commit();
            whole = whole && entry.whole();
            cut = cut || shallow.contains(commit.id());
            coAuthors += commit.coAuthors().size();
            // Each commit lists its own, so they count here even if everybody is among the people already.
            if (commits.size() < limits.commits() && coAuthors <= limits.people()) {
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

    private static Entry entry(String mark, Tokens tokens, List<String> parents) throws IOException {
        String id = tokens.require();
        long committed = seconds(tokens.require());
        String[] people = new String[4];
        boolean whole = true;
        for (int i = 0; i < people.length; i++) {
            String field = Tokens.text(tokens.require());
            whole &= !tokens.cut() && field.length() <= PERSON_LIMIT;
            people[i] = kept(field);
        }
        String message = Tokens.text(tokens.require());
        List<Person> coAuthors = coAuthors(message);
        whole &= !tokens.cut()
                && coAuthors.stream()
                        .allMatch(person -> person.name().length() < PERSON_LIMIT
                                && person.email().length() < PERSON_LIMIT);
        Commit commit = new Commit(
                id,
                mark.equals("<"),
                committed,
                new Person(people[0], people[1]),
                new Person(people[2], people[3]),
                coAuthors,
                message.lines().findFirst().orElse(""));
        return new Entry(commit, whole, parents);
    }

    private static String kept(String field) {
        return field.length() > PERSON_LIMIT ? field.substring(0, PERSON_LIMIT) : field;
    }

    /** Returns everybody named by a {@code Co-authored-by} line, cut at {@link #PERSON_LIMIT}. */
    static List<Person> coAuthors(String message) {
        List<Person> coAuthors = new ArrayList<>();
        Matcher matcher = CO_AUTHOR.matcher(message);
        while (matcher.find()) {
            String email = matcher.group(2) == null ? "" : matcher.group(2).strip();
            coAuthors.add(new Person(kept(matcher.group(1).strip()), kept(email)));
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
