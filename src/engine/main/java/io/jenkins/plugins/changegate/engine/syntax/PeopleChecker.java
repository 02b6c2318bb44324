package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.text.Pointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     */
    PeopleChecker(PolicySource source, Layer layer, Map<String, List<Text>> written) {
        this.source = source;
        this.groupsMove = layer.mayLoosen();
        this.groups = groups(written);
    }

    /** Returns the groups, by name. */
    Map<String, Set<Principal>> groups() {
        return groups;
    }

    private Map<String, Set<Principal>> groups(Map<String, List<Text>> written) {
        Map<String, Set<Principal>> all = new HashMap<>();
        written.forEach((name, names) -> {
            if (isWritten(names, Pointer.to("/groups", name), "The group '" + name + "' has no members")) {
                Set<Principal> members = new LinkedHashSet<>();
                names.stream().filter(Objects::nonNull).forEach(text -> members.addAll(principal(text)));
                all.put(name, members);
            }
        });
        return all;
    }

    private boolean isWritten(List<Text> names, String path, String otherwise) {
        if (names != null && names.isEmpty()) {
            source.mistake(path, otherwise);
        }
        return names != null && !names.isEmpty();
    }

    /**
     * People whom a policy names in one place.
     *
     * @param who how they are called, for people
     * @param principals who they are; empty only after a mistake
     */
    record Named(String who, Set<Principal> principals) {}

    private static final Named NOBODY = new Named("", Set.of());

    /**
     * Returns those who are named, all together; nobody if none of the names can be read.
     *
     * @param path where the names stand; written, but empty is a mistake
     */
    Named named(List<Text> names, String path) {
        if (names.isEmpty()) {
            source.mistake(path, "Nobody is named here: write a name, or leave '" + Pointer.last(path) + "' out");
        }
        Set<Principal> all = new LinkedHashSet<>();
        List<String> words = new ArrayList<>();
        for (Text name : names) {
            Named one = named(name);
            all.addAll(one.principals());
            words.add(one.who());
        }
        return new Named(String.join(", ", words), all);
    }

    /**
     * Returns whom one name means: the members of a group of this policy, or else whoever is called so in Jenkins.
     *
     * @param text null if it is left out
     */
    Named named(Text text) {
        if (text == null) {
            return NOBODY;
        }
        String name = text.value();
        boolean fewEnough = count <= MOST_NAMED;
        count += groups.getOrDefault(name, Set.of()).size() + 1;
        if (count > MOST_NAMED) {
            if (fewEnough) {
                source.mistake(
                        text,
                        "This policy asks more than " + MOST_NAMED + " people, counting every member of its groups each"
                                + " time: use a group in Jenkins");
            }
            return NOBODY;
        }
        Set<Principal> members = new LinkedHashSet<>();
        if (groups.containsKey(name)) {
            groups.get(name).forEach(member -> members.add(groupsMove ? member.in(name) : member));
        } else {
            members.addAll(principal(text));
        }
        return new Named(name.replaceFirst("^(user|group):", ""), members);
    }

    private Set<Principal> principal(Text text) {
        Principal principal = Principal.parse(text.value());
        if (principal.name().isEmpty()) {
            source.mistake(text, "A name is missing: write 'user:id' or the name of a group");
            return Set.of();
        }
        return Set.of(principal);
    }

    /** Returns by user id the mail addresses and names by which the user writes commits. */
    Map<String, Set<String>> identities(Map<String, List<Text>> written) {
        Map<String, Set<String>> identities = new TreeMap<>();
        written.forEach((key, names) -> {
            String path = Pointer.to("/identities", key);
            String user = key.strip();
            // Taken as an id it would name nobody, and an author would pass for somebody else.
            if (user.isEmpty() || user.startsWith("user:") || user.startsWith("group:")) {
                source.mistake(path, "'" + user + "' is no user: write the id alone, as in 'dana: [...]'");
            } else if (isWritten(
                    names, path, "The user '" + user + "' has no identities: write mail addresses or names")) {
                Set<String> own = new LinkedHashSet<>(identities.getOrDefault(user, Set.of()));
                names.stream().filter(Objects::nonNull).forEach(name -> own.addAll(identity(name)));
                identities.put(user, Set.copyOf(own));
            }
        });
        return identities;
    }

    private Set<String> identity(Text name) {
        if (Text.isBlank(name)) {
            source.mistake(name, "An identity is missing: write a mail address or a name");
            return Set.of();
        }
        return Set.of(name.value().strip());
    }
}
