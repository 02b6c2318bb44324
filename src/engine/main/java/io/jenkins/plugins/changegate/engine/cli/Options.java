package io.jenkins.plugins.changegate.engine.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line's arguments, checked.
 *
 * @param help whether only help is wanted
 * @param values the options given, by name
 */
record Options(boolean help, Map<String, String> values) {

    static final String HELP = """
            Usage: java -jar change-gate.jar assess --repo DIR --base REV --head REV --environment NAME
                                             [--service NAME] [--policy FILE] [--json]

            Says what the gate would say of deploying head where base runs now, and why.

              --repo DIR           a git clone
              --base REV           the commit that runs in the environment now
              --head REV           the commit about to be deployed
              --environment NAME   where to; its name tells the tier unless a policy does
              --service NAME       what is deployed (default: the repository's policy, or the directory's name)
              --policy FILE        the organisation's policy; the repository's own .changegate.yml always applies
              --json               the whole judgement as JSON

            Exit status: 0 pass, 10 ask, 20 refuse, 2 wrong usage or something that cannot be read.
            """;

    private static final Set<String> FLAGS = Set.of("json");
    private static final Set<String> NAMES = Set.of("repo", "base", "head", "environment", "service", "policy", "json");
    private static final List<String> REQUIRED = List.of("repo", "base", "head", "environment");

    /** Wrong usage, or input that cannot be read; the message is one clear line. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message.replaceAll("\\s*\\R\\s*", " "));
        }
    }

    static Options parse(String[] arguments) throws UsageException {
        if (Arrays.asList(arguments).contains("--help") || Arrays.equals(arguments, new String[] {"help"})) {
            return new Options(true, Map.of());
        }
        if (arguments.length == 0 || !arguments[0].equals("assess")) {
            throw new UsageException("the first argument must be a command: assess; --help shows how");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!NAMES.contains(name)) {
                throw new UsageException("there is no option '" + arguments[i] + "'; --help shows all");
            }
            if (FLAGS.contains(name)) {
                values.put(name, "true");
            } else if (i + 1 == arguments.length) {
                throw new UsageException("--" + name + " needs a value");
            } else {
                values.put(name, arguments[++i]);
            }
        }
        for (String name : REQUIRED) {
            if (!values.containsKey(name)) {
                throw new UsageException("--" + name + " is missing; --help shows all");
            }
        }
        return new Options(false, values);
    }

    String required(String name) {
        return values.get(name);
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
