package io.jenkins.plugins.changegate.engine.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A component of an iCalendar file with what is in it. Filled while the file is read, then only read.
 *
 * @param name in capitals
 * @param line where it begins, from 1
 * @param lines its properties
 * @param parts the components in it
 */
record Component(String name, int line, List<Line> lines, List<Component> parts) {

    Component(String name, int line) {
        this(name, line, new ArrayList<>(), new ArrayList<>());
    }

    /** Returns the properties of a name. */
    List<Line> all(String property) {
        return lines.stream().filter(line -> line.name().equals(property)).toList();
    }

    /** Returns the property of a name. @throws ScheduleException if there are several */
    Optional<Line> one(String property) throws ScheduleException {
        List<Line> found = all(property);
        if (found.size() > 1) {
            throw found.get(1).mistake("It is there twice; possible: once in a " + name);
        }
        return found.stream().findFirst();
    }

    /** Returns the property of a name. @throws ScheduleException if it is not there once */
    Line required(String property) throws ScheduleException {
        Optional<Line> found = one(property);
        if (found.isEmpty()) {
            throw mistake("It has no " + property);
        }
        return found.get();
    }

    ScheduleException endless() {
        return mistake("It has no end: END:" + name);
    }

    ScheduleException mistake(String text) {
        return new ScheduleException("line " + line + ", " + name, text);
    }
}
