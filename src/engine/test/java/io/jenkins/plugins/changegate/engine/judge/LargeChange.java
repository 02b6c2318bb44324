package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.delta.GitReader;
import io.jenkins.plugins.changegate.engine.delta.Limits;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A repository, made by git itself, in which two commits differ in 10 000 files: sources of 40 services, 30 to 400 lines
 * each, of which a few lines change; one file in 25 is renamed, and half of these change too. The same one each time.
 */
final class LargeChange {

    /** How many files differ. */
    static final int FILES = 10_000;

    /** How many services they are of, {@code svc-0} and so on. */
    static final int SERVICES = 40;

    private static final long SEED = 8_128;
    private static final String[] AREAS = {"api", "order", "payment", "auth", "search", "report", "store", "mail"};
    private static final String[] WORDS =
            ("Account Address Audit Basket Billing Cache Client Config Customer Event Filter Handler Index Invoice Item Job"
                            + " Ledger Login Mapper Message Money Notice Order Parser Password Payment Policy Price Query"
                            + " Queue Record Report Request Response Rule Search Session Stock Store Task Token User View")
                    .split(" ");

    private final Path directory;
    private final Random random = new Random(SEED);

    /**
     * @param directory where to make it; empty
     */
    LargeChange(Path directory) throws IOException {
        this.directory = directory;
        git("init", "-q", "-b", "main");
        fill();
        git("gc", "-q");
    }

    /** Returns what the gate reads of the change from {@code base} to {@code head}. */
    Reading read() throws IOException {
        return new GitReader(directory, Limits.DEFAULT)
                .read(git("rev-parse", "base").strip(), git("rev-parse", "head").strip());
    }

    /** Runs git with these arguments and returns what it prints. */
    String git(String... arguments) throws IOException {
        Process process = start(arguments);
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        end(process);
        return new String(output, StandardCharsets.UTF_8);
    }

    private void fill() throws IOException {
        Process process = start("fast-import", "--quiet");
        try (OutputStream out = new BufferedOutputStream(process.getOutputStream(), 1 << 16)) {
            List<String> paths = new ArrayList<>();
            List<List<String>> texts = new ArrayList<>();
            commit(out, "base");
            for (int i = 0; i < FILES; i++) {
                paths.add(path(i));
                texts.add(text(30 + random.nextInt(random.nextInt(371) + 1)));
                file(out, paths.get(i), texts.get(i));
            }
            commit(out, "head");
            for (int i = 0; i < FILES; i++) {
                boolean renamed = i % 25 == 0;
                if (renamed) {
                    write(out, "D " + paths.get(i) + "\n");
                }
                if (!renamed || i % 50 == 0) {
                    change(texts.get(i));
                }
                file(out, renamed ? paths.get(i).replaceFirst("/", "/moved/") : paths.get(i), texts.get(i));
            }
        }
        end(process);
    }

    private String path(int i) {
        String area = AREAS[random.nextInt(AREAS.length)];
        String name = word() + word();
        String top = "svc-" + random.nextInt(SERVICES) + "/";
        return switch (random.nextInt(20)) {
            case 0 -> top + "src/main/resources/db/migration/V" + i + "__" + name + ".sql";
            case 1 -> top + "src/main/resources/" + area + "/" + name + i + ".yml";
            case 2 -> top + "docs/" + area + "/" + name + i + ".md";
            case 3, 4 -> top + "web/src/" + area + "/" + name + i + ".ts";
            case 5, 6, 7, 8 -> top + "src/test/java/com/example/shop/" + area + "/" + name + i + "Test.java";
            default -> top + "src/main/java/com/example/shop/" + area + "/" + name + i + ".java";
        };
    }

    private List<String> text(int lines) {
        List<String> text = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            text.add(line());
        }
        return text;
    }

    private String line() {
        return switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> "    }";
            case 2 -> "    private final " + word() + " " + word().toLowerCase(Locale.ROOT) + ";";
            case 3 ->
                "        return " + word() + ".of(" + word() + "." + word() + "(), " + random.nextInt(1000) + ");";
            default -> "        " + word() + " value" + random.nextInt(100) + " = new " + word() + word() + "();";
        };
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private void change(List<String> text) {
        for (int n = 1 + random.nextInt(8); n > 0; n--) {
            text.set(random.nextInt(text.size()), "        changed(" + random.nextInt() + ");");
        }
    }

    private static void commit(OutputStream out, String branch) throws IOException {
        String parent = branch.equals("base") ? "" : "from refs/heads/base\n";
        write(
                out,
                "commit refs/heads/" + branch + "\ncommitter A <a@example.org> 1700000000 +0000\ndata 1\nx\n" + parent);
    }

    private static void file(OutputStream out, String path, List<String> text) throws IOException {
        byte[] bytes = (String.join("\n", text) + "\n").getBytes(StandardCharsets.UTF_8);
        write(out, "M 100644 inline " + path + "\ndata " + bytes.length + "\n");
        out.write(bytes);
        write(out, "\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void end(Process process) throws IOException {
        try {
            if (process.waitFor() != 0) {
                throw new IOException("git failed: " + process.info());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        return builder.start();
    }
}
