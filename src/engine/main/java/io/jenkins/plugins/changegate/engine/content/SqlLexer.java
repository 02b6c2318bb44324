package io.jenkins.plugins.changegate.engine.content;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes SQL apart into words, without comments, texts and dollar-quoted bodies. Where databases read the same text
 * differently, or what is quoted is run, it is taken for code: nothing that one of them would run is hidden. For one
 * text; not thread-safe.
 */
final class SqlLexer {

    /**
     * A word in lower case, a quoted name as {@code "}, or a single other character.
     *
     * @param name the name as it is compared; for a word, the word
     * @param line from 1
     */
    record Token(String text, String name, int line) {}

    /** Longest statement that is looked at as one, in words; a longer one is looked at in parts that overlap. */
    private static final int LONGEST = 5_000;

    private static final int OVERLAP = 50;

    private static final Pattern ORACLE = Pattern.compile("(?i)\\bn?q'");

    private static final Set<String> ROUTINES = Set.of("function", "procedure");

    /** Longest name in brackets, in characters. */
    private static final int NAME = 500;

    private final String sql;
    private final boolean raw;
    private boolean ambiguous;
    private final List<List<Token>> statements = new ArrayList<>();
    private List<Token> statement = new ArrayList<>();
    private int line;
    private int at;

    private SqlLexer(String sql, int firstLine, boolean raw) {
        this.sql = sql;
        this.line = firstLine;
        this.raw = raw;
    }

    /**
     * @param firstLine the number of its first line
     * @param whole whether it begins at the beginning of a file; otherwise it may begin within a text or a comment, and
     *     all words count
     */
    static List<List<Token>> statements(String sql, int firstLine, boolean whole) {
        // MySQL ends no text at \', and PostgreSQL does; Oracle has q'[…]'; MySQL's client is told by DELIMITER what
        // ends a statement.
        boolean ambiguous = sql.contains("\\'")
                || sql.contains("\\\"")
                || ORACLE.matcher(sql).find()
                || hasDelimiter(sql);
        SqlLexer lexer = new SqlLexer(sql, firstLine, !whole || ambiguous);
        lexer.run();
        if (lexer.ambiguous) {
            lexer = new SqlLexer(sql, firstLine, true);
            lexer.run();
        }
        return lexer.statements;
    }

    private static boolean hasDelimiter(String sql) {
        return sql.lines().anyMatch(line -> line.strip().regionMatches(true, 0, "delimiter", 0, 9));
    }

    private void run() {
        while (at < sql.length() && !ambiguous) {
            if (statement.size() >= LONGEST) {
                List<Token> last = List.copyOf(statement.subList(LONGEST - OVERLAP, LONGEST));
                end();
                statement.addAll(last);
            }
            char c = sql.charAt(at);
            if (c == '\n') {
                line++;
                at++;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (raw || !quoted(c)) {
                plain(c);
            }
        }
        end();
    }

    private void plain(char c) {
        if (isWord(c)) {
            word();
            return;
        }
        if (c == ';') {
            end();
        } else if (!raw || c != '"' && c != '`' && c != '\'') {
            statement.add(new Token(String.valueOf(c), String.valueOf(c), line));
        }
        at++;
    }

    /** Passes over a comment, a text or a quoted name, if one begins here. */
    private boolean quoted(char c) {
        if (sql.startsWith("--", at)) {
            comment();
        } else if (sql.startsWith("/*", at)) {
            int from = at + 2;
            at = from;
            skipTo("*/", 2);
            // PostgreSQL nests comments, and MySQL runs what is in /*! … */.
            ambiguous = sql.startsWith("!", from) || sql.substring(from, at).contains("/*");
        } else if (c == '\'') {
            at++;
            skipTo("'", 1);
            statement.add(new Token("'", "'", line));
        } else if (c == '"' || c == '`') {
            name(c);
        } else if (c == '$' && dollarTag() != null) {
            dollarQuoted(dollarTag());
        } else if (c == '[') {
            // To SQL Server it begins a name, in which a quote is a part of the name.
            int end = sql.indexOf(']', at);
            String between = sql.substring(at, end < 0 ? sql.length() : Math.min(end, at + NAME));
            ambiguous = between.chars().filter(each -> each == '\'').count() % 2 != 0;
            return false;
        } else {
            // To MySQL it begins a comment.
            ambiguous = c == '#';
            return false;
        }
        return true;
    }

    /** MySQL begins no comment where no space follows, and then there may be the beginning of a text in it. */
    private void comment() {
        int from = at + 2;
        skipTo("\n", 0);
        String text = sql.substring(Math.min(from, at), at);
        boolean spaced = text.isEmpty() || Character.isWhitespace(text.charAt(0));
        ambiguous = !spaced && (text.chars().anyMatch(c -> "'\"`$".indexOf(c) >= 0) || text.contains("/*"));
    }

    private void end() {
        if (!statement.isEmpty()) {
            statements.add(statement);
            statement = new ArrayList<>();
        }
    }

    /** Goes behind what ends something, or to it if nothing of it is passed over; counts the lines. */
    private void skipTo(String end, int passedOver) {
        int found = sql.indexOf(end, at);
        int to = found < 0 ? sql.length() : found + passedOver;
        for (; at < to; at++) {
            line += sql.charAt(at) == '\n' ? 1 : 0;
        }
    }

    private void name(char quote) {
        int end = sql.indexOf(quote, at + 1);
        String name = end < 0 ? ";" : sql.substring(at + 1, end).toLowerCase(Locale.ROOT);
        // Only some databases know the backtick.
        ambiguous = end < 0 || quote == '`' && name.contains(";");
        statement.add(new Token("\"", name, line));
        at++;
        skipTo(String.valueOf(quote), 1);
    }

    private String dollarTag() {
        int end = at + 1;
        while (end < sql.length() && isWord(sql.charAt(end))) {
            end++;
        }
        boolean tag = end < sql.length() && sql.charAt(end) == '$' && !Character.isDigit(sql.charAt(at + 1));
        return tag ? sql.substring(at, end + 1) : null;
    }

    private void dollarQuoted(String tag) {
        boolean runs = !statement.isEmpty() && statement.get(0).text().equals("do");
        // Elsewhere it may be a name, to MySQL.
        boolean body = !statement.isEmpty()
                && statement.get(statement.size() - 1).text().equals("as")
                && statement.stream().anyMatch(token -> ROUTINES.contains(token.text()));
        ambiguous = !runs && !body;
        at += tag.length();
        int from = at;
        int firstLine = line;
        skipTo(tag, 0);
        if (runs) {
            // An anonymous block is run, and in it also what it puts together in texts.
            statements.addAll(statements(sql.substring(from, at), firstLine, false));
        }
        at = Math.min(sql.length(), at + tag.length());
    }

    private void word() {
        int from = at;
        while (at < sql.length() && isWord(sql.charAt(at))) {
            at++;
        }
        String word = sql.substring(from, at).toLowerCase(Locale.ROOT);
        statement.add(new Token(word, word, line));
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
