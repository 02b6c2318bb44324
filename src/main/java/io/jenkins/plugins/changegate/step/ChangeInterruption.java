package io.jenkins.plugins.changegate.step;

import io.jenkins.plugins.changegate.engine.record.Decision;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;

/** Why a gate did not let a deployment through; one class for each way. Readable in the sandbox. */
public abstract class ChangeInterruption extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String changeId;
    private final String user;
    private final String because;

    ChangeInterruption(String changeId, String user, String because) {
        this.changeId = changeId;
        this.user = user;
        this.because = because;
    }

    /** Returns the change's number, {@code CHG-000123}; empty if no record could be made. */
    @Exported
    @Whitelisted
    public String getChangeId() {
        return changeId;
    }

    /** Returns how the change was decided: {@code rejected}, {@code expired}, {@code superseded} and so on. */
    @Exported
    @Whitelisted
    public String getDecision() {
        return decision().key();
    }

    /** Returns the decision that this class stands for. */
    abstract Decision decision();

    /** Returns the id of the user whose act it was; empty if it was nobody's. */
    @Exported
    @Whitelisted
    public String getUser() {
        return user;
    }

    /** Returns why, one sentence. */
    @Exported
    @Whitelisted
    public String getBecause() {
        return because;
    }

    @Override
    public String getShortDescription() {
        return (changeId.isEmpty() ? "Change Gate" : changeId) + ": " + because;
    }

    @Override
    public boolean equals(Object other) {
        return other != null
                && getClass() == other.getClass()
                && getShortDescription().equals(((ChangeInterruption) other).getShortDescription());
    }

    @Override
    public int hashCode() {
        return getShortDescription().hashCode();
    }
}
