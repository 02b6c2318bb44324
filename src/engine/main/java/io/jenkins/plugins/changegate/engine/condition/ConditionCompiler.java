package io.jenkins.plugins.changegate.engine.condition;

import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelReference;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles conditions: CEL, the Common Expression Language (cel.dev), typed and without side effects, over the
 * variables and functions that the policy reference lists. Thread-safe.
 */
public final class ConditionCompiler {

    private static final String RISK = "risk.";

    /** So much of a condition is repeated in a message, in characters. */
    private static final int EXCERPT = 120;

    private final Cel cel = ConditionLanguage.cel();

    /**
     * Something that is wrong in a condition.
     *
     * @param message what is wrong and how to mend it
     * @param line within the condition, from 1
     * @param column within the condition, from 0, in code points
     */
    public record Issue(String message, int line, int column) {}

    /** A condition that is no condition. */
    public static final class ConditionException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient List<Issue> issues;

        /**
         * @param issues at least one
         */
        ConditionException(List<Issue> issues, Throwable cause) {
            super(issues.get(0).message(), cause);
            this.issues = List.copyOf(issues);
        }

        /** Returns everything that is wrong. */
        public List<Issue> issues() {
            return issues;
        }
    }

    /**
     * @throws ConditionException if it is not CEL, uses what does not exist, or is neither true nor false
     */
    public Condition compile(String source) throws ConditionException {
        try {
            CelAbstractSyntaxTree ast = cel.compile(source).getAst();
            List<Issue> issues = new ArrayList<>();
            ContentQuestions questions = QuestionFinder.find(ast, issues);
            Set<String> signals = SignalNames.of(ast, issues);
            WordsCompared.check(ast, issues);
            if (!issues.isEmpty()) {
                throw new ConditionException(issues, null);
            }
            Map<Long, CelReference> references = ast.getReferenceMap();
            boolean asksRisk = references.values().stream()
                    .anyMatch(reference -> reference.name().startsWith(RISK));
            return new Compiled(source, cel.createProgram(ast), questions, asksRisk, signals);
        } catch (CelValidationException e) {
            List<Issue> issues = new ArrayList<>();
            List<CelIssue> errors = e.getErrors();
            for (CelIssue issue : errors) {
                issues.add(issue(source, issue));
            }
            throw new ConditionException(Consequences.without(source, issues), e);
        } catch (CelEvaluationException e) {
            throw new ConditionException(List.of(new Issue(e.getMessage() + " in: " + excerpt(source), 1, 0)), e);
        }
    }

    private static Issue issue(String source, CelIssue issue) {
        CelSourceLocation location = issue.getSourceLocation();
        int line = Math.max(1, location.getLine());
        int column = Math.max(0, location.getColumn());
        int at = new Lines(source).offset(line, column);
        String meant = ConditionNames.meant(source, at, issue.getMessage())
                .map(name -> "; did you mean " + name + "? In: ")
                .orElse(" in: ");
        // What would fit instead is a list of all types that CEL knows, and helps nobody.
        String message = issue.getMessage().replaceFirst("(?s) \\(candidates: .*\\)$", "");
        return new Issue(message + meant + excerpt(source), line, column);
    }

    /** Returns the beginning of something that may be long. */
    static String excerpt(String source) {
        return source.length() > EXCERPT ? source.substring(0, EXCERPT) + "…" : source;
    }

    private record Compiled(
            String source,
            CelRuntime.Program program,
            ContentQuestions questions,
            boolean asksRisk,
            Set<String> signals)
            implements Condition {

        @Override
        public boolean holds(ChangeFacts change, Map<String, Object> known) throws UnknownFactException {
            Map<String, Object> about = change.variables();
            try {
                Object value = program.eval((CelVariableResolver) name -> {
                    Object found = known.containsKey(name) ? known.get(name) : about.get(name);
                    return Optional.ofNullable(found instanceof CircumstanceFacts.Asked asked ? asked.answer() : found);
                });
                if (value instanceof Boolean holds) {
                    return holds;
                }
                throw new UnknownFactException("it needs what is not known", null);
            } catch (CelEvaluationException e) {
                Throwable root = e.getCause() == null ? e : e.getCause();
                throw new UnknownFactException(root.getMessage(), e);
            }
        }
    }
}
