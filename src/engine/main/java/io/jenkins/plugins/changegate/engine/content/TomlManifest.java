package io.jenkins.plugins.changegate.engine.content;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code Cargo.toml}, {@code pyproject.toml}, {@code Pipfile} and Gradle's version catalog, line by line: as much
 * of TOML as people write there. For one text; not thread-safe.
 */
final class TomlManifest {

    private static final Pattern TABLE = Pattern.compile("^\\s*\\[+\\s*([^\\]]+?)\\s*\\]+\\s*(#.*)?$");
    private static final Pattern ENTRY = Pattern.compile("^\\s*[\"']?([\\w.@/-]+)[\"']?\\s*=\\s*(.+)$");
    private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']*)[\"']");
    private static final Pattern VERSION = Pattern.compile("\\bversion\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final Pattern REF = Pattern.compile("\\bversion\\.ref\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final Pattern MODULE = Pattern.compile("\\b(?:module|id)\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final Pattern GROUP = Pattern.compile("\\bgroup\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final Pattern NAME = Pattern.compile("\\bname\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final Pattern REVISION = Pattern.compile("\\b(?:rev|tag|branch)\\s*=\\s*[\"']([^\"']*)[\"']");

    private final Properties properties = new Properties();
    private final List<Declared> found = new ArrayList<>();
    private final List<String[]> references = new ArrayList<>();
    private final boolean catalog;
    private String table = "";
    private boolean inList;

    private TomlManifest(boolean catalog) {
        this.catalog = catalog;
    }

    /**
     * @param catalog whether it is a version catalog
     */
    static List<Declared> read(String text, boolean catalog) {
        TomlManifest manifest = new TomlManifest(catalog);
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (line.length() <= LineManifest.LONGEST) {
                manifest.line(line, number);
            }
        }
        for (String[] reference : manifest.references) {
            manifest.found.add(manifest.properties.resolve(
                    reference[0], "${" + reference[1] + "}", List.of(Integer.parseInt(reference[2]))));
        }
        manifest.found.addAll(manifest.properties.unused());
        return manifest.found;
    }

    private void line(String line, int number) {
        Matcher header = TABLE.matcher(line);
        if (!inList && header.find()) {
            table = header.group(1).replace("\"", "").replace("'", "");
            return;
        }
        if (inList) {
            requirements(line, number);
            inList = !line.strip().startsWith("]") && !line.strip().endsWith("]");
            return;
        }
        Matcher entry = ENTRY.matcher(line);
        if (!entry.find()) {
            return;
        }
        String key = entry.group(1);
        String value = entry.group(2).strip();
        if (catalog) {
            catalog(key, value, number);
        } else if ((table.equals("package") || table.equals("project") || table.equals("tool.poetry"))
                && key.equals("version")) {
            found.add(Declared.nothing(number));
        } else if (listsRequirements(key) && value.startsWith("[")) {
            requirements(value.substring(1), number);
            inList = !value.contains("]") || value.indexOf(']') < value.lastIndexOf('"') && !value.endsWith("]");
        } else if (listsDependencies(table)) {
            found.add(new Declared(key, version(value), number));
        } else if (key.equals("version") && listsDependencies(parent(table))) {
            found.add(new Declared(table.substring(table.lastIndexOf('.') + 1), version(value), number));
        }
    }

    private void catalog(String key, String value, int number) {
        if (table.equals("versions")) {
            properties.put(key, version(value), number);
            return;
        }
        String name = first(MODULE, value, "");
        if (name.isEmpty() && value.contains("group")) {
            name = first(GROUP, value, "") + ":" + first(NAME, value, "");
        }
        String ref = first(REF, value, "");
        if (!name.isEmpty() && !ref.isEmpty()) {
            references.add(new String[] {name, ref, String.valueOf(number)});
        } else if (!name.isEmpty()) {
            found.add(new Declared(name, first(VERSION, value, ""), number));
        } else {
            String[] parts = first(QUOTED, value, "").split(":");
            if (parts.length > 1 && !table.equals("bundles")) {
                String last = parts[parts.length - 1];
                found.add(new Declared(parts.length > 2 ? parts[0] + ":" + parts[1] : parts[0], last, number));
            }
        }
    }

    private static String version(String value) {
        if (value.startsWith("{")) {
            return first(VERSION, value, first(REVISION, value, ""));
        }
        return first(QUOTED, value, "");
    }

    private static boolean listsDependencies(String table) {
        return table.endsWith("dependencies") || table.equals("packages") || table.equals("dev-packages");
    }

    private boolean listsRequirements(String key) {
        return table.equals("project") && key.equals("dependencies")
                || table.equals("project.optional-dependencies")
                || table.equals("dependency-groups")
                || table.equals("build-system") && key.equals("requires");
    }

    private static String parent(String table) {
        return table.contains(".") ? table.substring(0, table.lastIndexOf('.')) : "";
    }

    private void requirements(String text, int number) {
        Matcher quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            LineManifest.requirement(quoted.group(1), number).ifPresent(found::add);
        }
    }

    private static String first(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
