package io.jenkins.plugins.changegate.engine.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line's arguments, checked.
 *
 * @param help whether only help is wanted
 * @param command the command; {@code null} if only help is wanted
 * @param values the options given, by name
 * @param files the files named, in order
 */
record Options(boolean help, Command command, Map<String, String> values, List<String> files) {

    /** What can be done. */
    enum Command {
        SCHEMA(List.of(), Set.of(), Set.of()),
        ASSESS(
                List.of("environment"),
                Set.of("repo", "base", "head", "diff", "plan", "environment", "service", "policy"),
                Set.of("json")),
        EVALUATE(List.of("data"), Set.of("data"), Set.of("json")),
        FIT(List.of("data"), Set.of("data"), Set.of()),
        LINT(List.of(), Set.of("layer"), Set.of("strict", "json")),
        REPLAY(
                List.of("repo", "since"),
                Set.of("repo", "since", "until", "head", "policy", "against", "environment", "service", "each"),
                Set.of("no-repository-policy", "json"));

        private final List<String> required;
        private final Set<String> named;
        private final Set<String> flags;

        Command(List<String> required, Set<String> named, Set<String> flags) {
            this.required = required;
            this.named = named;
            this.flags = flags;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Wrong usage, or input that cannot be read; the message is one clear line. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message.replaceAll("\\s*\\R\\s*", " "));
        }
    }

    static Options parse(String[] arguments) throws UsageException {
        if (Arrays.asList(arguments).contains("--help") || Arrays.equals(arguments, new String[] {"help"})) {
            return new Options(true, null, Map.of(), List.of());
        }
        Command command = Arrays.stream(Command.values())
                .filter(each -> arguments.length > 0 && each.word().equals(arguments[0]))
                .findFirst()
                .orElseThrow(
                        () -> new UsageException(
                                "the first argument must be a command: assess, evaluate, fit, lint, replay or schema; --help shows how"));
        Map<String, String> values = new LinkedHashMap<>();
        List<String> files = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (command.flags.contains(name)) {
                values.put(name, "true");
            } else if (command == Command.LINT && !arguments[i].startsWith("--")) {
                files.add(arguments[i]);
            } else if (!command.named.contains(name)) {
                throw new UsageException(
                        "there is no option '" + arguments[i] + "' for " + command.word() + "; --help shows all");
            } else if (i + 1 == arguments.length) {
                throw new UsageException("--" + name + " needs a value");
            } else {
                values.put(name, arguments[++i]);
            }
        }
        if (command == Command.LINT && files.isEmpty()) {
            throw new UsageException("lint needs the name of a file; --help shows all");
        }
        Options options = new Options(false, command, values, files);
        for (String name : command.required) {
            options.required(name);
        }
        return options;
    }

    /**
     * @throws UsageException if it is not there
     */
    String required(String name) throws UsageException {
        if (!values.containsKey(name)) {
            throw new UsageException("--" + name + " is missing; --help shows all");
        }
        return values.get(name);
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }

    boolean flag(String name) {
        return values.containsKey(name);
    }
}
