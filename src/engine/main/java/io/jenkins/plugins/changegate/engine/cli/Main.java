package io.jenkins.plugins.changegate.engine.cli;

import io.jenkins.plugins.changegate.engine.syntax.PolicySchema;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where the command line begins: the first argument names the command. */
public final class Main {

    /** Exit status for wrong usage or input that cannot be read. */
    static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(arguments, out, err));
    }

    /** Runs a command and returns its exit status. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                out.print(Help.TEXT);
                return 0;
            }
            return switch (options.command()) {
                case ASSESS -> new AssessCommand(options).run(out);
                case EVALUATE -> new EvaluateCommand(options).evaluate(out, err);
                case FIT -> new EvaluateCommand(options).fit(out);
                case SCHEMA -> {
                    out.print(PolicySchema.text());
                    yield 0;
                }
                case LINT -> new LintCommand(options).run(out, err);
                case REPLAY -> new ReplayCommand(options, isWatched()).run(out, err);
            };
        } catch (Options.UsageException e) {
            err.println("change-gate: " + e.getMessage());
            return USAGE;
        }
    }

    /** Whether somebody watches. From Java 22 on there is a console also where there is no terminal. */
    private static boolean isWatched() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
