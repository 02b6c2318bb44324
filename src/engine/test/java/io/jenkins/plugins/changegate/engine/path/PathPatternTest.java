package io.jenkins.plugins.changegate.engine.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meaning of path patterns by example; {@link PathPatternGitTest} compares it with git's. */
class PathPatternTest {

    @ParameterizedTest
    @CsvSource({
        // ** as a segment spans any number of them, also none
        "**/x, x, true",
        "**/x, a/x, true",
        "**/x, a/b/c/x, true",
        "**/x, ax, false",
        "**/x, x/y, false",
        "a/**, a/b, true",
        "a/**, a/b/c, true",
        "a/**, a, false",
        "a/**, ab, false",
        "a/**, b/a/c, false",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b, true",
        "a/**/b, a/xb, false",
        "**/a/**, a/b, true",
        "**/a/**, x/a/y/z, true",
        "**/a/**, xa/b, false",
        "**/a/**, x/a, false",
        "**, anything/at/all, true",
        "**/**/x, x, true",
        // within a segment it is a *, but not where it is the first wildcard
        "?**b, a/b, false",
        "?**b, axxb, true",
        "a**, ab/c, true",
        "a**/b, ax/y/b, true",
        "a**b, a/b, false",
        "a**/, a, true",
        "a**//b, a/b, true",
        // without wildcards, everything below matches too
        "docs, docs/a/b.md, true",
        "docs, docs, true",
        "docs, docs2/a, false",
        "docs/, docs/a/b.md, true",
        "docs/, docs, false",
        "docs/, docs2/a, false",
        "do?s, docs/a, false",
        // * and ? stay within a segment
        "*.md, README.md, true",
        "*.md, docs/README.md, false",
        "*, a, true",
        "*, a/b, false",
        "a/*/c, a/b/c, true",
        "a/*/c, a/b/b/c, false",
        "a/*/c, a/c, false",
        "?.txt, a.txt, true",
        "?.txt, ab.txt, false",
        "a?c, a/c, false",
        "*Auth*, MyAuthFilter.java, true",
        // one of the characters in brackets
        "[ab].c, a.c, true",
        "[ab].c, c.c, false",
        "[!ab].c, c.c, true",
        "[^ab].c, a.c, false",
        "[a-c]x, bx, true",
        "a[!b]c, a/c, false",
        "a[/]c, a/c, false",
        "[]]x, ]x, true",
        "V[[:digit:]].sql, V1.sql, true",
        "V[[:digit:]].sql, Va.sql, false",
        // a backslash takes the meaning from the next character
        "a\\*, a*, true",
        "a\\*, ab, false",
        "a\\b, ab, true",
        // what is written the same matches, whatever the characters mean
        "a*[b], a*[b], true",
        "a*[b], a*[b]/c, true",
        // case matters, as it does to git; nothing else is special
        "*.MD, a.md, false",
        "a.b, axb, false",
        "'{a,b}', a, false",
        "a+(b), a+(b), true",
        "a$, a$, true",
        "'a b', 'a b', true",
        "a/b, b, false",
        ".changegate.yml, .changegate.yml, true",
        ".changegate.yml, sub/.changegate.yml, false",
        "**/.*, a/.hidden, true",
        "*, .hidden, true",
        "ümläut/**, ümläut/日本, true",
        // bytes are compared, and this character has two
        "?, ä, false",
        "??, ä, true",
    })
    void patternMatchesPath(String pattern, String path, boolean expected) {
        assertThat(new PathPattern(pattern).matches(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"**/x, 'line\nbreak/x', true", "*, 'a\nb', true", "a*, 'a\tb \"c\"', true", "a?b, a\\b, true"})
    void oddNamesAreOnlyNames(String pattern, String path, boolean expected) {
        assertThat(new PathPattern(pattern).matches(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"../x", "./x", "a/../x", "a//x", "%78", "X"})
    void pathThatOnlyLooksLikeAnotherIsAnother(String path) {
        assertThat(new PathPattern("x").matches(path)).isFalse();
        assertThat(new PathPattern("a/x").matches(path)).isFalse();
    }

    @Test
    void submoduleIsADirectoryWithNothingBelow() {
        byte[] path = PathPattern.bytes("lib");
        assertThat(new PathPattern("lib/").matches(path, true)).isTrue();
        assertThat(new PathPattern("lib/").matches(path, false)).isFalse();
        assertThat(new PathPattern("lib").matches(path, true)).isTrue();
        assertThat(new PathPattern("lib/**").matches(path, true)).isFalse();
        assertThat(new PathPattern("li/").matches(path, true)).isFalse();
    }

    @Test
    void nameThatIsNoUtf8IsComparedAsItIsRead() {
        String read = new String(new byte[] {'a', (byte) 0xe4, '.', 'c'}, StandardCharsets.UTF_8);
        assertThat(new PathPattern("a*.c").matches(read)).isTrue();
        assertThat(new PathPattern("a\ufffd.c").matches(read)).isTrue();
        assertThat(new PathPattern("a???.c").matches(read)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', it is empty",
        "a[b, a '[' has no ']'",
        "[, a '[' has no ']'",
        "[], a '[' has no ']'",
        "[!], a '[' has no ']'",
        "[a\\], a '[' has no ']'",
        "'[[:alpha:]', a '[' has no ']'",
        "'[[:alpha', a '[' has no ']'",
        "'[[:letter:]]', there are no characters '[:letter:]'",
        "[z-a], the range 'z-a' begins after its end",
        "[ä], only ASCII characters",
        "a\\, nothing follows its last '\\'",
        "[a-\\, nothing follows its last '\\'",
        "/a, no path begins with '/'",
        "\\/a*, no path begins with '/'",
        "a//b, no path contains '//'",
        "**//b, no path contains '//'",
        "./a, no path contains '.'",
        "a/../*, no path contains '.'",
        "**/docs/, add '**'",
        "a/**/, add '**'",
        "'a\0b', characters that no path has",
        "'a\ud800b', characters that no path has",
    })
    void whatCouldMatchNothingIsNoPattern(String pattern, String because) {
        assertThatThrownBy(() -> new PathPattern(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + pattern + "' is no path pattern: ")
                .hasMessageContaining(because);
    }

    @Test
    void longPatternIsNone() {
        assertThat(new PathPattern("a".repeat(1_000)).matches("a".repeat(1_000)))
                .isTrue();
        assertThatThrownBy(() -> new PathPattern("a".repeat(1_001))).hasMessageContaining("at most 1000 characters");
    }

    @Test
    void hostilePatternEnds() {
        String path = "a/".repeat(2_000) + "a".repeat(4_000);
        assertThat(new PathPattern("**/*a".repeat(199) + "*b").matches(path)).isFalse();
        assertThat(new PathPattern("*a".repeat(499) + "b").matches("a".repeat(8_000)))
                .isFalse();
        assertThat(new PathPattern("**/" + "a/**/".repeat(180) + "b").matches(path))
                .isFalse();
    }
}
