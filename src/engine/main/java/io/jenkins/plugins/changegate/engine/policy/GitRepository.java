package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import io.jenkins.plugins.changegate.engine.delta.Limits;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A clone on this machine. Stateless; may be used from several threads. */
public final class GitRepository implements Repository {

    private final GitReader git;

    /**
     * @param directory the clone, or a directory inside it
     */
    public GitRepository(Path directory) {
        this.git = new GitReader(directory, Limits.DEFAULT);
    }

    @Override
    public GitReader.Look head(String revision, String policyFile) {
        return git.look(revision, policyFile);
    }

    @Override
    public Survey survey(String base, String head, String policyFile) {
        GitReader.Look look = git.look(base, policyFile);
        if (look.commit() == null) {
            Gap gap = look.gap().kind() == Gap.Kind.HEAD_MISSING ? git.missingBase(base) : look.gap();
            return new Survey(new Reading(null, List.of(gap)), null);
        }
        Reading reading = git.read(look.commit().id(), head);
        return new Survey(look.gap() == null ? reading : reading.with(look.gap()), look.file());
    }

    @Override
    public ContentFacts answer(Delta delta, ContentQuestions questions) throws IOException {
        return ContentScan.scan(git, delta, questions);
    }
}
