package io.jenkins.plugins.changegate.engine.path;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Paths that git can have and patterns for them, made to find differences: the same ones for the same seed. */
final class HostilePaths {

    /** Names that mean something somewhere, and paths of them. */
    private static final List<String> NASTY = List.of(
            ("a|ab|abc|A|b|x|docs/a.md|docs/b/c.md|docs2|doc|docs /a|Docs/a.md|src/main/App.java|src/test/AppTest.java"
                            + "|a/b|a/b/c|a/b/c/d/e|a/x/b|a/xb|axx/b|ab/c|b/a/b|x/a/y/z|db/migration/V1.sql|V1.sql"
                            + "|V12.sql|.hidden|.hidden/a|a/.hidden|..a/b|a../b|.../a|...|-|--|-a|--all|-a/-b|:|:a|:/|"
                            + ":!a|:^a|:(glob)|:(glob)a|:(glob)**/a|:(top,glob)*|:(literal)*|!|!a|!a/b|^|^a|#|#a|~|~a/b"
                            + "|*|**|***|*a|a*|a*b|*/a|*/b/c|**/a|**/b/c|a/*|a/**|a/**/b|a*/b|?|??|a?|?a/b|a?b|[|]|[]"
                            + "|[a|a]|[a]|[ab]|[a/b]|[!a]|[^a]|[a-c]|[]a]|[[:alpha:]]|[[:alpha:]|[a-|a[b|a[b]c|[a]/b"
                            + "|\\|\\\\|\\a|a\\|a\\b|a\\*|a\\*b|a\\[b|\\*|\\?|\\[|a\\/b|\\/a|a/\\|a/\\b|{a,b}|{a|a,b|a+(b)"
                            + "|@(a)|a$|$a|${a}|$(a)|`a`|'|'a'|\"|\"a\"|a\"b|a'b|a;b|a&b|<a>|%|%61|%2a|a%2fb|=|a=b"
                            + "| |  | a|a |a b|a /b| /a|a/ |a/ /b|é|e\u0301|\u00e9/a|e\u0301/a|ä|a\u0308|ß|ss|ſ|İ|ı|K"
                            + "|日本|日本/語.txt|🚀|🚀/a|a🚀b|👩‍👩‍👧|\u200b|a\u200bb|\u202ea|\ufeffa|\u00a0|\u2028|\ufffd|\ufffda"
                            + "|a\u0001b|\u001b[31m|a\u007fb|CON|nul|aux.txt|a.|a..|a...b|.a.|README.md|README.MD|a.b|axb"
                            + "|.changegate.yml|sub/.changegate.yml|.gitattributes|vendor/lib/a|lib/vendor/a")
                    .split("\\|"));

    private static final List<String> BREAKS = List.of(
            "\n",
            "\t",
            "\r",
            "\u000b",
            "\f",
            "a\nb",
            "a\tb",
            "a\n/b",
            "a/\nb",
            "a\rb",
            "a\u000bb",
            "\na",
            "a\n",
            "a|b");

    /** What git should and what it should not take for a pattern. */
    private static final List<String> PATTERNS = List.of(
            ("**|*|?|??|???|*/*|*/**|**/*|**/**|**/*/**|**/?|?/**|?/*|*.md|**/*.md|docs|docs/|docs/**|docs/*|doc*|doc?|doc*/"
                            + "|doc*/**|**/docs/**|**/docs|**/docs/|do[c]s|a/**/b|a/**/**/b|a/***/b|a/***|***|****/b"
                            + "|***/b|a**|a**b|a**/b|a/b**|a/**b|**b|**a**|?**|?**b|?**/b|[a]**|[a]**/b|*a**/b|*/**b"
                            + "|**\\/b|**\\/|a/**\\/b|a/*\\/b|*\\/b|a\\/b|a\\/**|a\\/**/b|a\\/*|\\a|\\a/b|\\**|\\*|\\*\\*"
                            + "|\\?|\\[|\\[a\\]|\\]|\\\\|\\\\*|a\\\\b|*\\\\*|**/*\\\\*|\\|a\\|*\\|**/\\|a/\\|[|[]|[!]|[^]|[]]|[!]]"
                            + "|[]a]|[]-a]|[!]a-]|[a-]|[-a]|[a-c]|[c-a]|[a-a]|[!a-c]|[^a-c]|[!a]|[^a]|[!!]|[!^]|[^!]|[^^]"
                            + "|[a^]|[a!]|[--0]|[+--]|[---]|[a-c-e]|[a-cx-z]|[\\]]|[\\\\]|[\\a-\\c]|[a-\\c]|[\\a]|[\\-a]"
                            + "|[a\\-c]|[a\\]|[a-\\]|[/]|[!/]|a[/]b|a[!x]b|a[+-9]b|[a/b]|[a/b]*|[/a]|[!a/]b|[a]/b|[a]/[b]"
                            + "|[[]|[[a]|[[]a|[[:]|[[:a]|[[:a]]|[[::]]|[[:alpha:]|[[:alpha:]]|[[:alpha]|[[:foo:]]"
                            + "|[[:ALPHA:]]|[![:alpha:]]|[[:alpha:][:digit:]]|[[:alpha:]-z]|[a-[:digit:]]|[[.a.]]|[[=a=]]"
                            + "|[:alpha:]|[[:digit:]*]|a[[:punct:]]b|a[[:space:]]b|*[[:space:]]*|**/*[[:cntrl:]]*|*[*]*"
                            + "|*[?]*|*[[]*|*[]]*|*[\\]*|*[\\\\]*|*\\[*|*\\**|é|[é]|?é|[!a]é|e?|e??|*é*|*\u0301|🚀|????|?🚀?"
                            + "|**/*🚀*|{a,b}|{*}|(a)|+(a)|@(a|)|a$|^a|$|a.b|a?b|A*|*A*|[A-z]|/a|/**|//|a//b|a//**|**//b|./a"
                            + "|../a|a/./b|a/../b|.|..|*/.|.*|..*|**/.*|.*/**|*/.*|*.|*..| *|* |* *|**/* *|?b |-*|--*|:*|:|:(*"
                            + "|:(glob)*|!*|#*|~*|*/|**/|a/**/|*a/|[a]/|\\a/|a*\\/|***/|**a/|V?.sql|V[0-9].sql|V[0-9]*.sql"
                            + "|**/V*.sql|*.MD|**/migration/**|**/vendor/**|vendor|vendor/|mod|mod/|m?d|mod/**|mod*|*/mod"
                            + "|**/mod|deep/mod/|deep/*/|deep|deep/|*a*b*c*|**/*a*/**/*b*|a*/*/**/?|**/?/**/?|*/*/*|*/*/*/**")
                    .split("\\|"));

    private static final String[] PIECES = {
        "a",
        "b",
        "a",
        "b",
        "x",
        "/",
        "/",
        "/",
        "*",
        "*",
        "**",
        "**/",
        "/**",
        "/**/",
        "?",
        "[",
        "]",
        "[a]",
        "[!a]",
        "[^b/]",
        "[a-x]",
        "[!-x]",
        "[]a]",
        "[[:alpha:]]",
        "[[:upper:]!]",
        "[",
        ":",
        "-",
        "!",
        "^",
        "\\",
        "\\*",
        "\\\\",
        "\\/",
        "é",
        ".",
        " ",
        "\n",
        "🚀"
    };

    private final Random random;

    HostilePaths(long seed) {
        random = new Random(seed);
    }

    /** Returns different paths, all of which git can have, though not all in one tree. */
    List<String> paths() {
        Set<String> paths = new LinkedHashSet<>();
        Stream.concat(NASTY.stream(), BREAKS.stream()).forEach(name -> {
            paths.add(name);
            paths.add("deep/" + name + "/" + name);
        });
        IntStream.range(1, 0x80).filter(c -> c != '/').forEach(c -> paths.add("x" + (char) c));
        paths.add("long/".repeat(200) + "a");
        paths.add("l" + "o".repeat(3_000) + "ng");
        String[] names = {"a", "b", "x", "ab", "ba", "*", "?", "]", "[", "-", "\\", "!", "é", "a b", "aab", "*a", "🚀"};
        while (paths.size() < 700) {
            StringBuilder path = new StringBuilder(any(names));
            for (int n = random.nextInt(5); n > 0; n--) {
                path.append(random.nextInt(3) == 0 ? "" : "/").append(any(names));
            }
            paths.add(path.toString());
        }
        return paths.stream().filter(HostilePaths::isPossible).toList();
    }

    private static boolean isPossible(String path) {
        return Stream.of(path.split("/", -1))
                .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals("..") || name.equals(".git"));
    }

    /** Returns different patterns, also some that are none, many of which match some of the paths. */
    List<String> patterns(List<String> paths) {
        Collection<String> patterns = new LinkedHashSet<>(PATTERNS);
        for (String name : "alnum alpha blank cntrl digit graph lower print punct space upper xdigit".split(" ")) {
            patterns.add("x[[:" + name + ":]]");
            patterns.add("x[![:" + name + ":]a]");
        }
        patterns.addAll(NASTY);
        while (patterns.size() < 700) {
            StringBuilder pattern = new StringBuilder();
            for (int n = random.nextInt(7); n >= 0; n--) {
                pattern.append(any(PIECES));
            }
            patterns.add(pattern.toString());
        }
        while (patterns.size() < 1_000) {
            patterns.add(blurred(paths.get(random.nextInt(paths.size()))));
        }
        patterns.removeIf(pattern ->
                pattern.length() > 1_000 || !StandardCharsets.UTF_8.newEncoder().canEncode(pattern));
        return new ArrayList<>(patterns);
    }

    /** Puts pieces of patterns in the place of parts of a path. */
    private String blurred(String path) {
        StringBuilder pattern = new StringBuilder(path);
        for (int n = random.nextInt(3); n >= 0; n--) {
            int from = random.nextInt(pattern.length() + 1);
            int to = Math.min(pattern.length(), from + random.nextInt(4));
            pattern.replace(from, to, any(PIECES));
        }
        return pattern.toString();
    }

    private String any(String[] some) {
        return some[random.nextInt(some.length)];
    }
}
