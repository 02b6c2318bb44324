package io.jenkins.plugins.changegate.step;

import io.jenkins.plugins.changegate.engine.record.Decision;

/** Somebody who could have approved the change rejected it. */
public final class ChangeRejected extends ChangeInterruption {

    private static final long serialVersionUID = 1L;

    ChangeRejected(String changeId, String user, String because) {
        super(changeId, user, because);
    }

    @Override
    Decision decision() {
        return Decision.REJECTED;
    }
}
