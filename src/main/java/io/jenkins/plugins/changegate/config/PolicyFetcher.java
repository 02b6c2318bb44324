package io.jenkins.plugins.changegate.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.io.IOException;

/** Reads the organisation's policy from a git repository. Takes as long as the network takes. */
public interface PolicyFetcher extends ExtensionPoint {

    /**
     * A file as it is in a commit.
     *
     * @param commit its full object name
     * @param text all of it
     */
    record Fetched(String commit, String text) {

        /** Returns how the commit is called in messages. */
        String shortCommit() {
            return commit.substring(0, Math.min(7, commit.length()));
        }
    }

    /**
     * Reads the file as it is there now.
     *
     * @throws IOException if the repository cannot be reached, or has no such revision or file; the message is for people
     */
    Fetched fetch(PolicyRepository where) throws IOException, InterruptedException;

    /**
     * Returns what reads repositories in this Jenkins.
     *
     * @throws IOException if nothing does; names the cure
     */
    static PolicyFetcher get() throws IOException {
        return ExtensionList.lookup(PolicyFetcher.class).stream()
                .findFirst()
                .orElseThrow(() -> new IOException(Messages.PolicyFetcher_noGit()));
    }
}
