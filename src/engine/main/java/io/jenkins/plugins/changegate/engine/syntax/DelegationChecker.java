package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.policy.Delegation;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.DelegationEntry;
import io.jenkins.plugins.changegate.engine.text.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks what a policy lets the layers below it do. */
final class DelegationChecker {

    /** So many points may lower layers take away, as they are written. */
    static final int MOST_POINTS = -100;

    private final PolicySource source;

    DelegationChecker(PolicySource source) {
        this.source = source;
    }

    /** Returns what is delegated; what delegates nothing, or more points than there are, is a mistake. */
    List<Delegation> delegations(Layer layer, List<DelegationEntry> written) {
        List<Delegation> delegations = new ArrayList<>();
        if (layer.kind() == Layer.Kind.REPOSITORY && !written.isEmpty()) {
            source.mistake("/delegates/0", "There is no layer below a repository to which it could delegate");
            return delegations;
        }
        for (int i = 0; i < written.size(); i++) {
            if (written.get(i) != null) {
                delegations.add(delegation(written.get(i), Pointer.to("/delegates", i)));
            }
        }
        return delegations;
    }

    private Delegation delegation(DelegationEntry entry, String path) {
        int risk = entry.risk() == null ? 0 : entry.risk();
        if (risk > 0 || risk < MOST_POINTS) {
            source.mistake(
                    path + "/risk",
                    "Lower layers may add points anyway; write how many they may take away, " + MOST_POINTS
                            + " to 0, not " + risk);
        }
        if (entry.environments() != null && entry.environments().isEmpty()) {
            source.mistake(path + "/environments", "No environment is named here: name one, or leave this out for all");
        }
        Delegation delegation = new Delegation(
                entry.to() == null ? "" : entry.to().value().strip().replaceAll("^/+|/+$", ""),
                environments(entry),
                Optional.ofNullable(entry.passUpTo()),
                -risk,
                Boolean.TRUE.equals(entry.safe()),
                Boolean.TRUE.equals(entry.models()),
                Boolean.TRUE.equals(entry.escalate()),
                entry.approvals().stream().filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet()));
        if (delegation.isEmpty()
                && source.isWhole(path)
                && entry.approvals().stream().noneMatch(Objects::isNull)) {
            source.mistake(path, "This delegates nothing: add pass-up-to, risk, safe, models, escalate or approvals");
        }
        return delegation;
    }

    private static Set<String> environments(DelegationEntry entry) {
        List<Text> names = entry.environments() == null ? List.of() : entry.environments();
        return names.stream().filter(Objects::nonNull).map(Text::value).collect(Collectors.toUnmodifiableSet());
    }
}
