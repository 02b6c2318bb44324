package io.jenkins.plugins.changegate.step;

import hudson.FilePath;
import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.assess.Repository;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jenkinsci.plugins.workflow.actions.WorkspaceAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;

/**
 * Finds the clone that a run left behind on an agent, for a gate that stands outside of a node and so holds no executor
 * while people make up their minds.
 *
 * <p>Another build may have checked something else out there since, so only a full object name will do: it names the
 * same commit wherever it is found.
 */
final class LeftWorkspaces {

    /** How many of the run's workspaces are tried, the newest first. */
    private static final int TRIED = 5;

    private static final Pattern OBJECT_NAME = Pattern.compile("\\p{XDigit}{40}|\\p{XDigit}{64}");

    private LeftWorkspaces() {}

    /**
     * Returns the clone that has a commit.
     *
     * @param head the commit, as the pipeline names it; may be {@code null}
     * @param gate the gate's node; workspaces used before it are tried
     * @throws IOException if an agent cannot be reached
     */
    static Optional<Repository> with(String head, FlowNode gate) throws IOException {
        if (head == null || !OBJECT_NAME.matcher(head).matches()) {
            return Optional.empty();
        }
        DepthFirstScanner scanner = new DepthFirstScanner();
        scanner.setup(gate);
        List<FilePath> workspaces = StreamSupport.stream(scanner.spliterator(), false)
                .map(node -> node.getPersistentAction(WorkspaceAction.class))
                .filter(Objects::nonNull)
                .map(WorkspaceAction::getWorkspace)
                .filter(Objects::nonNull)
                .distinct()
                .limit(TRIED)
                .toList();
        for (FilePath workspace : workspaces) {
            Repository repository = new AgentRepository(workspace);
            if (repository.head(head, Assessor.POLICY_FILE).commit() != null) {
                return Optional.of(repository);
            }
        }
        return Optional.empty();
    }
}
