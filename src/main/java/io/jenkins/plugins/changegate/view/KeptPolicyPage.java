package io.jenkins.plugins.changegate.view;

import hudson.model.ModelObject;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The text of a policy by which a change on record was judged. What it is today, the page of its build tells. */
@Restricted(NoExternalUse.class)
public final class KeptPolicyPage implements ModelObject {

    private final String id;
    private final ChangeStore store;
    private final List<Judgement.Applied> applied;

    /**
     * @param id the change's
     * @param applied at least one; all have the same text
     */
    KeptPolicyPage(String id, ChangeStore store, List<Judgement.Applied> applied) {
        this.id = id;
        this.store = store;
        this.applied = List.copyOf(applied);
    }

    @Override
    public String getDisplayName() {
        return Messages.AppliedPolicyPage_displayName(
                Visible.abbreviated(applied.get(0).version()));
    }

    public String getId() {
        return id;
    }

    /** Returns as which policies the change was judged by this text. */
    public List<AppliedPolicy> getPolicies() {
        return applied.stream().map(AppliedPolicy::new).toList();
    }

    /** Returns its text; {@code null} if it is no longer at hand. */
    public SourceView getText() {
        return AppliedPolicyPage.text(store, applied.get(0).version())
                .map(SourceView::new)
                .orElse(null);
    }
}
