package io.jenkins.plugins.changegate.step;

/** Policy refused the change, or no record of it could be made. */
public final class ChangeRefused extends ChangeInterruption {

    private static final long serialVersionUID = 1L;

    ChangeRefused(String changeId, String user, String because) {
        super(changeId, user, because);
    }
}
