package io.jenkins.plugins.changegate.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meaning of path patterns, which is Ant's. */
class PathPatternTest {

    @ParameterizedTest
    @CsvSource({
        // ** spans any number of segments, also none
        "**/x, x, true",
        "**/x, a/x, true",
        "**/x, a/b/c/x, true",
        "**/x, ax, false",
        "**/x, x/y, false",
        "a/**, a/b, true",
        "a/**, a/b/c, true",
        "a/**, a, true",
        "a/**, ab, false",
        "a/**, b/a/c, false",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b, true",
        "a/**/b, a/xb, false",
        "**/a/**, a/b, true",
        "**/a/**, x/a/y/z, true",
        "**/a/**, xa/b, false",
        "**, anything/at/all, true",
        "**/**/x, x, true",
        // a slash at the end means everything below
        "docs/, docs/a/b.md, true",
        "docs/, docs2/a, false",
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
        "a**b, a/b, false",
        "a**b, axxb, true",
        // case matters, as it does to git; nothing else is special
        "*.MD, a.md, false",
        "a.b, axb, false",
        "[ab], a, false",
        "'{a,b}', a, false",
        "a+(b), a+(b), true",
        "a$, a$, true",
        "'a b', 'a b', true",
        "a, a/b, false",
        "a/b, b, false",
        ".changegate.yml, .changegate.yml, true",
        ".changegate.yml, sub/.changegate.yml, false",
        "**/.*, a/.hidden, true",
        "*, .hidden, true",
        "ümläut/**, ümläut/日本, true",
    })
    void patternMatchesPath(String pattern, String path, boolean expected) {
        assertThat(new PathPattern(pattern).matches(PathPattern.split(path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"**/x, 'line\nbreak/x', true", "*, 'a\nb', true", "a*, 'a\tb \"c\"', true", "a\\b, a/b, false"})
    void oddNamesAreOnlyNames(String pattern, String path, boolean expected) {
        assertThat(new PathPattern(pattern).matches(PathPattern.split(path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"../x", "./x", "a/../x", "a//x", "x/", "%78", "X"})
    void pathThatOnlyLooksLikeAnotherIsAnother(String path) {
        assertThat(new PathPattern("x").matches(PathPattern.split(path))).isEqualTo(path.equals("x/"));
    }
}
