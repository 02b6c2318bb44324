package io.jenkins.plugins.changegate.view;

import hudson.Util;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which of the changes on record are asked for, as an address says it: what is so wherever they are filtered. What
 * cannot be understood is a problem.
 */
@Restricted(NoExternalUse.class)
public abstract class AddressFilter {

    /** What is written of each key, in the order of addresses; empty if nothing. */
    final Map<String, String> values = new LinkedHashMap<>();

    final List<String> problems = new ArrayList<>();

    AddressFilter(Collection<String> keys, Function<String, String> parameters) {
        keys.forEach(key -> values.put(key, Util.fixNull(parameters.apply(key)).trim()));
    }

    /** Returns a moment, or the one at which a day of this Jenkins begins; or ends, if it is an end. */
    final Optional<Instant> moment(String key, boolean end) {
        String value = values.get(key);
        try {
            return value.isEmpty() ? Optional.empty() : Optional.of(time(value, end));
        } catch (DateTimeException e) {
            problems.add(Messages.RecordsFilter_noTime(key, value));
            return Optional.empty();
        }
    }

    private static Instant time(String value, boolean end) {
        return value.indexOf('T') > 0
                ? Instant.parse(value)
                : LocalDate.parse(value)
                        .plusDays(end ? 1 : 0)
                        .atStartOfDay(ZoneId.systemDefault())
                        .toInstant();
    }

    /** Whether the changes of a job are asked for. */
    final boolean isOf(String job) {
        return getJob().isEmpty() || job.equals(getJob()) || job.startsWith(getJob() + "/");
    }

    /** Returns what cannot be understood. */
    public final List<String> getProblems() {
        return problems.stream().map(Visible::of).toList();
    }

    /** Whether anything is filtered by. */
    public final boolean isNarrow() {
        return values.values().stream().anyMatch(value -> !value.isEmpty());
    }

    public final String getService() {
        return values.get("service");
    }

    public final String getProduct() {
        return values.get("product");
    }

    public final String getEnvironment() {
        return values.get("environment");
    }

    /** Returns the full name of a job, or of a folder with all that is in it. */
    public final String getJob() {
        return values.get("job");
    }

    public final String getFrom() {
        return values.get("from");
    }

    public final String getTo() {
        return values.get("to");
    }
}
