package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the content security policy and Jenkins' hosting ask of every view. */
class ViewsTest {

    static List<Path> views() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            List<Path> views =
                    files.filter(file -> file.toString().endsWith(".jelly")).toList();
            assertThat(views).isNotEmpty();
            return views;
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void viewEscapesAndHasNothingInline(Path view) throws IOException {
        String text = Files.readString(view);
        assertThat(text).startsWith("<?jelly escape-by-default='true'?>");
        assertThat(text)
                .doesNotContain("<script>")
                .doesNotContain("<style")
                .doesNotContain("style=\"")
                .doesNotContainPattern("\\son[a-z]+=\"")
                .doesNotContain("javascript:")
                .doesNotContain("escapeText=\"false\"")
                .doesNotContain("<j:out");
    }
}
