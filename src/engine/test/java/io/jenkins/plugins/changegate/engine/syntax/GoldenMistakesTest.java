package io.jenkins.plugins.changegate.engine.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.text.Mistake;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong policies with all their messages, in the files of {@code mistakes}: a line {@code === what is wrong}, the policy,
 * a line {@code ---}, and a line for each message: its place, what stands there, and what is said.
 *
 * <p>The first line may name flags in brackets. {@code organisation}: whose policy it is, else a repository's.
 * {@code crlf}: lines end with both characters. {@code escaped}: the policy is written with Java's escapes, and
 * {@code «text»×1000} stands for a text 1000 times.
 *
 * <p>With {@code -Dchangegate.golden.write} the messages in the files are written anew, for review.
 */
class GoldenMistakesTest {

    private static final Path FILES = Path.of("test/resources/io/jenkins/plugins/changegate/engine/syntax/mistakes");
    private static final Pattern REPEATED = Pattern.compile("«(.*?)»×(\\d+)", Pattern.DOTALL);
    private static final Pattern UNICODE = Pattern.compile("(?<!\\\\)\\\\u(\\p{XDigit}{4})");
    private static final Pattern FLAGS = Pattern.compile("=== .*\\[(.*)]");
    private static final int SHOWN = 16;

    private final PolicyReader reader = new PolicyReader();

    /** One policy: its first line, the policy as the file has it, and the messages as the file has them. */
    private record Case(String title, String written, String messages) {

        List<String> flags() {
            Matcher flags = FLAGS.matcher(title);
            return flags.matches() ? List.of(flags.group(1).split(", ")) : List.of();
        }

        String policy() {
            String text = flags().contains("crlf") ? written.replace("\n", "\r\n") : written;
            return flags().contains("escaped")
                    ? REPEATED.matcher(text)
                            .replaceAll(GoldenMistakesTest::repeated)
                            .transform(UNICODE::matcher)
                            .replaceAll(found -> String.valueOf((char) Integer.parseInt(found.group(1), 16)))
                            .translateEscapes()
                    : text;
        }
    }

    private static String repeated(MatchResult found) {
        return Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2))));
    }

    /** The build's directory is the top of the repository, or the engine's own. */
    private static Path directory() {
        return Files.exists(FILES) ? FILES : Path.of("src/engine").resolve(FILES);
    }

    static List<Path> files() {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Case> cases(Path file) {
        try {
            String text = Files.readString(file).replace("\r\n", "\n");
            List<Case> cases = new ArrayList<>();
            for (String part : text.split("(?m)^(?==== )")) {
                if (part.startsWith("=== ")) {
                    String title = part.lines().findFirst().orElseThrow();
                    int end = part.indexOf("\n---\n", title.length());
                    cases.add(new Case(
                            title,
                            part.substring(title.length() + 1, Math.max(end, title.length() + 1)),
                            part.substring(end + "\n---\n".length()).strip()));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PolicyException read(Case one) {
        Layer layer = one.flags().contains("organisation") ? Layer.ORGANISATION : Layer.REPOSITORY;
        PolicyException e =
                catchThrowableOfType(PolicyException.class, () -> reader.read(layer, "policy", one.policy()));
        assertThat(e).as(one.title() + " has no mistake").isNotNull();
        return e;
    }

    private String messages(Case one) {
        PolicyException e = read(one);
        return e.mistakes().stream()
                        .map(mistake -> mistake.line() + ":" + mistake.column() + " »" + at(one.policy(), mistake)
                                + "« " + mistake.message())
                        .collect(Collectors.joining("\n"))
                + (e.hasMore() ? "\nand more" : "");
    }

    /** Returns what an editor shows at the place. */
    private static String at(String policy, Mistake mistake) {
        String text = policy.startsWith("\ufeff") ? policy.substring(1) : policy;
        String line = text.split("\r\n|\r|\n", -1)[mistake.line() - 1];
        String rest = line.substring(Math.min(line.length(), mistake.column() - 1));
        return rest.substring(0, Math.min(SHOWN, rest.length())).replaceAll("\\p{Cntrl}", "?");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyMistakeIsSaidAsWritten(Path file) throws IOException {
        List<Case> cases = cases(file);
        assertThat(cases).isNotEmpty();
        if (System.getProperty("changegate.golden.write") != null) {
            String written = cases.stream()
                    .map(one -> one.title() + "\n" + one.written() + "\n---\n" + messages(one) + "\n")
                    .collect(Collectors.joining("\n"));
            Files.writeString(file, written);
        }
        for (Case one : cases(file)) {
            assertThat(messages(one)).as(one.title()).isEqualTo(one.messages());
        }
    }

    @Test
    void thereAreManyAndNoTwoAreTheSame() {
        List<Case> all = files().stream().flatMap(file -> cases(file).stream()).toList();
        assertThat(all).hasSizeGreaterThanOrEqualTo(75);
        assertThat(all).extracting(Case::title).doesNotHaveDuplicates();
        assertThat(all).extracting(one -> one.flags() + one.policy()).doesNotHaveDuplicates();
        assertThat(all.stream().filter(one -> one.messages().lines().count() >= 3))
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void nothingIsSaidTwice() {
        for (Case one : files().stream().flatMap(file -> cases(file).stream()).toList()) {
            assertThat(read(one).mistakes())
                    .as(one.title())
                    .doesNotHaveDuplicates()
                    .isSorted();
        }
    }
}
