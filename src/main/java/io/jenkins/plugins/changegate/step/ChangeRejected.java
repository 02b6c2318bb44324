package io.jenkins.plugins.changegate.step;

/** Somebody who could have approved the change rejected it. */
public final class ChangeRejected extends ChangeInterruption {

    private static final long serialVersionUID = 1L;

    ChangeRejected(String changeId, String user, String because) {
        super(changeId, user, because);
    }
}
