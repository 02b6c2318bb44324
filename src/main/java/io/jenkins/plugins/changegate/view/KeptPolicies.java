package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerProxy;

/**
 * The policies by which a change on record was judged, by the hashes of their texts. Any other hash leads nowhere. Reached
 * only through {@link KeptChangePage}.
 */
@Restricted(NoExternalUse.class)
public final class KeptPolicies implements StaplerProxy {

    private final String id;
    private final ChangeStore store;
    private final List<Judgement.Applied> policies;

    KeptPolicies(String id, ChangeStore store, List<Judgement.Applied> policies) {
        this.id = id;
        this.store = store;
        this.policies = policies;
    }

    /** Called by Stapler, which leads to nothing that it does not know to be a page. */
    @Override
    public Object getTarget() {
        return this;
    }

    /** Called by Stapler for {@code …/policy/HASH/}. */
    public KeptPolicyPage getDynamic(String version) {
        List<Judgement.Applied> same = policies.stream()
                .filter(applied -> applied.version().equals(version))
                .toList();
        return same.isEmpty() ? null : new KeptPolicyPage(id, store, same);
    }
}
