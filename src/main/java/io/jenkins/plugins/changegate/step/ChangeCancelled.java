package io.jenkins.plugins.changegate.step;

/** The run was stopped, or somebody withdrew the change; nobody judged it. */
public final class ChangeCancelled extends ChangeInterruption {

    private static final long serialVersionUID = 1L;

    ChangeCancelled(String changeId, String user, String because) {
        super(changeId, user, because);
    }
}
