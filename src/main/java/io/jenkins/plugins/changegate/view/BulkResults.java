package io.jenkins.plugins.changegate.view;

import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What came of an act on several changes, for a page. It has no address: it is only ever an answer.
 *
 * @param problem what is wrong with the request as a whole; empty if nothing is
 * @param results one for each change
 */
@Restricted(NoExternalUse.class)
public record BulkResults(String problem, List<Result> results) {

    public String getProblem() {
        return problem;
    }

    public List<Result> getResults() {
        return results;
    }

    public int getDone() {
        return (int) results.stream().filter(Result::isDone).count();
    }

    public int getCount() {
        return results.size();
    }
}
