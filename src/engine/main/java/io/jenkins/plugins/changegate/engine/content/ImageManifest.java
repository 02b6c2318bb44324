package io.jenkins.plugins.changegate.engine.content;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads which container images, charts and actions Dockerfiles and YAML files use. */
final class ImageManifest {

    private static final Pattern FROM =
            Pattern.compile("(?i)^\\s*FROM\\s+(?:--platform=\\S+\\s+)?(\\S+)(?:\\s+AS\\s+(\\S+))?\\s*$");
    private static final Pattern COPY = Pattern.compile("(?i)^\\s*(?:COPY|RUN)\\s.*--?(?:mount=\\S*,)?from=([^\\s,]+)");
    private static final Pattern ARG = Pattern.compile("(?i)^\\s*ARG\\s+(\\w+)=[\"']?([^\\s\"']+)");

    /** A key and its value, alone in a line or behind the dash of a list. */
    private static final Pattern ENTRY =
            Pattern.compile("^(\\s*(?:-\\s+)*)[\"']?(\\w+)[\"']?\\s*:\\s+[\"']?([^\\s\"'#]+)[\"']?\\s*(?:#.*)?$");

    private static final Pattern IMAGE =
            Pattern.compile("^[a-z0-9$][\\w.${}:-]*(?:/[\\w.${}:-]+)*(?:@sha\\d+:[0-9a-f]+)?$");

    private static final Pattern PICTURE = Pattern.compile("(?i)\\.(png|jpe?g|gif|svg|webp|ico|avif)$");

    /** Keys of YAML that may say which image, chart or action is used. */
    static final Pattern KEYS = Pattern.compile(
            "^\\s*(?:-\\s+)*[\"']?(image|tag|digest|repository|newTag|newName|uses|appVersion|version|name)[\"']?\\s*:");

    /** Each of {@link #KEYS} has one of these in it. */
    private static final List<String> PARTS_OF_KEYS =
            List.of("image", "ag", "digest", "repository", "ame", "uses", "ersion");

    /** How far the parts of one image may be apart, in lines. */
    private static final int APART = 6;

    private ImageManifest() {}

    static List<Declared> dockerfile(String text) {
        Properties arguments = new Properties();
        List<Declared> found = new ArrayList<>();
        Set<String> stages = new HashSet<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (line.length() > LineManifest.LONGEST) {
                continue;
            }
            Matcher argument = ARG.matcher(line);
            Matcher from = FROM.matcher(line);
            Matcher copy = COPY.matcher(line);
            if (argument.find()) {
                arguments.put(argument.group(1), argument.group(2), number);
            } else if (from.find()) {
                add(found, arguments, stages, from.group(1), number);
                if (from.group(2) != null) {
                    stages.add(from.group(2));
                }
            } else if (copy.find() && copy.group(1).contains(":")) {
                add(found, arguments, stages, copy.group(1), number);
            }
        }
        found.addAll(arguments.unused());
        return found;
    }

    private static void add(
            List<Declared> found, Properties arguments, Set<String> stages, String reference, int number) {
        if (stages.contains(reference) || reference.equals("scratch")) {
            found.add(Declared.nothing(number));
            return;
        }
        Declared written = image(reference, number);
        found.add(arguments.resolve(written.name(), written.version(), written.lines()));
    }

    /** Takes a reference apart: what stands after the last colon is a tag, but for the port of a registry. */
    private static Declared image(String reference, int number) {
        int at = reference.indexOf('@');
        String digest = at < 0 ? "" : reference.substring(at);
        String rest = at < 0 ? reference : reference.substring(0, at);
        int colon = rest.lastIndexOf(':');
        boolean port = rest.indexOf('/', Math.max(0, colon)) >= 0;
        boolean substitution = colon > 0
                && rest.indexOf('}', colon) >= 0
                && rest.lastIndexOf('{', colon) > rest.lastIndexOf('}', colon);
        if (colon < 0 || port || substitution) {
            return new Declared(rest, digest.isEmpty() ? "latest" : digest, number);
        }
        return new Declared(rest.substring(0, colon), rest.substring(colon + 1) + digest, number);
    }

    /**
     * @param chart whether it is the description of a chart, whose own version counts for nothing
     * @param actions whether it may use actions
     */
    static List<Declared> yaml(String text, boolean chart, boolean actions) {
        List<Declared> found = new ArrayList<>();
        Part name = null;
        Part version = null;
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            Matcher entry = line.length() > LineManifest.LONGEST || !mayHaveKey(line) ? null : ENTRY.matcher(line);
            if (entry == null || !entry.find()) {
                continue;
            }
            Part part = new Part(
                    entry.group(1).length(),
                    entry.group(2),
                    entry.group(3),
                    number,
                    entry.group(1).contains("-"));
            switch (part.key) {
                case "image" -> {
                    if (isImage(part.value)) {
                        found.add(image(part.value, number));
                    }
                }
                case "uses" -> {
                    int at = part.value.lastIndexOf('@');
                    if (actions && at > 0) {
                        found.add(new Declared(part.value.substring(0, at), part.value.substring(at + 1), number));
                    }
                }
                case "appVersion" -> {
                    if (chart) {
                        found.add(new Declared("appVersion", part.value, number));
                    }
                }
                case "repository", "name", "newName" -> {
                    if (chart == part.key.equals("name")) {
                        name = part;
                        version = part.begins || !part.near(version) ? null : version;
                    }
                }
                case "tag", "newTag", "version" -> {
                    if (chart && part.indent == 0) {
                        found.add(Declared.nothing(number));
                    } else if (chart == part.key.equals("version")) {
                        version = part;
                        name = part.begins || !part.near(name) ? null : name;
                    }
                }
                default -> {
                    // says nothing of an image
                }
            }
            if (name != null && version != null) {
                found.add(new Declared(name.value, version.value, List.of(version.line, name.line)));
                version = null;
            }
        }
        return found;
    }

    /** Most lines have none of these, and that is found out much faster. */
    static boolean mayHaveKey(String line) {
        return line.indexOf(':') >= 0 && PARTS_OF_KEYS.stream().anyMatch(line::contains);
    }

    private record Part(int indent, String key, String value, int line, boolean begins) {
        boolean near(Part other) {
            return other != null && other.indent == indent && line - other.line <= APART;
        }
    }

    private static boolean isImage(String value) {
        return IMAGE.matches(value) && !PICTURE.matcher(value).find();
    }
}
