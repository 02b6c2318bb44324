package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.policy.CalendarPlace;
import io.jenkins.plugins.changegate.engine.policy.CalendarUse;
import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.ScheduleEntry;
import io.jenkins.plugins.changegate.engine.schedule.ScheduleException;
import io.jenkins.plugins.changegate.engine.schedule.Times;
import io.jenkins.plugins.changegate.engine.schedule.WrittenTimes;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.ScheduleLine;
import io.jenkins.plugins.changegate.engine.text.Pointer;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Checks the freezes and windows of an environment. */
final class ScheduleChecker {

    /** How many calendars a policy may name: each is read, wherever it is. */
    private static final int CALENDARS = 20;

    /** The keys that say when an entry is, if no calendar does. */
    private static final List<String> TIMES = List.of("from", "to", "for", "every", "days");

    private final PolicySource source;
    private final Set<CalendarPlace> calendars = new HashSet<>();

    ScheduleChecker(PolicySource source) {
        this.source = source;
    }

    /**
     * Returns the entries that have no mistake: a name, a reason, and times that are some.
     *
     * @param path where the list stands
     */
    List<ScheduleEntry> entries(ScheduleEntry.Kind kind, List<ScheduleLine> written, String path) {
        List<ScheduleEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < written.size(); i++) {
            ScheduleLine line = written.get(i);
            String at = Pointer.to(path, i);
            if (line == null || source.enoughBefore(at)) {
                continue;
            }
            entry(kind, line, at).ifPresent(entries::add);
            if (line.name() != null && !names.add(line.name().value())) {
                source.mistake(
                        line.name(), "There are two named '" + line.name().value() + "' here");
            }
        }
        return entries;
    }

    private Optional<ScheduleEntry> entry(ScheduleEntry.Kind kind, ScheduleLine line, String path) {
        if (line.name() == null && !source.holds(path + "/name")) {
            source.mistake(path, "This has no name: add 'name: ...'");
        }
        if (line.because() == null ? !source.holds(path + "/because") : Text.isBlank(line.because())) {
            String message = " has no reason: add 'because: ...', people will read it";
            if (line.name() == null) {
                source.mistake(path, "This" + message);
            } else {
                source.mistake(line.name(), "'" + line.name().value() + "'" + message);
            }
        }
        List<String> services = texts(line.services(), path + "/services", "service");
        boolean byCalendar =
                line.calendar() != null || source.holds(path + "/calendar") && !source.holds(path + "/from");
        Optional<CalendarUse> calendar = byCalendar ? calendar(line, path) : Optional.empty();
        Optional<Times> times = byCalendar ? calendar.map(use -> Times.NEVER) : times(line, path);
        if (times.isEmpty() || line.name() == null || line.because() == null) {
            return Optional.empty();
        }
        return Optional.of(new ScheduleEntry(
                line.name().value(),
                kind,
                times.get(),
                calendar,
                line.passUpTo() == null ? Ceiling.NONE : line.passUpTo(),
                services,
                Optional.ofNullable(line.mode()),
                line.because().value().strip()));
    }

    /** Returns the calendar, if nothing is wrong with how it is named; it is not read here. */
    private Optional<CalendarUse> calendar(ScheduleLine line, String path) {
        boolean right = line.calendar() != null;
        Object[] others = {line.from(), line.to(), line.length(), line.every(), line.days()};
        for (int i = 0; i < others.length; i++) {
            if (others[i] != null) {
                String key = TIMES.get(i);
                source.mistake(path + "/" + key, "The calendar says when it is: leave '" + key + "' or 'calendar' out");
                right = false;
            }
        }
        ZoneId zone = ZoneOffset.UTC;
        if (line.timezone() != null) {
            try {
                zone = WrittenTimes.zone(line.timezone().value());
            } catch (ScheduleException e) {
                source.mistake(path + "/timezone", e.mistake());
                right = false;
            }
        }
        if (!right) {
            return Optional.empty();
        }
        CalendarPlace place = new CalendarPlace(line.calendar().value().strip());
        Optional<String> mistake = place.mistake();
        calendars.add(place);
        if (mistake.isEmpty() && calendars.size() > CALENDARS) {
            mistake = Optional.of("A policy may name at most " + CALENDARS + " calendars");
        }
        mistake.ifPresent(message -> source.mistake(line.calendar(), message));
        return mistake.isPresent() ? Optional.empty() : Optional.of(CalendarUse.unread(place, zone));
    }

    private List<String> texts(List<Text> written, String path, String what) {
        if (written == null) {
            return List.of();
        }
        if (written.isEmpty()) {
            source.mistake(path, "No " + what + " is named here: name one, or leave this out for all");
        }
        return written.stream().filter(Objects::nonNull).map(Text::value).toList();
    }

    /** Reads the times again without each part that has a mistake, so that those of the other parts are found as well. */
    private Optional<Times> times(ScheduleLine line, String path) {
        Set<String> wrong = new HashSet<>();
        WrittenTimes written = new WrittenTimes(
                text(line.from()),
                text(line.to()),
                length(line.length(), wrong),
                text(line.every()),
                text(line.timezone()),
                texts(line.days(), path + "/days", "day"));
        for (String part : List.of("to", "for", "from")) {
            if (wrong.contains(part) || isLeftOut(line, part, path)) {
                wrong.add(part);
                written = without(part, written);
            }
        }
        while (true) {
            try {
                Times times =
                        written.read(line.name() == null ? "" : line.name().value());
                return wrong.isEmpty() ? Optional.of(times) : Optional.empty();
            } catch (ScheduleException e) {
                if (!wrong.add(e.part())) {
                    return Optional.empty();
                }
                source.mistake(
                        path + "/" + e.part(),
                        e.part().equals("from") && line.from() == null
                                ? "This has no beginning: add 'from: 2026-12-18', a time as 2026-12-18T18:00, or '22:00'"
                                : e.mistake());
                written = without(e.part(), written);
            }
        }
    }

    private boolean isLeftOut(ScheduleLine line, String part, String path) {
        Text text = part.equals("from") ? line.from() : part.equals("to") ? line.to() : line.length();
        return text == null && source.holds(path + "/" + part);
    }

    private Optional<Duration> length(Text written, Set<String> wrong) {
        if (written == null) {
            return Optional.empty();
        }
        Optional<Duration> length = Durations.parse(written.value());
        if (length.isEmpty()) {
            wrong.add("for");
            source.mistake(written, "'" + written.value() + "' is no time; write '30 minutes', '4 hours' or '3 days'");
        }
        return length;
    }

    /** Returns times in which something stands in the place of a part that can't be wrong. */
    private static WrittenTimes without(String part, WrittenTimes written) {
        Optional<String> any = Optional.of(written.every().isPresent() ? "2000-01-01" : "00:00");
        Optional<Duration> hour = Optional.of(Duration.ofHours(1));
        return switch (part) {
            case "from" ->
                new WrittenTimes(any, Optional.empty(), hour, written.every(), written.timezone(), written.days());
            case "every" ->
                new WrittenTimes(
                        written.from(),
                        written.to(),
                        written.length(),
                        Optional.empty(),
                        written.timezone(),
                        written.days());
            case "timezone" ->
                new WrittenTimes(
                        written.from(),
                        written.to(),
                        written.length(),
                        written.every(),
                        Optional.empty(),
                        written.days());
            case "days" ->
                new WrittenTimes(
                        written.from(), written.to(), written.length(), written.every(), written.timezone(), List.of());
            default ->
                new WrittenTimes(
                        written.from(), Optional.empty(), hour, written.every(), written.timezone(), written.days());
        };
    }

    private static Optional<String> text(Text written) {
        return Optional.ofNullable(written).map(Text::value);
    }
}
