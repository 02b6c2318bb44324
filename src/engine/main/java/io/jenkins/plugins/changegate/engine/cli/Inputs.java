package io.jenkins.plugins.changegate.engine.cli;

import io.jenkins.plugins.changegate.engine.policy.CalendarSource;
import io.jenkins.plugins.changegate.engine.policy.CalendarText;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.UnreadCalendarException;
import io.jenkins.plugins.changegate.engine.schedule.CalendarReader;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What the options of several commands name. */
final class Inputs {

    private Inputs() {}

    static Path path(String text) throws Options.UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Options.UsageException("this is no path here: " + e.getMessage());
        }
    }

    static String text(String file) throws Options.UsageException {
        try {
            return Files.readString(path(file));
        } catch (IOException e) {
            throw new Options.UsageException("the policy " + file + " cannot be read: " + e);
        }
    }

    static Policy organisation(PolicyReader reader, String file) throws Options.UsageException {
        try {
            CalendarSource addresses = CalendarSource.none("Only Jenkins reads addresses.");
            return reader.read(Layer.ORGANISATION, file, text(file))
                    .withCalendars(CalendarSource.of(calendars(file), addresses));
        } catch (PolicyException e) {
            throw new Options.UsageException(e.getMessage());
        }
    }

    /** Returns what reads the calendars beside a policy: from the top of the clone that it is in, or else beside it. */
    static CalendarSource calendars(String file) throws Options.UsageException {
        Path beside = path(file).toAbsolutePath().normalize().getParent();
        Path top = beside;
        while (top != null && !Files.exists(top.resolve(".git"))) {
            top = top.getParent();
        }
        Path from = top == null ? beside : top;
        return place -> calendar(from.resolve(place.written()));
    }

    private static CalendarText calendar(Path file) throws UnreadCalendarException {
        if (!Files.isRegularFile(file)) {
            throw new UnreadCalendarException("There is no file " + file + ": add it, or mend the path, which begins at"
                    + " the repository's top.");
        }
        try {
            if (Files.size(file) > CalendarReader.LARGEST) {
                throw new UnreadCalendarException(file + " is too large; possible: 1 MiB.");
            }
            return new CalendarText(Files.readString(file));
        } catch (IOException e) {
            throw new UnreadCalendarException(file + " cannot be read: " + e + ".", e);
        }
    }

    /** Returns text as it can be shown on a terminal, whoever wrote it: without characters that command it. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .map(c -> c == '\t' ? ' ' : c)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
