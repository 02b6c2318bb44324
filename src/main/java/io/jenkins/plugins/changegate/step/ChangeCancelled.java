package io.jenkins.plugins.changegate.step;

import io.jenkins.plugins.changegate.engine.record.Decision;

/** The run was stopped, or somebody withdrew the change; nobody judged it. */
public final class ChangeCancelled extends ChangeInterruption {

    private static final long serialVersionUID = 1L;

    ChangeCancelled(String changeId, String user, String because) {
        super(changeId, user, because);
    }

    @Override
    Decision decision() {
        return Decision.CANCELLED;
    }
}
