package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.policy.PolicyFile.ScheduleLine;
import io.jenkins.plugins.changegate.engine.schedule.ScheduleException;
import io.jenkins.plugins.changegate.engine.schedule.Times;
import io.jenkins.plugins.changegate.engine.schedule.WrittenTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the freezes and windows of an environment. */
final class ScheduleChecker {

    private final PolicySource source;

    ScheduleChecker(PolicySource source) {
        this.source = source;
    }

    /**
     * @param path where the list stands
     * @throws PolicyException if an entry has no name, reason or times, or times that are none
     */
    List<ScheduleEntry> entries(ScheduleEntry.Kind kind, List<ScheduleLine> written, String path)
            throws PolicyException {
        List<ScheduleEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ScheduleLine line : written) {
            ScheduleEntry entry = entry(kind, line, path + "/" + entries.size());
            if (!names.add(entry.name())) {
                throw source.mistake(line.name(), "There are two named '" + entry.name() + "' here");
            }
            entries.add(entry);
        }
        return entries;
    }

    private ScheduleEntry entry(ScheduleEntry.Kind kind, ScheduleLine line, String path) throws PolicyException {
        if (source.written(line, path).name() == null) {
            throw source.mistake(path, "This has no name: add 'name: ...'");
        }
        String name = line.name().value();
        if (line.because() == null || line.because().isBlank()) {
            throw source.mistake(line.name(), "'" + name + "' has no reason: add 'because: ...', people will read it");
        }
        List<String> services = new ArrayList<>();
        for (int i = 0; i < line.services().size(); i++) {
            services.add(source.written(line.services().get(i), path + "/services/" + i)
                    .value());
        }
        return new ScheduleEntry(
                name,
                kind,
                times(line, name, path),
                line.passUpTo() == null ? Ceiling.NONE : line.passUpTo(),
                services,
                Optional.ofNullable(line.mode()),
                line.because().strip());
    }

    private Times times(ScheduleLine line, String name, String path) throws PolicyException {
        List<String> days = new ArrayList<>();
        for (int i = 0; i < line.days().size(); i++) {
            days.add(source.written(line.days().get(i), path + "/days/" + i).value());
        }
        Optional<Duration> length = line.length() == null
                ? Optional.empty()
                : Optional.of(Durations.parse(line.length().value())
                        .orElseThrow(() -> source.mistake(
                                line.length(),
                                "'" + line.length().value()
                                        + "' is no time; write '30 minutes', '4 hours' or '3 days'")));
        try {
            return new WrittenTimes(
                            text(line.from()), text(line.to()), length, text(line.every()), text(line.timezone()), days)
                    .read(name);
        } catch (ScheduleException e) {
            throw source.mistake(path + "/" + e.part(), e.mistake());
        }
    }

    private static Optional<String> text(Text written) {
        return Optional.ofNullable(written).map(Text::value);
    }
}
