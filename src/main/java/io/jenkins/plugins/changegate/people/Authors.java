package io.jenkins.plugins.changegate.people;

import hudson.model.User;
import io.jenkins.plugins.changegate.engine.approval.Separation;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.springframework.security.core.AuthenticationException;

/**
 * Which authors are users. An author is known if {@link Separation#same} says so of some user whom the security realm
 * knows: Jenkins also keeps users whom it has seen in a change log only, and those are authors again.
 *
 * <p>Both are put into tables by mail address, id and name first, since there may be many of either; what is found there
 * is judged by {@link Separation#same}. Not thread-safe.
 */
public final class Authors {

    private final Separation separation;

    /** Those who are not known yet, without doubles, in the order of the record. */
    private final Map<Person, Person> open = new LinkedHashMap<>();

    private final Map<String, List<Person>> byMail = new HashMap<>();
    private final Map<String, List<Person>> byName = new HashMap<>();

    /** By the id of a user: whom the identities say that user is. */
    private final Map<String, List<Person>> byIdentity = new HashMap<>();

    private Authors(Separation separation) {
        this.separation = separation;
        for (Person author : separation.authors()) {
            Person plain = new Person(fold(author.name().trim()), author.mailKey());
            if (open.putIfAbsent(plain, author) == null) {
                put(byMail, plain.email(), plain);
                put(byMail, localPart(plain.email()), plain);
                put(byName, plain.name(), plain);
            }
        }
        Map<String, List<Person>> byEither = new HashMap<>();
        for (Person plain : open.keySet()) {
            put(byEither, fold(plain.email()), plain);
            put(byEither, plain.name(), plain);
        }
        separation
                .identities()
                .forEach((id, identities) ->
                        identities.forEach(identity -> byEither.getOrDefault(fold(identity.trim()), List.of())
                                .forEach(plain -> put(byIdentity, fold(id), plain))));
    }

    /**
     * Returns the authors of a change of whom it is not known which user of this Jenkins they are, without doubles.
     * Asks the security realm about users who may be one of them; one whom it cannot tell about is not known.
     */
    public static List<Person> unknown(ChangeRecord record) {
        return unknown(Voters.certain(record));
    }

    static List<Person> unknown(Separation separation) {
        Authors authors = new Authors(separation);
        for (User user : authors.open.isEmpty() ? List.<User>of() : User.getAll()) {
            authors.meet(user);
        }
        authors.meetThoseWhoNeverCame();
        return List.copyOf(authors.open.values());
    }

    private void meet(User user) {
        Voter voter = new Voter(user.getId(), user.getFullName(), Voters.mail(user), Set.of(), false);
        List<Person> found = Stream.of(
                        byMail.get(lower(voter.mail().trim())),
                        byMail.get(lower(voter.id())),
                        byName.get(fold(voter.name())),
                        byName.get(fold(voter.id())),
                        byIdentity.get(fold(voter.id())))
                .filter(list -> list != null)
                .flatMap(List::stream)
                .filter(open::containsKey)
                .filter(plain -> separation.same(open.get(plain), voter))
                .toList();
        if (!found.isEmpty() && exists(user)) {
            open.keySet().removeAll(found);
        }
    }

    private static boolean exists(User user) {
        try {
            return Voters.account(user).isPresent();
        } catch (AuthenticationException e) {
            return false;
        }
    }

    /** Somebody whom the identities name may be known to the realm, but not have logged in to this Jenkins yet. */
    private void meetThoseWhoNeverCame() {
        for (String id : separation.identities().keySet()) {
            List<Person> claimed = byIdentity.getOrDefault(fold(id), List.of());
            if (claimed.stream().anyMatch(open::containsKey) && User.getById(id, false) == null && exists(id)) {
                open.keySet().removeAll(claimed);
            }
        }
    }

    private static boolean exists(String id) {
        try {
            return Jenkins.get().getSecurityRealm().loadUserByUsername2(id) != null;
        } catch (AuthenticationException e) {
            return false;
        }
    }

    private static void put(Map<String, List<Person>> map, String key, Person person) {
        if (!key.isEmpty()) {
            map.computeIfAbsent(key, k -> new ArrayList<>()).add(person);
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Returns the same text for all that {@link String#equalsIgnoreCase} takes as equal. */
    private static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }

    /** The same part of a mail address by which {@link Separation#same} knows a user. */
    private static String localPart(String mail) {
        return mail.substring(0, Math.max(0, mail.indexOf('@'))).replaceFirst("^\\d++\\+", "");
    }
}
