package io.jenkins.plugins.changegate.engine.content;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads manifests in which each dependency is a line of its own: of Go, pip, Ruby and Gradle. */
final class LineManifest {

    /** Longest line that is looked at, in characters. */
    static final int LONGEST = 4_000;

    private static final Pattern GO =
            Pattern.compile("^\\s*(?:require\\s+)?([\\w.~-]+(?:/[\\w.~-]+)*)\\s+(v\\d[\\w.+-]*)\\s*(?://.*)?$");
    private static final Pattern GO_REPLACE =
            Pattern.compile("^\\s*(?:replace\\s+)?(\\S+)(?:\\s+v\\S+)?\\s+=>\\s+(\\S+)(?:\\s+(v\\S+))?\\s*(?://.*)?$");
    private static final Pattern GO_ITSELF = Pattern.compile("^(go|toolchain)\\s+(?:go)?(\\d\\S*)");

    /** The number of a major version at the end of a module's path: {@code /v2}, or {@code .v2} at gopkg.in. */
    private static final Pattern GO_MAJOR = Pattern.compile("^(.+?)[/.]v\\d+$");

    private static final Pattern REQUIREMENT = Pattern.compile(
            "^\\s*([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(?:\\[[^\\]]*\\])?\\s*(?:\\(?\\s*((?:===?|[<>~!]=?|@)[^;#)]*))?");

    private static final Pattern GEM =
            Pattern.compile("^\\s*gem[\\s(]+[\"']([\\w.-]+)[\"']((?:\\s*,\\s*[\"'][^\"']*[\"'])*)");
    private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']*)[\"']");

    private static final Pattern COORDINATES =
            Pattern.compile("[\"']([\\w.-]+:[\\w.-]+):([^\"':@]+)(?::[\\w.-]+)?(?:@\\w+)?[\"']");
    private static final Pattern WITHOUT_VERSION =
            Pattern.compile("^\\s*\\w+[\\s(]+(?:platform\\()?[\"']([\\w.-]+:[\\w.-]+)[\"']");
    private static final Pattern GROUP = Pattern.compile("\\bgroup\\s*[:=]\\s*[\"']([^\"']+)[\"']");
    private static final Pattern NAME = Pattern.compile("\\bname\\s*[:=]\\s*[\"']([^\"']+)[\"']");
    private static final Pattern VERSION = Pattern.compile("\\bversion\\s*[:=]\\s*[\"']([^\"']+)[\"']");
    private static final Pattern PLUGIN = Pattern.compile(
            "\\b(?:id|kotlin)[\\s(]+[\"']([\\w.-]+)[\"']\\)?\\s+version\\s*\\(?\\s*[\"']([^\"']+)[\"']");
    private static final Pattern OWN = Pattern.compile("^\\s*version\\s*=?\\s*[\"']");
    private static final Pattern PROPERTY = Pattern.compile("\\b([A-Za-z_][\\w.]*)\\s*=\\s*[\"']([^\"']+)[\"']");

    private LineManifest() {}

    /** Something that reads one line. */
    private interface Reader {
        void read(String line, int number);
    }

    private static void each(String text, Reader reader) {
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (line.length() <= LONGEST) {
                reader.read(line, number);
            }
        }
    }

    static List<Declared> go(String text) {
        List<Declared> found = new ArrayList<>();
        each(text, (line, number) -> {
            Matcher replace = GO_REPLACE.matcher(line);
            Matcher module = GO.matcher(line);
            Matcher itself = GO_ITSELF.matcher(line);
            if (replace.find()) {
                String version = replace.group(3) == null ? "" : replace.group(3);
                found.add(new Declared(replace.group(1) + " => " + replace.group(2), version, number));
            } else if (itself.find()) {
                found.add(new Declared(itself.group(1), itself.group(2), number));
            } else if (module.find() && !line.strip().startsWith("exclude")) {
                Matcher major = GO_MAJOR.matcher(module.group(1));
                found.add(new Declared(major.find() ? major.group(1) : module.group(1), module.group(2), number));
            }
        });
        return found;
    }

    static List<Declared> requirements(String text) {
        List<Declared> found = new ArrayList<>();
        each(text, (line, number) -> requirement(line, number).ifPresent(found::add));
        return found;
    }

    /** Returns what a requirement as of PEP 508 says; empty if it is none. */
    static Optional<Declared> requirement(String text, int number) {
        Matcher matcher = REQUIREMENT.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String version = matcher.group(2) == null ? "" : matcher.group(2).strip();
        // Names are compared without case, and all three marks are the same: PEP 503.
        String name =
                matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
        int option = version.indexOf(" --");
        version = option < 0 ? version : version.substring(0, option);
        version = version.endsWith("\\") ? version.substring(0, version.length() - 1) : version;
        return Optional.of(new Declared(name, version.strip(), number));
    }

    static List<Declared> gems(String text) {
        List<Declared> found = new ArrayList<>();
        each(text, (line, number) -> {
            Matcher gem = GEM.matcher(line);
            if (gem.find()) {
                List<String> versions = new ArrayList<>();
                Matcher quoted = QUOTED.matcher(gem.group(2));
                while (quoted.find()) {
                    versions.add(quoted.group(1));
                }
                found.add(new Declared(gem.group(1), String.join(", ", versions), number));
            }
        });
        return found;
    }

    static List<Declared> gradle(String text) {
        Properties properties = new Properties();
        each(text, (line, number) -> {
            Matcher property = PROPERTY.matcher(line);
            if (!OWN.matcher(line).find()
                    && property.find()
                    && !GROUP.matcher(line).find()) {
                String name = property.group(1).substring(property.group(1).lastIndexOf('.') + 1);
                properties.put(name, property.group(2), number);
            }
        });
        List<Declared> found = new ArrayList<>();
        each(text, (line, number) -> {
            String stripped = line.strip();
            if (stripped.startsWith("//") || stripped.startsWith("*")) {
                return;
            }
            if (OWN.matcher(line).find()) {
                found.add(Declared.nothing(number));
            }
            List<Integer> here = List.of(number);
            Matcher plugin = PLUGIN.matcher(line);
            Matcher coordinates = COORDINATES.matcher(line);
            Matcher group = GROUP.matcher(line);
            Matcher name = NAME.matcher(line);
            Matcher version = VERSION.matcher(line);
            Matcher bare = WITHOUT_VERSION.matcher(line);
            if (plugin.find()) {
                found.add(properties.resolve(plugin.group(1), plugin.group(2), here));
            } else if (group.find() && name.find()) {
                found.add(properties.resolve(
                        group.group(1) + ":" + name.group(1), version.find() ? version.group(1) : "", here));
            } else if (bare.find()) {
                found.add(new Declared(bare.group(1), "", number));
            }
            while (coordinates.find()) {
                found.add(properties.resolve(coordinates.group(1), coordinates.group(2), here));
            }
        });
        properties.unused().forEach(found::add);
        return found;
    }
}
