package io.jenkins.plugins.changegate.engine.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import io.jenkins.plugins.changegate.engine.condition.ConditionCompiler.Issue;
import io.jenkins.plugins.changegate.engine.content.Bump;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.content.MigrationRisk;
import io.jenkins.plugins.changegate.engine.path.PathPattern;
import io.jenkins.plugins.changegate.engine.text.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what a condition needs to know of the text of a change. Patterns that are searched for must be written out, so
 * that they are known beforehand. For one condition; not thread-safe.
 */
final class QuestionFinder {

    private final CelAbstractSyntaxTree ast;
    private final List<Issue> issues;
    private final Set<String> added = new TreeSet<>();
    private final Set<String> deleted = new TreeSet<>();
    private boolean bumps;
    private boolean migrations;
    private boolean whitespace;

    private QuestionFinder(CelAbstractSyntaxTree ast, List<Issue> issues) {
        this.ast = ast;
        this.issues = issues;
    }

    /**
     * @param ast the condition, type-checked
     * @param issues gets what is wrong with its patterns and words
     */
    static ContentQuestions find(CelAbstractSyntaxTree ast, List<Issue> issues) {
        QuestionFinder finder = new QuestionFinder(ast, issues);
        CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .filter(expr -> expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL)
                .forEach(expr -> finder.look(expr.call()));
        return new ContentQuestions(finder.added, finder.deleted, finder.bumps, finder.migrations, finder.whitespace);
    }

    private void look(CelExpr.CelCall call) {
        switch (call.function()) {
            case "matches" -> pattern(call);
            case "touches", "only" -> pathPatterns(call.args());
            case "adds" -> pattern(call).ifPresent(added::add);
            case "removes" -> pattern(call).ifPresent(deleted::add);
            case "bumps" -> {
                bumps = true;
                word(call, Bump.words(), "kind of bump");
            }
            case "migrates" -> {
                migrations = true;
                word(call, MigrationRisk.words(), "risk of a migration");
            }
            case "onlyWhitespace" -> whitespace = true;
            default -> {
                // asks nothing about the text
            }
        }
    }

    private Optional<String> pattern(CelExpr.CelCall call) {
        Optional<String> pattern = literal(call);
        Optional<String> mistake = pattern.flatMap(QuestionFinder::mistake);
        mistake.ifPresent(message -> wrong(argument(call), message));
        return mistake.isPresent() ? Optional.empty() : pattern;
    }

    private static Optional<String> mistake(String pattern) {
        Optional<String> tooLarge = PatternSize.tooLarge(pattern);
        if (tooLarge.isPresent()) {
            return tooLarge;
        }
        try {
            com.google.re2j.Pattern.compile(pattern);
            return Optional.empty();
        } catch (com.google.re2j.PatternSyntaxException e) {
            return Optional.of("'" + ConditionCompiler.excerpt(pattern) + "' is no RE2 pattern: " + e.getDescription());
        }
    }

    /** Checks the patterns that are written out; others are checked when they are known. */
    private void pathPatterns(List<CelExpr> arguments) {
        for (CelExpr argument : arguments) {
            if (argument.exprKind().getKind() == CelExpr.ExprKind.Kind.LIST) {
                pathPatterns(argument.list().elements());
            } else if (isText(argument)) {
                try {
                    new PathPattern(argument.constant().stringValue());
                } catch (IllegalArgumentException e) {
                    wrong(argument, e.getMessage());
                }
            }
        }
    }

    private static boolean isText(CelExpr expr) {
        return expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private void word(CelExpr.CelCall call, List<String> possible, String what) {
        literal(call).filter(kind -> !possible.contains(kind)).ifPresent(kind -> {
            String meant = Words.surelyMeant(kind, possible)
                    .map(word -> "did you mean '" + word + "'? Possible: ")
                    .orElse("possible: ");
            wrong(argument(call), "'" + kind + "' is no " + what + "; " + meant + String.join(", ", possible));
        });
    }

    private Optional<String> literal(CelExpr.CelCall call) {
        CelExpr argument = argument(call);
        if (isText(argument)) {
            return Optional.of(argument.constant().stringValue());
        }
        wrong(argument, "The argument of " + call.function() + "() must be written out in quotes");
        return Optional.empty();
    }

    /** Returns the last argument, which is the only one but for {@code matches(text, pattern)}. */
    private static CelExpr argument(CelExpr.CelCall call) {
        List<CelExpr> arguments = call.args();
        return arguments.get(arguments.size() - 1);
    }

    /** Adds the mistake that is made in an argument, with the place where that begins. */
    private void wrong(CelExpr argument, String message) {
        Map<Long, Integer> positions = ast.getSource().getPositionsMap();
        Integer position = positions.get(argument.id());
        CelSourceLocation at = ast.getSource()
                .getOffsetLocation(position == null ? 0 : position)
                .orElse(CelSourceLocation.of(1, 0));
        issues.add(new Issue(message, at.getLine(), at.getColumn()));
    }
}
