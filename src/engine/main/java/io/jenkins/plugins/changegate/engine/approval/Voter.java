package io.jenkins.plugins.changegate.engine.approval;

import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Somebody who wants to vote, as they are at that moment.
 *
 * @param id the user's id in Jenkins
 * @param name the name shown to people
 * @param mail the user's mail address; empty if not known
 * @param groups the groups that the security realm puts the user in
 * @param approver whether the user holds Change/Approve on the job
 * @param absent those who are absent now and have named this user as their deputy
 */
public record Voter(String id, String name, String mail, Set<String> groups, boolean approver, List<Voter> absent) {

    public Voter {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(mail, "mail");
        groups = Set.copyOf(groups);
        absent = List.copyOf(absent);
    }

    /** Somebody who is nobody's deputy. */
    public Voter(String id, String name, String mail, Set<String> groups, boolean approver) {
        this(id, name, mail, groups, approver, List.of());
    }

    /**
     * Whether this voter counts towards a requirement.
     *
     * @param sameUser whether two user ids are the same, as the security realm sees it
     * @param sameGroup whether two group names are the same, as the security realm sees it
     */
    public boolean serves(
            Requirement requirement, BiPredicate<String, String> sameUser, BiPredicate<String, String> sameGroup) {
        for (Principal principal : requirement.from()) {
            boolean served =
                    switch (principal.kind()) {
                        case USER -> !id.isEmpty() && sameUser.test(principal.name(), id);
                        case GROUP -> groups.stream().anyMatch(group -> sameGroup.test(principal.name(), group));
                        case APPROVER -> approver;
                    };
            if (served) {
                return true;
            }
        }
        return false;
    }
}
