package io.jenkins.plugins.changegate.engine.assess;

import io.jenkins.plugins.changegate.engine.delta.GitReader;
import io.jenkins.plugins.changegate.engine.policy.CalendarPlace;
import io.jenkins.plugins.changegate.engine.policy.CalendarSource;
import io.jenkins.plugins.changegate.engine.policy.CalendarText;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the calendars of a repository's policies: files from the same commit as the policy, so that a change which ends
 * a freeze in a file is held by it all the same.
 */
final class CommitCalendars {

    private final Repository repository;
    private final CalendarSource addresses;

    /**
     * @param addresses reads calendars that are named by their addresses
     */
    CommitCalendars(Repository repository, CalendarSource addresses) {
        this.repository = repository;
        this.addresses = addresses;
    }

    /**
     * Returns a policy with what its calendars say.
     *
     * @param commit that the policy is of
     * @param policy empty if there is none
     * @throws IOException if the clone cannot be reached
     */
    Optional<Policy> in(String commit, Optional<Policy> policy) throws IOException {
        if (policy.isEmpty()) {
            return policy;
        }
        Map<CalendarPlace, CalendarSource> files = new HashMap<>();
        for (CalendarPlace place : policy.get().calendars()) {
            if (!place.isUrl()) {
                files.put(place, file(repository.head(commit, place.written())));
            }
        }
        CalendarSource source = CalendarSource.of(place -> files.get(place).read(place), addresses);
        return Optional.of(policy.get().withCalendars(source));
    }

    private static CalendarSource file(GitReader.Look look) {
        if (look.file() != null) {
            CalendarText text = new CalendarText(look.file());
            return place -> text;
        }
        return CalendarSource.none(
                look.gap() == null
                        ? "There is no such file in the commit: add it, or mend the path, which begins at the"
                                + " repository's top."
                        : look.gap().because());
    }

    /** Whether a policy names calendars that are files. */
    static boolean areFiles(Policy policy) {
        return policy.calendars().stream().anyMatch(place -> !place.isUrl());
    }

    /** Returns SHA-256 of each calendar that was read. */
    static Map<CalendarPlace, String> versions(Optional<Policy> policy) {
        Map<CalendarPlace, String> versions = new HashMap<>();
        policy.ifPresent(read -> read.calendarTexts().forEach((place, text) -> versions.put(place, text.version())));
        return versions;
    }
}
