package io.jenkins.plugins.changegate.step;

import io.jenkins.plugins.changegate.engine.record.Decision;

/** Nobody decided within the time that policy gives. */
public final class ChangeExpired extends ChangeInterruption {

    private static final long serialVersionUID = 1L;

    ChangeExpired(String changeId, String user, String because) {
        super(changeId, user, because);
    }

    @Override
    Decision decision() {
        return Decision.EXPIRED;
    }
}
