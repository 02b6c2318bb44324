package io.jenkins.plugins.changegate.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads the organisation's policy from a git repository. Takes as long as the network takes. */
public interface PolicyFetcher extends ExtensionPoint {

    /**
     * A file as it is in a commit.
     *
     * @param commit its full object name
     * @param text all of it
     * @param files by path: what else was asked for and is there
     */
    record Fetched(String commit, String text, Map<String, String> files) {

        public Fetched {
            files = Map.copyOf(files);
        }

        /** Returns how the commit is called in messages. */
        String shortCommit() {
            return commit.substring(0, Math.min(7, commit.length()));
        }
    }

    /**
     * Reads the file as it is there now, and others beside it.
     *
     * @param others returns the paths of the others, from the text of the file
     * @throws IOException if the repository cannot be reached, or has no such revision or file; the message is for people
     */
    Fetched fetch(PolicyRepository where, Function<String, Set<String>> others)
            throws IOException, InterruptedException;

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
