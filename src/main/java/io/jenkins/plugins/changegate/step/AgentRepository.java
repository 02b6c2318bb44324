package io.jenkins.plugins.changegate.step;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.changegate.engine.assess.GitRepository;
import io.jenkins.plugins.changegate.engine.assess.Repository;
import io.jenkins.plugins.changegate.engine.assess.Survey;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import jenkins.MasterToSlaveFileCallable;

/**
 * The clone in a workspace, wherever the agent is. git runs there, and only bounded values cross the wire: names and
 * numbers, the policy's text, and places in the text of the change, never the text itself.
 */
final class AgentRepository implements Repository {

    private final FilePath directory;

    AgentRepository(FilePath directory) {
        this.directory = directory;
    }

    @Override
    public GitReader.Look head(String revision, String policyFile) throws IOException {
        return act(new Head(revision, policyFile));
    }

    @Override
    public Survey survey(
            String base, String head, String policyFile, ContentQuestions questions, Background.Asked background)
            throws IOException {
        return act(new Difference(base, head, policyFile, questions, background));
    }

    @Override
    public ContentFacts answer(Delta delta, ContentQuestions questions) throws IOException {
        return act(new Answer(delta, questions));
    }

    private <T> T act(MasterToSlaveFileCallable<T> callable) throws IOException {
        try {
            return directory.act(callable);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Interrupted while the change was read").initCause(e);
        }
    }

    private static final class Head extends MasterToSlaveFileCallable<GitReader.Look> {
        private static final long serialVersionUID = 1L;
        private final String revision;
        private final String policyFile;

        Head(String revision, String policyFile) {
            this.revision = revision;
            this.policyFile = policyFile;
        }

        @Override
        public GitReader.Look invoke(File file, VirtualChannel channel) {
            return new GitRepository(file.toPath()).head(revision, policyFile);
        }
    }

    private static final class Difference extends MasterToSlaveFileCallable<Survey> {
        private static final long serialVersionUID = 1L;
        private final String base;
        private final String head;
        private final String policyFile;
        private final ContentQuestions questions;
        private final Background.Asked background;

        Difference(
                String base, String head, String policyFile, ContentQuestions questions, Background.Asked background) {
            this.base = base;
            this.head = head;
            this.policyFile = policyFile;
            this.questions = questions;
            this.background = background;
        }

        @Override
        public Survey invoke(File file, VirtualChannel channel) {
            return new GitRepository(file.toPath()).survey(base, head, policyFile, questions, background);
        }
    }

    private static final class Answer extends MasterToSlaveFileCallable<ContentFacts> {
        private static final long serialVersionUID = 1L;
        private final Delta delta;
        private final ContentQuestions questions;

        Answer(Delta delta, ContentQuestions questions) {
            this.delta = delta;
            this.questions = questions;
        }

        @Override
        public ContentFacts invoke(File file, VirtualChannel channel) throws IOException {
            return new GitRepository(file.toPath()).answer(delta, questions);
        }
    }
}
