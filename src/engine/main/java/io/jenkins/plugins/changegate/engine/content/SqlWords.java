package io.jenkins.plugins.changegate.engine.content;

import java.util.List;

/**
 * The words of one statement of SQL, and what stands where among them. A place outside of it has no word.
 *
 * @param tokens the words in their order
 */
record SqlWords(List<SqlLexer.Token> tokens) {

    SqlWords {
        tokens = List.copyOf(tokens);
    }

    String word(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i).text() : "";
    }

    boolean is(int i, String... words) {
        for (int n = 0; n < words.length; n++) {
            if (!word(i + n).equals(words[n])) {
                return false;
            }
        }
        return true;
    }

    /** Whether the words follow somewhere, before an end. */
    boolean has(int from, int to, String... words) {
        for (int i = from; i < Math.min(to, tokens.size()); i++) {
            if (is(i, words)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the table that is created, altered or indexed, without its schema; empty if none is. */
    String table() {
        int at = -1;
        if (is(0, "create", "table") || is(0, "alter", "table")) {
            at = 2;
        } else if (word(0).equals("create") && has(1, 3, "index")) {
            at = 1;
            while (at < tokens.size() && !is(at, "on")) {
                at++;
            }
            at++;
        }
        while (is(at, "if") || is(at, "not") || is(at, "exists") || is(at, "only")) {
            at++;
        }
        while (at > 0 && is(at + 1, ".")) {
            at += 2;
        }
        return at > 0 && at < tokens.size() ? tokens.get(at).name() : "";
    }

    /** Anywhere: before it there may be words of a comment that could not be told from code. */
    boolean altersTable() {
        return has(0, tokens.size(), "alter", "table");
    }

    /** Returns where a clause ends: at a comma outside of brackets. */
    int end(int from) {
        int depth = 0;
        for (int i = from; i < tokens.size(); i++) {
            depth += is(i, "(") ? 1 : is(i, ")") ? -1 : 0;
            if (depth == 0 && is(i, ",")) {
                return i;
            }
        }
        return tokens.size();
    }
}
