package io.jenkins.plugins.changegate.view;

import hudson.Util;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.record.ChangeFilter;
import io.jenkins.plugins.changegate.engine.record.ChangeState;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Which of the changes on record are asked for, as an address says it. What cannot be understood is a problem, and then
 * nothing is looked for: an auditor must not get more than was asked for and take it for less.
 */
@Restricted(NoExternalUse.class)
public final class RecordsFilter extends AddressFilter {

    /** What can be filtered by, in the order of addresses. */
    static final List<String> KEYS = List.of(
            "service",
            "product",
            "environment",
            "job",
            "level",
            "type",
            "decision",
            "outcome",
            "review",
            "unauthorised",
            "from",
            "to",
            "text");

    /** Those that are asked for more rarely. */
    private static final List<String> FURTHER =
            List.of("product", "level", "type", "review", "unauthorised", "from", "to");

    /** What says which page of them is asked for. */
    private static final List<String> PLACES = List.of("limit", "before", "after");

    /** How many changes are on a page at most. */
    static final int MOST = 500;

    private static final int USUAL = 50;

    private static final Pattern ID = Pattern.compile("(?i)CHG-0*(\\d{1,18})");

    private static final String WAITING = ChangeState.WAITING.key();
    private static final String DEPLOYING = ChangeState.DEPLOYING.key();

    /** Of which a review is due. */
    private static final String[] REVIEWS = {"due"};

    /** Before which something else may have run there than the gate had let through. */
    private static final String[] SUSPICIONS = {"suspected"};

    private final int limit;
    private final long before;
    private final long after;
    private ChangeFilter exact = ChangeFilter.ALL;

    /** Reads the parameters of a request. */
    static RecordsFilter of(StaplerRequest2 request, VisibleJobs jobs) {
        RecordsFilter filter = new RecordsFilter(request::getParameter, jobs);
        List<String> known = new ArrayList<>(KEYS);
        known.addAll(PLACES);
        filter.problems.addAll(UnknownKeys.problems(request.getParameterMap().keySet(), known));
        return filter;
    }

    RecordsFilter(Function<String, String> parameters, VisibleJobs jobs) {
        super(KEYS, parameters);
        if (!getService().isEmpty()) {
            exact = exact.service(getService());
        }
        if (!getProduct().isEmpty()) {
            exact = exact.product(getProduct());
        }
        if (!getEnvironment().isEmpty()) {
            exact = exact.environment(getEnvironment());
        }
        if (jobs.job(getJob()).isPresent()) {
            exact = exact.job(getJob());
        }
        choose("level", RiskLevel.values(), RiskLevel::key, level -> exact = exact.level(level));
        choose("type", ChangeType.values(), ChangeType::key, type -> exact = exact.type(type));
        if (getDecision().equals(WAITING)) {
            exact = exact.state(ChangeState.WAITING);
        } else {
            choose("decision", Decision.values(), Decision::key, how -> exact = exact.decision(how));
        }
        if (getOutcome().equals(DEPLOYING)) {
            exact = exact.state(ChangeState.DEPLOYING);
            if (getDecision().equals(WAITING)) {
                problems.add(Messages.RecordsFilter_both());
            }
        } else {
            choose("outcome", Outcome.values(), Outcome::key, how -> exact = exact.outcome(how));
        }
        choose("review", REVIEWS, Function.identity(), due -> exact = exact.reviewDue());
        choose("unauthorised", SUSPICIONS, Function.identity(), suspected -> exact = exact.doubtful());
        moment("from", false).ifPresent(time -> exact = exact.since(time));
        moment("to", true).ifPresent(time -> exact = exact.until(time));
        limit = (int) number(parameters, "limit", MOST).orElse((long) USUAL).longValue();
        before = number(parameters, "before", Long.MAX_VALUE).orElse(Long.MAX_VALUE);
        after = number(parameters, "after", Long.MAX_VALUE - 1).orElse(0L);
    }

    private <T> void choose(String key, T[] all, Function<T, String> name, Consumer<T> chosen) {
        String value = values.get(key);
        if (value.isEmpty()) {
            return;
        }
        Arrays.stream(all)
                .filter(one -> name.apply(one).equals(value))
                .findFirst()
                .ifPresentOrElse(chosen, () -> problems.add(Messages.RecordsFilter_unknown(key, value)));
    }

    private Optional<Long> number(Function<String, String> parameters, String key, long most) {
        String value = Util.fixNull(parameters.apply(key)).trim();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.matches("\\d{1,18}") && Long.parseLong(value) >= 1 && Long.parseLong(value) <= most) {
            return Optional.of(Long.parseLong(value));
        }
        problems.add(Messages.RecordsFilter_noNumber(key, value));
        return Optional.empty();
    }

    /** Returns what the store can look for. */
    ChangeFilter exact() {
        return exact;
    }

    /** Returns the number of the only change that is asked for, if one is by its number. */
    Optional<Long> number() {
        Matcher id = ID.matcher(getText());
        return id.matches() ? Optional.of(Long.parseLong(id.group(1))) : Optional.empty();
    }

    /** Whether the store can look for all that is asked for. */
    boolean isExact() {
        return (getJob().isEmpty() || exact.exactly().containsKey(ChangeFilter.Part.JOB))
                && (getText().isEmpty() || number().isPresent());
    }

    /** Whether a change is asked for that the store found. */
    boolean accepts(ChangeSummary change) {
        return isOf(change.job())
                && (getText().isEmpty()
                        || number().isPresent()
                        || searched(change).contains(getText().toLowerCase(Locale.ROOT)));
    }

    private static String searched(ChangeSummary change) {
        return String.join(
                        "\n",
                        change.id(),
                        change.service(),
                        change.product(),
                        change.environment(),
                        change.job(),
                        change.model(),
                        change.head())
                .toLowerCase(Locale.ROOT);
    }

    /** Returns how many changes are on a page. */
    int limit() {
        return limit;
    }

    /** Returns below which number the page begins. */
    long before() {
        return before;
    }

    /** Returns above which number the page ends; 0 if that is not what is asked for. */
    long after() {
        return after;
    }

    /** Returns the query part of an address of this selection, from a place on; with neither of both, its beginning. */
    String query(long from, long upTo) {
        Stream<String> own = values.entrySet().stream()
                .filter(value -> !value.getValue().isEmpty())
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8));
        List<String> place = new ArrayList<>();
        if (limit != USUAL) {
            place.add("limit=" + limit);
        }
        if (from > 0) {
            place.add("before=" + from);
        }
        if (upTo > 0) {
            place.add("after=" + upTo);
        }
        return Stream.concat(own, place.stream()).collect(Collectors.joining("&", "?", ""));
    }

    /** Whether anything is filtered by that is asked for more rarely, so that it has to be seen. */
    public boolean isFurther() {
        return FURTHER.stream().anyMatch(key -> !values.get(key).isEmpty());
    }

    public String getLevel() {
        return values.get("level");
    }

    public String getType() {
        return values.get("type");
    }

    public String getDecision() {
        return values.get("decision");
    }

    public String getOutcome() {
        return values.get("outcome");
    }

    public String getReview() {
        return values.get("review");
    }

    public List<String> getReviews() {
        return List.of(REVIEWS);
    }

    public String getUnauthorised() {
        return values.get("unauthorised");
    }

    public List<String> getSuspicions() {
        return List.of(SUSPICIONS);
    }

    public String getText() {
        return values.get("text");
    }

    public List<String> getLevels() {
        return Arrays.stream(RiskLevel.values()).map(RiskLevel::key).toList();
    }

    public List<String> getTypes() {
        return Arrays.stream(ChangeType.values()).map(ChangeType::key).toList();
    }

    public List<String> getDecisions() {
        return Stream.concat(
                        Stream.of(WAITING), Arrays.stream(Decision.values()).map(Decision::key))
                .toList();
    }

    public List<String> getOutcomes() {
        return Stream.concat(
                        Stream.of(DEPLOYING), Arrays.stream(Outcome.values()).map(Outcome::key))
                .toList();
    }
}
