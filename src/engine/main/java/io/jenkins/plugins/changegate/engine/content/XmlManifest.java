package io.jenkins.plugins.changegate.engine.content;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads Maven's {@code pom.xml} and the project files of NuGet. For one text; not thread-safe. */
final class XmlManifest {

    /** Elements of a pom that name something with a version. */
    private static final Set<String> POM =
            Set.of("dependency", "plugin", "extension", "parent", "annotationProcessorPath");

    private static final Set<String> NUGET =
            Set.of("PackageReference", "PackageVersion", "GlobalPackageReference", "package");

    private static final Set<String> PARTS =
            Set.of("groupId", "artifactId", "version", "Version", "classifier", "type", "VersionOverride");

    /** What a project's own version is made of: https://maven.apache.org/guides/mini/guide-maven-ci-friendly.html. */
    private static final Set<String> OWN = Set.of("revision", "changelist", "sha1");

    /** Deepest element that is looked at. */
    private static final int DEEPEST = 100;

    private final Properties properties = new Properties();
    private final List<Open> found = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Declared> declared = new ArrayList<>();

    /** An element that is not closed yet, and the parts that its children have given it. */
    private static final class Open {
        private final String name;
        private final int line;
        private final StringBuilder text = new StringBuilder();
        private final Map<String, String> parts = new LinkedHashMap<>();
        private final List<Integer> lines = new ArrayList<>();

        Open(String name, int line) {
            this.name = name;
            this.line = line;
        }
    }

    private XmlManifest() {}

    /**
     * @throws ManifestException if it is no XML, or has a document type, which manifests have not
     */
    static List<Declared> read(String text) throws ManifestException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        try {
            return new XmlManifest().read(factory.createXMLStreamReader(new StringReader(text)));
        } catch (XMLStreamException e) {
            throw new ManifestException(e);
        }
    }

    private List<Declared> read(XMLStreamReader xml) throws XMLStreamException, ManifestException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD || open.size() > DEEPEST) {
                throw new ManifestException(null);
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                start(xml);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                end(open.pop());
            } else if ((event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA)
                    && !open.isEmpty()) {
                open.peek().text.append(xml.getText());
            }
        }
        for (Open each : found) {
            String group = each.parts.getOrDefault("groupId", "");
            if (group.isEmpty() && each.name.equals("plugin")) {
                group = "org.apache.maven.plugins";
            }
            String name = each.parts.getOrDefault("artifactId", "");
            String classifier = each.parts.containsKey("classifier") ? ":" + each.parts.get("classifier") : "";
            String version = each.parts.getOrDefault("version", each.parts.getOrDefault("Version", ""));
            declared.add(
                    properties.resolve(group.isEmpty() ? name : group + ":" + name + classifier, version, each.lines));
        }
        for (Declared unused : properties.unused()) {
            declared.add(isOwn(unused.name()) ? Declared.nothing(unused.lines().get(0)) : unused);
        }
        return declared;
    }

    /** Whether a property is about the project itself, and not about what it depends on. */
    private static boolean isOwn(String property) {
        return OWN.contains(property) || property.startsWith("project.");
    }

    private void start(XMLStreamReader xml) {
        Open element = new Open(xml.getLocalName(), xml.getLocation().getLineNumber());
        for (int i = 0; i < xml.getAttributeCount() && NUGET.contains(element.name); i++) {
            switch (xml.getAttributeLocalName(i)) {
                case "Include", "Update", "id" ->
                    element.parts.put("artifactId", xml.getAttributeValue(i).strip());
                case "Version", "version", "VersionOverride" ->
                    element.parts.put("version", xml.getAttributeValue(i).strip());
                default -> {
                    // says nothing of a version
                }
            }
        }
        open.push(element);
    }

    private void end(Open element) {
        Open parent = open.peek();
        String text = element.text.toString().strip();
        if (parent != null && PARTS.contains(element.name)) {
            parent.parts.put(element.name, text);
            if (element.name.equals("version") || element.name.equals("Version")) {
                parent.lines.add(0, element.line);
            } else {
                parent.lines.add(element.line);
            }
        }
        if (parent != null && parent.name.equals("properties")) {
            properties.put(element.name, text, element.line);
        }
        boolean names = POM.contains(element.name) || NUGET.contains(element.name);
        if (names && element.parts.containsKey("artifactId")) {
            if (element.lines.isEmpty() || NUGET.contains(element.name)) {
                element.lines.add(0, element.line);
            }
            found.add(element);
        }
        if (parent != null && parent.name.equals("scm") && element.name.equals("tag")) {
            declared.add(Declared.nothing(element.line));
        }
        if (parent == null && element.name.equals("project") && element.parts.containsKey("version")) {
            declared.add(Declared.nothing(element.lines.get(0)));
        }
    }
}
