package io.jenkins.plugins.changegate.engine.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import io.jenkins.plugins.changegate.engine.condition.ConditionCompiler.Issue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds which signals a condition asks about, so that only those are fetched. */
final class SignalNames {

    private static final String SIGNALS = "signals";
    private static final String INDEX = "_[_]";
    private static final String IN = "@in";

    private SignalNames() {}

    /**
     * @param issues gets the mistake if a name is not written out
     */
    static Set<String> of(CelAbstractSyntaxTree ast, List<Issue> issues) {
        List<CelExpr> all = CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .toList();
        Set<String> names = new TreeSet<>();
        long named = 0;
        for (CelExpr expr : all) {
            Optional<String> name = name(expr);
            if (name.isPresent()) {
                names.add(name.get());
                named++;
            }
        }
        if (all.stream().filter(SignalNames::isSignals).count() > named) {
            issues.add(new Issue(
                    "Signals are asked one by one, with their names written out: signals.coverage or"
                            + " signals['tests.failed']",
                    1,
                    0));
        }
        return names;
    }

    private static Optional<String> name(CelExpr expr) {
        if (expr.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT
                && isSignals(expr.select().operand())) {
            return Optional.of(expr.select().field());
        }
        if (expr.exprKind().getKind() != CelExpr.ExprKind.Kind.CALL) {
            return Optional.empty();
        }
        // signals['tests.failed'], or 'tests.failed' in signals: has() takes no name with a dot.
        String function = expr.call().function();
        boolean in = function.equals(IN);
        if (!in && !function.equals(INDEX)) {
            return Optional.empty();
        }
        List<CelExpr> arguments = expr.call().args();
        CelExpr key = arguments.get(in ? 0 : 1);
        return isSignals(arguments.get(in ? 1 : 0))
                        && key.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && key.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(key.constant().stringValue())
                : Optional.empty();
    }

    private static boolean isSignals(CelExpr expr) {
        return expr.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                && expr.ident().name().equals(SIGNALS);
    }
}
