package io.jenkins.plugins.changegate.engine.schedule;

import com.github.mangstadt.vinnie.SyntaxStyle;
import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.Context;
import com.github.mangstadt.vinnie.io.SyntaxRules;
import com.github.mangstadt.vinnie.io.VObjectDataListener;
import com.github.mangstadt.vinnie.io.VObjectReader;
import com.github.mangstadt.vinnie.io.Warning;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the lines of an iCalendar file into components. Not thread-safe. */
final class Components implements VObjectDataListener {

    /** Nothing in RFC 5545 is deeper than three, and the library's work grows with it. */
    private static final int DEEPEST = 5;

    private final Component root = new Component("the file", 1);
    private final Deque<Component> open = new ArrayDeque<>();
    private ScheduleException mistake;

    private Components() {
        open.push(root);
    }

    /**
     * Returns the components at the top.
     *
     * @throws ScheduleException if the text is not made of components and properties
     */
    static List<Component> read(String text) throws ScheduleException {
        Components components = new Components();
        try (VObjectReader reader = new VObjectReader(new StringReader(text), new SyntaxRules(SyntaxStyle.NEW))) {
            reader.parse(components);
        } catch (IOException e) {
            throw new UncheckedIOException("From memory", e);
        }
        if (components.mistake != null) {
            throw components.mistake;
        }
        if (components.open.peek() != components.root) {
            throw components.open.peek().endless();
        }
        if (!components.root.lines().isEmpty()) {
            throw components.root.lines().get(0).mistake("It stands outside of BEGIN:VCALENDAR and END:VCALENDAR");
        }
        return components.root.parts();
    }

    @Override
    public void onComponentBegin(String name, Context context) {
        Component component = new Component(name.toUpperCase(Locale.ROOT), context.getLineNumber());
        if (open.size() > DEEPEST) {
            stop(context, "BEGIN", "More than " + DEEPEST + " components are in each other");
            return;
        }
        open.peek().parts().add(component);
        open.push(component);
    }

    @Override
    public void onComponentEnd(String name, Context context) {
        // What has no END itself is ended by that of a component around it.
        String line = context.getUnfoldedLine();
        if (line == null || !line.strip().equalsIgnoreCase("END:" + name)) {
            mistake = mistake == null ? open.peek().endless() : mistake;
            context.stop();
            return;
        }
        open.pop();
    }

    @Override
    public void onProperty(VObjectProperty property, Context context) {
        Map<String, List<String>> parameters = new HashMap<>();
        property.getParameters()
                .forEach(entry -> parameters.put(
                        entry.getKey() == null ? "" : entry.getKey().toUpperCase(Locale.ROOT),
                        List.copyOf(entry.getValue())));
        open.peek()
                .lines()
                .add(new Line(
                        context.getLineNumber(),
                        property.getName().toUpperCase(Locale.ROOT),
                        parameters,
                        property.getValue()));
    }

    @Override
    public void onVersion(String value, Context context) {
        // The style does not depend on it; CalendarReader asks for the property itself.
    }

    @Override
    public void onWarning(Warning warning, VObjectProperty property, Exception thrown, Context context) {
        stop(context, "'" + context.getUnfoldedLine() + "'", warning.getMessage());
    }

    private void stop(Context context, String what, String text) {
        if (mistake == null) {
            mistake = new ScheduleException("line " + context.getLineNumber() + ", " + what, text);
        }
        context.stop();
    }
}
