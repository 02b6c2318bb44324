package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.measure.Question;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/** Of which changes measures are asked for, as an address says it. What cannot be understood is a problem. */
@Restricted(NoExternalUse.class)
public final class MeasuresFilter extends AddressFilter {

    private static final List<String> KEYS =
            List.of("service", "product", "environment", "job", "period", "from", "to", "policy");

    /** The usual period, in days. */
    private static final String USUAL = "90";

    private static final String ALL = "all";

    /** Before anything that can be on record. */
    private static final LocalDate BEGIN = LocalDate.of(2000, 1, 1);

    private final ZoneId zone = ZoneId.systemDefault();
    private Instant from;
    private Instant to;

    /** Reads the parameters of a request. */
    static MeasuresFilter of(StaplerRequest2 request) {
        MeasuresFilter filter = new MeasuresFilter(request::getParameter, LocalDate.now());
        filter.problems.addAll(UnknownKeys.problems(request.getParameterMap().keySet(), KEYS));
        return filter;
    }

    private MeasuresFilter(Function<String, String> parameters, LocalDate today) {
        super(KEYS, parameters);
        to = midnight(today.plusDays(1));
        from = midnight(begin(today));
        if (isDates()) {
            from = moment("from", false).orElse(midnight(BEGIN));
            to = moment("to", true).orElse(to);
        }
        if (problems.isEmpty() && !from.isBefore(to)) {
            problems.add(Messages.MeasuresFilter_order());
        }
    }

    private LocalDate begin(LocalDate today) {
        String period = getPeriod();
        if (period.equals(ALL)) {
            return BEGIN;
        }
        if (!getPeriods().contains(period)) {
            problems.add(Messages.RecordsFilter_unknown("period", period));
            return today;
        }
        return today.minusDays(Long.parseLong(period) - 1);
    }

    private Instant midnight(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** Returns what is asked of the changes that the user may see. */
    Question question(VisibleJobs jobs) {
        return new Question(
                target -> (getService().isEmpty() || getService().equals(target.service()))
                        && (getEnvironment().isEmpty() || getEnvironment().equals(target.environment())),
                product -> getProduct().isEmpty() || getProduct().equals(product),
                (controller, job) -> isOf(job) && jobs.shows(controller, job),
                !getEnvironment().isEmpty(),
                from,
                to,
                zone,
                getPolicy());
    }

    /** Returns the query part of the address of this selection. */
    public String getSelection() {
        return query(Map.of());
    }

    /** Returns the query part of the address of this selection for one service. */
    String ofService(String service) {
        return query(Map.of("service", service));
    }

    private String query(Map<String, String> others) {
        String query = values.keySet().stream()
                .filter(key -> !others.getOrDefault(key, values.get(key)).isEmpty())
                .map(key -> key + "="
                        + URLEncoder.encode(others.getOrDefault(key, values.get(key)), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    /** Returns how many days the period has, as one of {@link #getPeriods}. */
    public String getPeriod() {
        return values.get("period").isEmpty() ? USUAL : values.get("period");
    }

    /** Whether days are given, and not how many. */
    public boolean isDates() {
        return !getFrom().isEmpty() || !getTo().isEmpty();
    }

    public List<String> getPeriods() {
        return List.of("30", USUAL, "365", ALL);
    }

    /** Returns the version of a policy since which is compared; empty if none. */
    public String getPolicy() {
        return values.get("policy");
    }

    /** Returns when the period begins. */
    Instant from() {
        return from;
    }

    /** Returns when it ends. */
    Instant to() {
        return to;
    }

    ZoneId zone() {
        return zone;
    }
}
