package io.jenkins.plugins.changegate.engine.approval;

import io.jenkins.plugins.changegate.engine.delta.Person;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Separation of duties: whoever started the run, or wrote, committed or co-wrote a commit of the change, may not
 * approve it.
 *
 * <p>An author is the same as a user if the mail addresses are equal, or the user's id is the author's address or its
 * local part, or the names are equal, or the identities say so. That may turn away somebody who merely has the
 * author's name; the other mistake would be worse.
 *
 * @param starters the ids of the users who started the run; several clicks can start one run
 * @param authors everybody who had a part in the change
 * @param identities by user id: further mail addresses and names by which the user writes commits
 */
public record Separation(Set<String> starters, List<Person> authors, Map<String, Set<String>> identities) {

    public Separation {
        starters = Set.copyOf(starters);
        authors = List.copyOf(authors);
        identities = Map.copyOf(identities);
    }

    /**
     * At most one user started the run, and nobody writes commits by other names.
     *
     * @param starter the id of the user; empty if nobody did
     */
    public Separation(String starter, List<Person> authors) {
        this(starter, authors, Map.of());
    }

    /** At most one user started the run. */
    public Separation(String starter, List<Person> authors, Map<String, Set<String>> identities) {
        this(starter.isEmpty() ? Set.of() : Set.of(starter), authors, identities);
    }

    /** Returns why this person may not approve, if so. */
    public Optional<String> excludes(Voter voter) {
        if (starters.stream().anyMatch(voter.id()::equalsIgnoreCase)) {
            return Optional.of("You started this run, so somebody else has to approve it.");
        }
        Set<String> others = identities(voter);
        return authors.stream()
                .filter(author -> same(author, voter, others))
                .findFirst()
                .map(author -> "You are an author of this change (" + author.display()
                        + "), so somebody else has to approve it.");
    }

    /** Whether an author is this user. */
    public boolean same(Person author, Voter voter) {
        return same(author, voter, identities(voter));
    }

    private static boolean same(Person author, Voter voter, Set<String> others) {
        String mail = author.mailKey();
        String id = voter.id().toLowerCase(Locale.ROOT);
        boolean byMail = !mail.isEmpty()
                && (mail.equals(voter.mail().trim().toLowerCase(Locale.ROOT))
                        || mail.equals(id)
                        || localPart(mail).equals(id));
        String name = author.name().trim();
        boolean byName = !name.isEmpty() && (name.equalsIgnoreCase(voter.name()) || name.equalsIgnoreCase(voter.id()));
        return byMail || byName || others.contains(mail) || others.contains(name);
    }

    /** Returns by what else a user writes commits, whatever the case of the letters; nothing of it is empty. */
    private Set<String> identities(Voter voter) {
        Set<String> others = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        identities.forEach((user, names) -> {
            if (user.equalsIgnoreCase(voter.id())) {
                names.stream().map(String::trim).filter(name -> !name.isEmpty()).forEach(others::add);
            }
        });
        return others;
    }

    /** Returns what stands before the {@code @}, without the number that some hosts put before a user's name. */
    private static String localPart(String mail) {
        return mail.substring(0, Math.max(0, mail.indexOf('@'))).replaceFirst("^\\d++\\+", "");
    }
}
