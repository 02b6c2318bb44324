package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.util.List;

/** Where the text of a change can be read. */
public interface ChangedText {

    /**
     * Reads the text of the difference and hands its changed lines out, one by one.
     *
     * @param pathspecs only files that one of these matches, in git's own meaning; all if empty. A text that cannot be
     *     asked for some of its files hands out all of them.
     * @param lines receives every added and deleted line
     * @return whether all of it was read: false if it is larger than {@link Limits#text()}, or a line was cut
     * @throws IOException if it cannot be read
     */
    boolean lines(Delta delta, List<String> pathspecs, GitReader.LineSink lines) throws IOException;
}
