package io.jenkins.plugins.changegate.engine.schedule;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A property of an iCalendar file.
 *
 * @param number of the line where it stands, from 1
 * @param name in capitals
 * @param parameters by name, in capitals
 * @param value as it is written
 */
record Line(int number, String name, Map<String, List<String>> parameters, String value) {

    /** Returns the value of a parameter. @throws ScheduleException if it has several */
    Optional<String> parameter(String parameter) throws ScheduleException {
        List<String> values = parameters.getOrDefault(parameter, List.of());
        if (values.size() > 1) {
            throw mistake("It has " + parameter + " twice");
        }
        return values.stream().findFirst();
    }

    /** How the property is called in errors. */
    String place() {
        return "line " + number + ", " + name;
    }

    ScheduleException mistake(String text) {
        return new ScheduleException(place(), text);
    }
}
