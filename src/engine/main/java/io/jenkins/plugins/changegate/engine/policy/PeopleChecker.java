package io.jenkins.plugins.changegate.engine.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks whom a policy names: its groups, the people it asks, and by what they write commits. For one policy; not
 * thread-safe.
 */
final class PeopleChecker {

    /** So many times may a policy name somebody, or one of its groups a member: a large group is kept for each use. */
    private static final int MOST_NAMED = 50_000;

    private final PolicySource source;
    private final boolean groupsMove;
    private final Map<String, Set<Principal>> groups;
    private int count;

    /**
     * @param layer whose policy it is: who is in a repository's groups is fixed by the commit, and who is in those of a
     *     higher layer is asked again when a vote comes
     * @param written the policy's groups
     * @throws PolicyException if a group has no members, or a member no name
     */
    PeopleChecker(PolicySource source, Layer layer, Map<String, List<Text>> written) throws PolicyException {
        this.source = source;
        this.groupsMove = layer.mayLoosen();
        this.groups = groups(written);
    }

    /** Returns the groups, by name. */
    Map<String, Set<Principal>> groups() {
        return groups;
    }

    private Map<String, Set<Principal>> groups(Map<String, List<Text>> written) throws PolicyException {
        Map<String, Set<Principal>> all = new HashMap<>();
        for (Map.Entry<String, List<Text>> entry : written.entrySet()) {
            Set<Principal> members = new LinkedHashSet<>();
            String path = "/groups/" + entry.getKey();
            List<Text> names = entry.getValue() == null ? List.of() : entry.getValue();
            for (int i = 0; i < names.size(); i++) {
                members.add(principal(source.written(names.get(i), path + "/" + i)));
            }
            if (members.isEmpty()) {
                throw source.mistake(path, "The group '" + entry.getKey() + "' has no members");
            }
            all.put(entry.getKey(), members);
        }
        return all;
    }

    /**
     * People whom a policy names in one place.
     *
     * @param who how they are called, for people
     * @param principals who they are; never empty
     */
    record Named(String who, Set<Principal> principals) {}

    /**
     * Returns those who are named, all together.
     *
     * @param names at least one
     * @param path where the names stand
     * @throws PolicyException if one of them is missing
     */
    Named named(List<Text> names, String path) throws PolicyException {
        Set<Principal> all = new LinkedHashSet<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Named one = named(names.get(i), path + "/" + i);
            all.addAll(one.principals());
            words.add(one.who());
        }
        return new Named(String.join(", ", words), all);
    }

    /** Returns whom one name means: the members of a group of this policy, or else whoever is called so in Jenkins. */
    Named named(Text text, String path) throws PolicyException {
        String name = source.written(text, path).value();
        count += groups.getOrDefault(name, Set.of()).size() + 1;
        if (count > MOST_NAMED) {
            throw source.mistake(
                    text,
                    "This policy asks more than " + MOST_NAMED + " people, counting every member of its groups each"
                            + " time: use a group in Jenkins");
        }
        Set<Principal> members = new LinkedHashSet<>();
        if (groups.containsKey(name)) {
            groups.get(name).forEach(member -> members.add(groupsMove ? member.in(name) : member));
        } else {
            members.add(principal(text));
        }
        return new Named(name.replaceFirst("^(user|group):", ""), members);
    }

    private Principal principal(Text text) throws PolicyException {
        Principal principal = Principal.parse(text.value());
        if (principal.name().isEmpty()) {
            throw source.mistake(text, "A name is missing: write 'user:id' or the name of a group");
        }
        return principal;
    }

    /**
     * Returns by user id the mail addresses and names by which the user writes commits.
     *
     * @throws PolicyException if a user has no id, or nothing is written for one
     */
    Map<String, Set<String>> identities(Map<String, List<Text>> written) throws PolicyException {
        Map<String, Set<String>> identities = new TreeMap<>();
        for (Map.Entry<String, List<Text>> entry : written.entrySet()) {
            String path = "/identities/" + entry.getKey();
            String user = entry.getKey().strip();
            // Taken as an id it would name nobody, and an author would pass for somebody else.
            if (user.isEmpty() || user.startsWith("user:") || user.startsWith("group:")) {
                throw source.mistake(path, "'" + user + "' is no user: write the id alone, as in 'dana: [...]'");
            }
            List<Text> names = entry.getValue() == null ? List.of() : entry.getValue();
            if (names.isEmpty()) {
                throw source.mistake(path, "The user '" + user + "' has no identities: write mail addresses or names");
            }
            Set<String> own = new LinkedHashSet<>(identities.getOrDefault(user, Set.of()));
            for (int i = 0; i < names.size(); i++) {
                Text name = source.written(names.get(i), path + "/" + i);
                if (name.value().isBlank()) {
                    throw source.mistake(name, "An identity is missing: write a mail address or a name");
                }
                own.add(name.value().strip());
            }
            identities.put(user, Set.copyOf(own));
        }
        return identities;
    }
}
