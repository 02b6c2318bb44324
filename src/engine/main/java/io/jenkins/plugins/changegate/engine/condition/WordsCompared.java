package io.jenkins.plugins.changegate.engine.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.navigation.CelNavigableAst;
import io.jenkins.plugins.changegate.engine.condition.ConditionCompiler.Issue;
import io.jenkins.plugins.changegate.engine.path.FileKind;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.engine.text.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds comparisons of a variable that has one of a few words with a word that it never has. They are valid CEL and
 * always false, so a guard-rail with such a slip would be none.
 */
final class WordsCompared {

    private static final Set<String> EQUALITIES = Set.of("_==_", "_!=_");
    private static final String IN = "@in";

    private static final Map<String, List<String>> POSSIBLE = Map.of(
            "environment.tier", Arrays.stream(Tier.values()).map(Tier::key).toList(),
            "risk.level", Arrays.stream(RiskLevel.values()).map(RiskLevel::key).toList(),
            // A standard change is one by its model, and cannot be asked for.
            "request.type", List.of(ChangeType.NORMAL.key(), ChangeType.EMERGENCY.key()),
            "history.last", History.OUTCOMES,
            "change.shape", Shape.keys(),
            "change.kinds", Arrays.stream(FileKind.values()).map(FileKind::key).toList());

    private final CelAbstractSyntaxTree ast;
    private final Map<Long, CelReference> references;
    private final Map<Long, Integer> positions;
    private final List<Issue> issues;

    private WordsCompared(CelAbstractSyntaxTree ast, List<Issue> issues) {
        this.ast = ast;
        this.references = ast.getReferenceMap();
        this.positions = ast.getSource().getPositionsMap();
        this.issues = issues;
    }

    /**
     * @param ast the condition, type-checked
     * @param issues gets each word that its variable never has
     */
    static void check(CelAbstractSyntaxTree ast, List<Issue> issues) {
        WordsCompared words = new WordsCompared(ast, issues);
        CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .filter(expr -> expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL)
                .map(CelExpr::call)
                .forEach(words::look);
    }

    private void look(CelExpr.CelCall call) {
        List<CelExpr> sides = call.args();
        if (sides.size() != 2) {
            return;
        }
        CelExpr left = sides.get(0);
        CelExpr right = sides.get(1);
        if (EQUALITIES.contains(call.function())) {
            compare(left, right);
            compare(right, left);
        } else if (call.function().equals(IN)) {
            // 'docs' in change.kinds, or environment.tier in ['staging', 'production'].
            compare(right, left);
            if (right.exprKind().getKind() == CelExpr.ExprKind.Kind.LIST) {
                List<CelExpr> elements = right.list().elements();
                elements.forEach(element -> compare(left, element));
            }
        }
    }

    private void compare(CelExpr variable, CelExpr constant) {
        CelReference reference = references.get(variable.id());
        List<String> possible = reference == null ? null : POSSIBLE.get(reference.name());
        if (possible == null
                || constant.exprKind().getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || constant.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return;
        }
        String word = constant.constant().stringValue();
        if (!possible.contains(word)) {
            Integer position = positions.get(constant.id());
            CelSourceLocation at = ast.getSource()
                    .getOffsetLocation(position == null ? 0 : position)
                    .orElse(CelSourceLocation.of(1, 0));
            issues.add(new Issue(
                    "'" + ConditionCompiler.excerpt(word) + "' is never the value of " + reference.name() + ": "
                            + Words.nearest(
                                    word,
                                    possible.stream()
                                            .filter(known -> !known.isEmpty())
                                            .toList()),
                    at.getLine(),
                    at.getColumn()));
        }
    }
}
