package io.jenkins.plugins.changegate.view;

import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The text of a policy by which a change was judged, and what is different today. */
@Restricted(NoExternalUse.class)
public final class AppliedPolicyPage implements ModelObject {

    private static final Logger LOGGER = Logger.getLogger(AppliedPolicyPage.class.getName());

    private final ChangePage page;
    private final List<Judgement.Applied> applied;
    private final Optional<String> text;
    private final Optional<PolicyText> today;

    /**
     * @param applied at least one; all have the same text
     */
    AppliedPolicyPage(ChangePage page, ChangeStore store, List<Judgement.Applied> applied) {
        this.page = page;
        this.applied = List.copyOf(applied);
        this.text = text(store, applied.get(0).version());
        this.today = PoliciesNow.of(page.getObject().getParent()).find(applied.get(0));
    }

    static Optional<String> text(ChangeStore store, String version) {
        try {
            return store.policyText(version);
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> "The policy " + version + " cannot be read");
            return Optional.empty();
        }
    }

    @Override
    public String getDisplayName() {
        return Messages.AppliedPolicyPage_displayName(
                Visible.abbreviated(applied.get(0).version()));
    }

    /** Returns the build; the name is what the layout of a build's pages asks for. */
    public Run<?, ?> getObject() {
        return page.getObject();
    }

    /** Returns the change; no getter, so that no address leads through it. */
    public ChangePage change() {
        return page;
    }

    /** Returns as which policies the change was judged by this text. */
    public List<AppliedPolicy> getPolicies() {
        return applied.stream().map(AppliedPolicy::new).toList();
    }

    /** Returns its text; {@code null} if it is no longer at hand. */
    public SourceView getText() {
        return text.map(SourceView::new).orElse(null);
    }

    /** Whether there is such a policy today. */
    public boolean isThereToday() {
        return today.isPresent();
    }

    /** Whether it is the same today. */
    public boolean isSame() {
        return today.isPresent() && today.map(PolicyText::text).equals(text);
    }

    /** Returns as of when today's is known, if that is not this moment; else empty. */
    public String getAsOf() {
        return today.map(PolicyText::asOf).orElse("");
    }

    /** Returns what is different today; {@code null} if one of the two is not at hand, or they are the same. */
    public PolicyDiff getDiff() {
        return text.isEmpty() || today.isEmpty() || isSame()
                ? null
                : new PolicyDiff(text.get(), today.get().text());
    }
}
