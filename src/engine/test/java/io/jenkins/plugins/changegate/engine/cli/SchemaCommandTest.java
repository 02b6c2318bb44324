package io.jenkins.plugins.changegate.engine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.syntax.PolicySchema;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line does with the schema, and with policies that it is against. */
class SchemaCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Main.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    @Test
    void schemaIsPrintedAsItIsPublished() {
        assertThat(run("schema")).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo(PolicySchema.text()).startsWith("{");
    }

    @Test
    void lintNamesEveryMistakeAtItsPlace(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("p.yml"), "servce: x\nmode: observ\nrules: 5\n");
        assertThat(run("lint", file.toString())).isEqualTo(Main.USAGE);
        assertThat(err.toString(UTF_8).lines().filter(line -> line.startsWith(file + ":")))
                .extracting(line ->
                        line.substring(file.toString().length(), file.toString().length() + 5))
                .containsExactly(":1:1:", ":2:1:", ":3:1:");
    }
}
