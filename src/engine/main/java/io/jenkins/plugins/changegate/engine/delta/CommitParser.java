package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a commit object: header lines, an empty line, the message. */
final class CommitParser {

    /**
     * As git reads it: the name up to the first bracket, the time after the last one. Only a line feed ends a line (flag
     * d); a name may hold what else Unicode calls the end of one. Possessive, so it runs in linear time.
     */
    private static final Pattern PERSON =
            Pattern.compile("(?md)^(author|committer) ([^<\\n]*+)<([^>\\n]*+)>(?:[^\\n]*>)? (\\d{1,18}) [+-]\\d++$");

    private CommitParser() {}

    /**
     * @throws IOException if it is no commit
     */
    static Commit parse(String id, String text) throws IOException {
        int end = text.indexOf("\n\n");
        String header = end < 0 ? text : text.substring(0, end);
        String message = end < 0 ? "" : text.substring(end + 2);
        Person author = null;
        Person committer = null;
        long committed = 0;
        Matcher matcher = PERSON.matcher(header);
        while (matcher.find()) {
            Person person = new Person(matcher.group(2).stripTrailing(), matcher.group(3));
            if (matcher.group(1).equals("author")) {
                author = person;
            } else {
                committer = person;
                committed = Long.parseLong(matcher.group(4));
            }
        }
        if (author == null || committer == null) {
            throw new IOException("Commit " + id + " has no author or committer that can be read");
        }
        List<Person> coAuthors = LogParser.coAuthors(message);
        return new Commit(
                id,
                false,
                committed,
                author,
                committer,
                coAuthors,
                message.lines().findFirst().orElse(""));
    }
}
