package io.jenkins.plugins.changegate.engine.cli;

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
                out.print(Options.HELP);
                return 0;
            }
            return new AssessCommand(options).run(out);
        } catch (Options.UsageException e) {
            err.println("change-gate: " + e.getMessage());
            return USAGE;
        }
    }
}
