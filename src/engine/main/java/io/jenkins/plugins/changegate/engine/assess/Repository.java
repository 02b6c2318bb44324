package io.jenkins.plugins.changegate.engine.assess;

import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import java.io.IOException;

/** The clone that a change is read from, wherever it is. */
public interface Repository {

    /**
     * Looks at the commit about to be deployed and at the policy file in it.
     *
     * @param revision names the commit
     * @param policyFile the policy's path from the repository's top
     * @throws IOException if the clone cannot be reached
     */
    GitReader.Look head(String revision, String policyFile) throws IOException;

    /**
     * Reads what changes, and the policy file as it is in the commit that runs there now, and answers questions about
     * the change's text at the same time.
     *
     * @param base names the commit that runs there now
     * @param head full object name of the commit about to be deployed
     * @param policyFile the policy's path from the repository's top
     * @param questions what is to be asked as far as that is known, before the policy that is read here asks too
     * @param background what is also asked of the change, which takes git some time
     * @throws IOException if the clone cannot be reached
     */
    Survey survey(String base, String head, String policyFile, ContentQuestions questions, Background.Asked background)
            throws IOException;

    /**
     * Answers questions about the change's text.
     *
     * @throws IOException if the clone cannot be reached, or its text not be read
     */
    ContentFacts answer(Delta delta, ContentQuestions questions) throws IOException;
}
