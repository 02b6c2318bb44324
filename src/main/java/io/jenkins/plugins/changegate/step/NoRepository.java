package io.jenkins.plugins.changegate.step;

import io.jenkins.plugins.changegate.engine.assess.Repository;
import io.jenkins.plugins.changegate.engine.assess.Survey;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import java.util.List;

/**
 * Stands for a clone that cannot be reached, and says why.
 *
 * @param gap the reason
 */
record NoRepository(Gap gap) implements Repository {

    /** Where there is no workspace. */
    static final NoRepository NO_WORKSPACE = new NoRepository(new Gap(
            Gap.Kind.NO_WORKSPACE,
            "The gate stands outside of a node, where there is no workspace to read the change from:"
                    + " put the gate into the node block that checks the repository out, or name the commit that was"
                    + " checked out before, as in head: env.GIT_COMMIT."));

    @Override
    public GitReader.Look head(String revision, String policyFile) {
        return new GitReader.Look(null, null, gap);
    }

    @Override
    public Survey survey(
            String base, String head, String policyFile, ContentQuestions questions, Background.Asked background) {
        return new Survey(new Reading(null, List.of(gap)), null);
    }

    @Override
    public ContentFacts answer(Delta delta, ContentQuestions questions) {
        return ContentFacts.NONE;
    }
}
