package io.jenkins.plugins.changegate.config;

import hudson.ExtensionList;
import hudson.model.Job;
import io.jenkins.plugins.changegate.config.OrganisationPolicy.Standing;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/**
 * Policies that apply to a job's changes.
 *
 * @param policies those that could be read
 * @param gaps those that could not
 */
public record Policies(List<Policy> policies, List<Gap> gaps) {

    /** None apply. */
    public static final Policies NONE = new Policies(List.of(), List.of());

    public Policies {
        policies = List.copyOf(policies);
        gaps = List.copyOf(gaps);
    }

    /**
     * Returns the organisation's and those of the layers below it, down to the repository's, which is not among them.
     *
     * @param wait whether calendars may be read now, which takes as long as the network takes
     */
    static Policies above(Standing organisation, Job<?, ?> job, boolean wait) {
        List<Policy> policies = new ArrayList<>(organisation.policy().stream().toList());
        List<Gap> gaps = new ArrayList<>();
        if (policies.isEmpty()) {
            String why = organisation.problem().map(KeptPolicy.Problem::message).orElse("");
            gaps.add(unreadable("The organisation's policy cannot be read: " + why));
        }
        for (PolicyLayer layer : ExtensionList.lookup(PolicyLayer.class)) {
            try {
                Policies found = layer.of(job);
                policies.addAll(found.policies());
                gaps.addAll(found.gaps());
            } catch (RuntimeException e) {
                gaps.add(unreadable("Policies of " + job.getFullName() + " cannot be read: " + e));
            }
        }
        policies.replaceAll(policy -> CalendarAddresses.now(policy, wait));
        return new Policies(policies, gaps);
    }

    private static Gap unreadable(String words) {
        return new Gap(Gap.Kind.POLICY_UNREADABLE, words);
    }
}
