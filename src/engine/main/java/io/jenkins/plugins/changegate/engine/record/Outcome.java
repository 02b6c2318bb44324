package io.jenkins.plugins.changegate.engine.record;

import java.util.Locale;

/** How the deployment of a change ended. */
public enum Outcome {
    SUCCESSFUL,
    /** It ended, and something in it warned. */
    SUCCESSFUL_WITH_ISSUES,
    /** It failed, was aborted, or nobody knows how it ended. */
    UNSUCCESSFUL;

    /** Whether the commit is held to run in the environment afterwards. */
    public boolean isDeployed() {
        return this != UNSUCCESSFUL;
    }

    /** Returns its name as it is written everywhere. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns its name in a sentence. */
    public String words() {
        return key().replace('-', ' ');
    }
}
