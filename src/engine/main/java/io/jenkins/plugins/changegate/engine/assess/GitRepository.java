package io.jenkins.plugins.changegate.engine.assess;

import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.content.ContentScan;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import io.jenkins.plugins.changegate.engine.delta.Limits;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** A clone on this machine. Stateless; may be used from several threads. */
public final class GitRepository implements Repository {

    private static final Executor DAEMON = task -> {
        Thread thread = new Thread(task, "change-gate text");
        thread.setDaemon(true);
        thread.start();
    };

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
    public Survey survey(
            String base, String head, String policyFile, ContentQuestions questions, Background.Asked background) {
        // What the records name is a full object name, and then nothing has to be looked up first.
        boolean named = base.matches("[0-9a-f]{40,64}");
        GitReader.Look first = named ? null : git.look(base, policyFile);
        if (!named && first.commit() == null) {
            return missing(base, first);
        }
        String from = named ? base : first.commit().id();
        AtomicReference<CompletableFuture<ContentFacts>> content =
                new AtomicReference<>(CompletableFuture.completedFuture(null));
        GitReader.LookAndReading both = git.lookAndRead(
                from,
                head,
                policyFile,
                background,
                () -> content.set(CompletableFuture.supplyAsync(() -> answers(from, head, questions), DAEMON)));
        ContentFacts answers = content.get().join();
        GitReader.Look look = both.look();
        if (look.commit() == null) {
            return missing(base, look);
        }
        Reading reading = look.gap() == null ? both.reading() : both.reading().with(look.gap());
        return new Survey(reading, look.file(), both.background(), answers);
    }

    /** Returns {@code null} if the text cannot be read: who asks again is told why. */
    private ContentFacts answers(String base, String head, ContentQuestions questions) {
        try {
            return questions.equals(ContentQuestions.NONE)
                    ? ContentFacts.NONE
                    : answer(git.names(base, head), questions);
        } catch (IOException e) {
            return null;
        }
    }

    private Survey missing(String base, GitReader.Look look) {
        Gap gap = look.gap().kind() == Gap.Kind.HEAD_MISSING ? git.missingBase(base) : look.gap();
        return new Survey(new Reading(null, List.of(gap)), null);
    }

    @Override
    public ContentFacts answer(Delta delta, ContentQuestions questions) throws IOException {
        return ContentScan.scan(git, delta, questions);
    }
}
