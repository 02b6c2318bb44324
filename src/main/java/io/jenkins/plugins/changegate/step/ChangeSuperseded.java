package io.jenkins.plugins.changegate.step;

import io.jenkins.plugins.changegate.engine.record.Decision;

/** A newer change of the same service and environment took its place. */
public final class ChangeSuperseded extends ChangeInterruption {

    private static final long serialVersionUID = 1L;

    ChangeSuperseded(String changeId, String user, String because) {
        super(changeId, user, because);
    }

    @Override
    Decision decision() {
        return Decision.SUPERSEDED;
    }
}
