package io.jenkins.plugins.changegate.step;

import io.jenkins.plugins.changegate.engine.record.Decision;

/** Policy refused the change, or no record of it could be made. */
public final class ChangeRefused extends ChangeInterruption {

    private static final long serialVersionUID = 1L;

    ChangeRefused(String changeId, String user, String because) {
        super(changeId, user, because);
    }

    @Override
    Decision decision() {
        return Decision.REFUSED;
    }
}
