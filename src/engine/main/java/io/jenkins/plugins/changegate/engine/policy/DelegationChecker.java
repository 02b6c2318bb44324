package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.policy.PolicyFile.DelegationEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what a policy lets the layers below it do. */
final class DelegationChecker {

    private final PolicySource source;

    DelegationChecker(PolicySource source) {
        this.source = source;
    }

    /**
     * @throws PolicyException if an entry delegates nothing, or more points than there are
     */
    List<Delegation> delegations(Layer layer, List<DelegationEntry> written) throws PolicyException {
        List<Delegation> delegations = new ArrayList<>();
        for (DelegationEntry entry : written) {
            String path = "/delegates/" + delegations.size();
            if (layer.kind() == Layer.Kind.REPOSITORY) {
                throw source.mistake(path, "There is no layer below a repository to which it could delegate");
            }
            delegations.add(delegation(source.written(entry, path), path));
        }
        return delegations;
    }

    private Delegation delegation(DelegationEntry entry, String path) throws PolicyException {
        int risk = entry.risk() == null ? 0 : entry.risk();
        if (risk > 0 || risk < -100) {
            throw source.mistake(
                    path + "/risk",
                    "Lower layers may add points anyway; write how many they may take away, -100 to 0, not " + risk);
        }
        Set<String> environments = new LinkedHashSet<>();
        for (int i = 0; i < entry.environments().size(); i++) {
            environments.add(source.written(entry.environments().get(i), path + "/environments/" + i)
                    .value());
        }
        Delegation delegation = new Delegation(
                entry.to() == null ? "" : entry.to().value().strip().replaceAll("^/+|/+$", ""),
                environments,
                Optional.ofNullable(entry.passUpTo()),
                -risk,
                Boolean.TRUE.equals(entry.safe()),
                Boolean.TRUE.equals(entry.models()),
                Boolean.TRUE.equals(entry.escalate()),
                Set.copyOf(entry.approvals()));
        if (delegation.isEmpty()) {
            throw source.mistake(
                    path, "This delegates nothing: add pass-up-to, risk, safe, models, escalate or approvals");
        }
        return delegation;
    }
}
