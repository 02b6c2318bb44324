package io.jenkins.plugins.changegate.engine.condition;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables and functions of conditions, as the policy reference lists them, in CEL.
 *
 * <p>The parts of {@code change} are declared as variables with a dot in their name, so that a misspelt one is found
 * when the policy is loaded and not when it is needed.
 */
public final class ConditionLanguage {

    /** Functions and macros of CEL itself that conditions may use; only for naming the one that was meant. */
    private static final List<String> STANDARD_FUNCTIONS = List.of(
            "all",
            "contains",
            "duration",
            "endsWith",
            "exists",
            "exists_one",
            "filter",
            "getDayOfWeek",
            "getHours",
            "has",
            "int",
            "map",
            "matches",
            "size",
            "startsWith",
            "string",
            "timestamp");

    private static final List<String> FUNCTIONS = List.of(
            "touches",
            "only",
            "adds",
            "removes",
            "bumps",
            "migrates",
            "onlyWhitespace",
            "hidesLines",
            "movesSubmodule");

    /** CEL has no variable number of arguments, so the functions that take patterns exist once for each number. */
    private static final int MOST_ARGUMENTS = 12;

    /** Longest condition, in code points. */
    public static final int LONGEST = 10_000;

    private static final CelType CHANGE = OpaqueType.create("change");

    /**
     * Bounds what one condition may cost: parse depth, length, and rounds of {@code all}, {@code exists} and the like.
     */
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxParseRecursionDepth(100)
            .maxExpressionCodePointSize(LONGEST)
            .comprehensionMaxIterations(200_000)
            .evaluateCanonicalTypesToNativeValues(true)
            // Whether a signal is 80 or 80.0 is up to where it comes from.
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final Map<String, CelType> VARIABLES = variables();

    private ConditionLanguage() {}

    private static Map<String, CelType> variables() {
        Map<String, CelType> all = new LinkedHashMap<>();
        all.put("change", CHANGE);
        all.put("change.files", SimpleType.INT);
        all.put("change.added", SimpleType.INT);
        all.put("change.deleted", SimpleType.INT);
        all.put("change.renamed", SimpleType.INT);
        all.put("change.binary", SimpleType.INT);
        all.put("change.commits", SimpleType.INT);
        all.put("change.paths", ListType.create(SimpleType.STRING));
        all.put("change.authors", ListType.create(SimpleType.STRING));
        all.put("environment.name", SimpleType.STRING);
        all.put("environment.tier", SimpleType.STRING);
        all.put("change.kinds", ListType.create(SimpleType.STRING));
        all.put("change.shape", ListType.create(SimpleType.STRING));
        all.put("change.undone", SimpleType.INT);
        all.put("change.generatedLines", SimpleType.INT);
        all.put("change.branch", SimpleType.STRING);
        all.put("change.age", SimpleType.DURATION);
        all.put("request.type", SimpleType.STRING);
        all.put("request.reason", SimpleType.STRING);
        all.put("request.user", SimpleType.STRING);
        all.put("request.job", SimpleType.STRING);
        all.put("risk.score", SimpleType.INT);
        all.put("risk.level", SimpleType.STRING);
        all.put("history.deployments", SimpleType.INT);
        all.put("history.unsuccessful", SimpleType.INT);
        all.put("history.successesInARow", SimpleType.INT);
        all.put("history.last", SimpleType.STRING);
        all.put("history.age", SimpleType.DURATION);
        all.put("history.failedFiles", SimpleType.INT);
        all.put("history.failedFilesAge", SimpleType.DURATION);
        all.put("signals", MapType.create(SimpleType.STRING, SimpleType.DYN));
        all.put("now", SimpleType.TIMESTAMP);
        all.put("service", SimpleType.STRING);
        return Collections.unmodifiableMap(all);
    }

    /** Returns the names of all variables. */
    public static List<String> variableNames() {
        return List.copyOf(VARIABLES.keySet());
    }

    /** Returns the names of the functions and macros that a condition may call. */
    public static List<String> functionNames() {
        List<String> all = new ArrayList<>(FUNCTIONS);
        all.addAll(STANDARD_FUNCTIONS);
        return List.copyOf(all);
    }

    /** Returns what compiles conditions and makes programs of them; thread-safe. */
    static Cel cel() {
        CelBuilder builder = CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        VARIABLES.forEach(builder::addVar);
        pathFunction(builder, "touches", ChangeFacts::touches);
        pathFunction(builder, "only", ChangeFacts::only);
        textFunction(builder, "adds", ChangeFacts::adds);
        textFunction(builder, "removes", ChangeFacts::removes);
        textFunction(builder, "bumps", ChangeFacts::bumps);
        textFunction(builder, "migrates", ChangeFacts::migrates);
        plainFunction(builder, "onlyWhitespace", ChangeFacts::onlyWhitespace);
        plainFunction(builder, "hidesLines", ChangeFacts::hidesLines);
        plainFunction(builder, "movesSubmodule", ChangeFacts::movesSubmodule);
        return builder.build();
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
}
