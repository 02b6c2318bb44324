package io.jenkins.plugins.changegate.engine.risk;

import io.jenkins.plugins.changegate.engine.delta.Commit;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the first lines of messages say that a change is for. The words are those by which Commit Guru (Rosen, Grawi and
 * Shihab, FSE 2015) tells corrective changes, as whole words in their usual forms, so that a prefix is no fix.
 */
final class Purpose {

    private static final Pattern MENDS = Pattern.compile("(?i)\\b(?:bugs?|(?:bug|hot)?fix(?:e[sd]|ing)?|wrong(?:ly)?"
            + "|errors?|fail(?:s|ed|ing|ures?)?|problems?|patch(?:e[sd]|ing)?|defects?)\\b");

    private Purpose() {}

    /** Returns the features with whether one of the commits mends something; without it if there are none. */
    static Features with(Features features, List<Commit> commits) {
        List<Commit> own = commits.stream().filter(commit -> !commit.undone()).toList();
        return own.isEmpty()
                ? features
                : features.with(Feature.FIX, own.stream().anyMatch(Purpose::mends) ? 1 : 0);
    }

    private static boolean mends(Commit commit) {
        return MENDS.matcher(commit.subject()).find();
    }
}
