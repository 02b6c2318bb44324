package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerProxy;

/**
 * The policies by which one change was judged, by the hashes of their texts. Any other hash leads nowhere, whether such
 * a text is kept or not: who may see one change learns nothing of the policies of others.
 */
@Restricted(NoExternalUse.class)
public final class AppliedPolicies implements StaplerProxy {

    private final ChangePage page;
    private final ChangeStore store;
    private final List<Judgement.Applied> policies;

    AppliedPolicies(ChangePage page, ChangeStore store, List<Judgement.Applied> policies) {
        this.page = page;
        this.store = store;
        this.policies = policies;
    }

    /** Called by Stapler. */
    @Override
    public Object getTarget() {
        page.getObject().checkPermission(ChangePermissions.VIEW);
        return this;
    }

    /** Called by Stapler for {@code …/policy/HASH/}. */
    public AppliedPolicyPage getDynamic(String version) {
        List<Judgement.Applied> same = policies.stream()
                .filter(applied -> applied.version().equals(version))
                .toList();
        return same.isEmpty() ? null : new AppliedPolicyPage(page, store, same);
    }
}
