package io.jenkins.plugins.changegate.engine.policy;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compiles conditions: CEL, the Common Expression Language (cel.dev), typed and without side effects, over the
 * variables and functions that the policy reference lists. Thread-safe.
 *
 * <p>The parts of {@code change} are declared as variables with a dot in their name, so that a misspelt one is found
 * when the policy is loaded and not when it is needed.
 */
final class ConditionCompiler {

    /** CEL has no variable number of arguments, so the functions that take patterns exist once for each number. */
    private static final int MOST_ARGUMENTS = 12;

    private static final String RISK = "risk.";
    private static final String SIGNALS = "signals";

    private static final CelType CHANGE = OpaqueType.create("change");

    /** Bounds what one condition may cost: parse depth, length, and rounds of {@code all}, {@code exists} and the like. */
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxParseRecursionDepth(100)
            .maxExpressionCodePointSize(10_000)
            .comprehensionMaxIterations(200_000)
            .evaluateCanonicalTypesToNativeValues(true)
            .build();

    private final Cel cel;

    ConditionCompiler() {
        CelBuilder builder = CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL)
                .addVar("change", CHANGE)
                .addVar("change.files", SimpleType.INT)
                .addVar("change.added", SimpleType.INT)
                .addVar("change.deleted", SimpleType.INT)
                .addVar("change.renamed", SimpleType.INT)
                .addVar("change.binary", SimpleType.INT)
                .addVar("change.commits", SimpleType.INT)
                .addVar("change.paths", ListType.create(SimpleType.STRING))
                .addVar("change.authors", ListType.create(SimpleType.STRING))
                .addVar("environment.name", SimpleType.STRING)
                .addVar("environment.tier", SimpleType.STRING)
                .addVar("change.kinds", ListType.create(SimpleType.STRING))
                .addVar("change.branch", SimpleType.STRING)
                .addVar("change.age", SimpleType.DURATION)
                .addVar("request.type", SimpleType.STRING)
                .addVar("request.reason", SimpleType.STRING)
                .addVar("request.user", SimpleType.STRING)
                .addVar("request.job", SimpleType.STRING)
                .addVar(RISK + "score", SimpleType.INT)
                .addVar(RISK + "level", SimpleType.STRING)
                .addVar("history.deployments", SimpleType.INT)
                .addVar("history.unsuccessful", SimpleType.INT)
                .addVar("history.successesInARow", SimpleType.INT)
                .addVar("history.last", SimpleType.STRING)
                .addVar("history.age", SimpleType.DURATION)
                .addVar(SIGNALS, MapType.create(SimpleType.STRING, SimpleType.DYN))
                .addVar("now", SimpleType.TIMESTAMP)
                .addVar("service", SimpleType.STRING);
        pathFunction(builder, "touches", ChangeFacts::touches);
        pathFunction(builder, "only", ChangeFacts::only);
        textFunction(builder, "adds", ChangeFacts::adds);
        textFunction(builder, "removes", ChangeFacts::removes);
        textFunction(
                builder,
                "bumps",
                (change, kind) -> change.bumps(Bump.ofKey(kind).orElseThrow()));
        plainFunction(builder, "hidesLines", ChangeFacts::hidesLines);
        plainFunction(builder, "movesSubmodule", ChangeFacts::movesSubmodule);
        cel = builder.build();
    }

    /** A condition that is no condition; line and column, from 1 and 0, are within its text. */
    static final class ConditionException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;
        private final int column;

        ConditionException(String message, int line, int column, Throwable cause) {
            super(message, cause);
            this.line = line;
            this.column = column;
        }

        int line() {
            return line;
        }

        int column() {
            return column;
        }
    }

    /**
     * @throws ConditionException if it is not CEL, uses what does not exist, or is neither true nor false
     */
    Condition compile(String source) throws ConditionException {
        try {
            CelAbstractSyntaxTree ast = cel.compile(source).getAst();
            ContentQuestions questions = questions(ast);
            Map<Long, CelReference> references = ast.getReferenceMap();
            boolean asksRisk = references.values().stream()
                    .anyMatch(reference -> reference.name().startsWith(RISK));
            return new Compiled(source, cel.createProgram(ast), questions, asksRisk, SignalNames.of(ast));
        } catch (CelValidationException e) {
            List<CelIssue> issues = e.getErrors();
            CelIssue issue = issues.get(0);
            CelSourceLocation at = issue.getSourceLocation();
            throw new ConditionException(
                    issue.getMessage() + " in: " + excerpt(source),
                    Math.max(1, at.getLine()),
                    Math.max(0, at.getColumn()),
                    e);
        } catch (CelEvaluationException e) {
            throw new ConditionException(e.getMessage() + " in: " + excerpt(source), 1, 0, e);
        }
    }

    private static String excerpt(String source) {
        return source.length() > 120 ? source.substring(0, 120) + "…" : source;
    }

    /** Finds the patterns that are searched for; they must be written out, so that they are known beforehand. */
    private static ContentQuestions questions(CelAbstractSyntaxTree ast) throws ConditionException {
        Set<String> added = new TreeSet<>();
        Set<String> deleted = new TreeSet<>();
        boolean bumps = false;
        List<CelExpr> calls = CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .filter(expr -> expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL)
                .toList();
        for (CelExpr expr : calls) {
            CelExpr.CelCall call = expr.call();
            switch (call.function()) {
                case "matches" -> pattern(ast, call);
                case "touches", "only" -> pathPatterns(ast, call.args());
                case "adds" -> added.add(pattern(ast, call));
                case "removes" -> deleted.add(pattern(ast, call));
                case "bumps" -> {
                    bumps = true;
                    bump(ast, call);
                }
                default -> {
                    // asks nothing about the text
                }
            }
        }
        return new ContentQuestions(added, deleted, bumps);
    }

    private static String pattern(CelAbstractSyntaxTree ast, CelExpr.CelCall call) throws ConditionException {
        String pattern = literal(ast, call);
        Optional<String> tooLarge = PatternSize.tooLarge(pattern);
        if (tooLarge.isPresent()) {
            throw wrong(ast, call, tooLarge.get());
        }
        try {
            com.google.re2j.Pattern.compile(pattern);
            return pattern;
        } catch (com.google.re2j.PatternSyntaxException e) {
            throw wrong(ast, call, "'" + excerpt(pattern) + "' is no RE2 pattern: " + e.getDescription());
        }
    }

    /** Checks the patterns that are written out; others are checked when they are known. */
    private static void pathPatterns(CelAbstractSyntaxTree ast, List<CelExpr> arguments) throws ConditionException {
        for (CelExpr argument : arguments) {
            if (argument.exprKind().getKind() == CelExpr.ExprKind.Kind.LIST) {
                pathPatterns(ast, argument.list().elements());
            } else if (isText(argument)) {
                try {
                    new PathPattern(argument.constant().stringValue());
                } catch (IllegalArgumentException e) {
                    throw wrong(ast, argument, e.getMessage());
                }
            }
        }
    }

    private static boolean isText(CelExpr expr) {
        return expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private static void bump(CelAbstractSyntaxTree ast, CelExpr.CelCall call) throws ConditionException {
        String kind = literal(ast, call);
        if (Bump.ofKey(kind).isEmpty()) {
            String possible = String.join(
                    ", ", Arrays.stream(Bump.values()).map(Bump::key).toList());
            throw wrong(ast, call, "'" + kind + "' is no kind of bump; possible: " + possible);
        }
    }

    private static String literal(CelAbstractSyntaxTree ast, CelExpr.CelCall call) throws ConditionException {
        CelExpr argument = argument(call);
        if (isText(argument)) {
            return argument.constant().stringValue();
        }
        throw wrong(ast, call, "The argument of " + call.function() + "() must be written out in quotes");
    }

    /** Returns the last argument, which is the only one but for {@code matches(text, pattern)}. */
    private static CelExpr argument(CelExpr.CelCall call) {
        List<CelExpr> arguments = call.args();
        return arguments.get(arguments.size() - 1);
    }

    /** Makes the exception for an argument, with the place where it begins. */
    private static ConditionException wrong(CelAbstractSyntaxTree ast, CelExpr.CelCall call, String message) {
        return wrong(ast, argument(call), message);
    }

    private static ConditionException wrong(CelAbstractSyntaxTree ast, CelExpr argument, String message) {
        Map<Long, Integer> positions = ast.getSource().getPositionsMap();
        Integer position = positions.get(argument.id());
        CelSourceLocation at = ast.getSource()
                .getOffsetLocation(position == null ? 0 : position)
                .orElse(CelSourceLocation.of(1, 0));
        return new ConditionException(message, at.getLine(), at.getColumn(), null);
    }

    /** Asks the facts with a list of patterns. */
    private interface PathQuestion {
        boolean ask(ChangeFacts change, List<String> patterns);
    }

    /** Asks the facts with one text. */
    private interface TextQuestion {
        boolean ask(ChangeFacts change, String text);
    }

    /** Asks the facts with nothing. */
    private interface PlainQuestion {
        boolean ask(ChangeFacts change);
    }

    private static void pathFunction(CelBuilder builder, String name, PathQuestion question) {
        List<CelOverloadDecl> overloads = new ArrayList<>();
        for (int n = 1; n <= MOST_ARGUMENTS; n++) {
            String id = "change_" + name + "_" + n;
            List<CelType> types = new ArrayList<>(Collections.nCopies(n + 1, SimpleType.STRING));
            types.set(0, CHANGE);
            overloads.add(CelOverloadDecl.newMemberOverload(id, SimpleType.BOOL, types));
            List<Class<?>> classes = new ArrayList<>(Collections.nCopies(n + 1, String.class));
            classes.set(0, ChangeFacts.class);
            builder.addFunctionBindings(CelFunctionBinding.from(
                    id,
                    List.copyOf(classes),
                    arguments -> question.ask(
                            (ChangeFacts) arguments[0],
                            strings(Arrays.asList(arguments).subList(1, arguments.length)))));
        }
        String id = "change_" + name + "_list";
        overloads.add(CelOverloadDecl.newMemberOverload(
                id, SimpleType.BOOL, List.of(CHANGE, ListType.create(SimpleType.STRING))));
        builder.addFunctionBindings(CelFunctionBinding.from(
                id, ChangeFacts.class, List.class, (change, patterns) -> question.ask(change, strings(patterns))));
        builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(name, overloads));
    }

    private static List<String> strings(List<?> values) {
        return values.stream().map(String.class::cast).toList();
    }

    private static void textFunction(CelBuilder builder, String name, TextQuestion question) {
        String id = "change_" + name;
        builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newMemberOverload(id, SimpleType.BOOL, List.of(CHANGE, SimpleType.STRING))));
        builder.addFunctionBindings(CelFunctionBinding.from(id, ChangeFacts.class, String.class, question::ask));
    }

    private static void plainFunction(CelBuilder builder, String name, PlainQuestion question) {
        String id = "change_" + name;
        builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newMemberOverload(id, SimpleType.BOOL, List.of(CHANGE))));
        builder.addFunctionBindings(CelFunctionBinding.from(id, ChangeFacts.class, question::ask));
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
