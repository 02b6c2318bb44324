package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rules, environments and approvals of one layer, checked and ready to be judged by. Immutable; may be used from
 * several threads.
 *
 * @param layer whose it is
 * @param file what it was read from; policies of one layer and file are versions of one another, and what loosens has to
 *     be in all of them
 * @param source the same with the revision, for people
 * @param text the YAML, as it was read
 * @param version SHA-256 of the text, in hexadecimal
 * @param mode whether what it demands has effect, where an environment or a rule does not say
 * @param service the service that it names, if it names one
 * @param groups its groups, by name
 * @param identities by user id: the mail addresses and names by which the user writes commits
 * @param models its change models, by name
 * @param rules in the order written, which has no effect
 * @param environments by name
 * @param delegations what it lets lower layers do
 * @param particulars what changes are part of, and how they are to be done
 */
public record Policy(
        Layer layer,
        String file,
        String source,
        String text,
        String version,
        Mode mode,
        Optional<String> service,
        Map<String, Set<Principal>> groups,
        Map<String, Set<String>> identities,
        Map<String, ChangeModel> models,
        List<Rule> rules,
        Map<String, EnvironmentPolicy> environments,
        List<Delegation> delegations,
        ParticularsPolicy particulars) {

    public Policy {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(mode, "mode");
        groups = Map.copyOf(groups);
        identities = Map.copyOf(identities);
        models = Map.copyOf(models);
        rules = List.copyOf(rules);
        environments = Map.copyOf(environments);
        delegations = List.copyOf(delegations);
        Objects.requireNonNull(particulars, "particulars");
    }

    /**
     * Returns a version of a policy that is not there: it says nothing.
     *
     * @param revision where it is missing, for people
     */
    public static Policy absent(Layer layer, String file, String revision) {
        return new Policy(
                layer,
                file,
                file + " at " + revision,
                "",
                Hashes.sha256(""),
                Mode.ENFORCE,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                ParticularsPolicy.NONE);
    }

    /** Returns the same policy with other rules. */
    public Policy withRules(List<Rule> others) {
        return with(others, environments);
    }

    /** Returns the calendars that its freezes and windows take their times from, sorted. */
    public Set<CalendarPlace> calendars() {
        Set<CalendarPlace> places = new TreeSet<>(Comparator.comparing(CalendarPlace::written));
        uses().forEach(use -> places.add(use.place()));
        return places;
    }

    /** Returns the texts of those that were read, sorted by their places. */
    public Map<CalendarPlace, CalendarText> calendarTexts() {
        Map<CalendarPlace, CalendarText> texts = new TreeMap<>(Comparator.comparing(CalendarPlace::written));
        uses().forEach(use -> use.text().ifPresent(text -> texts.put(use.place(), text)));
        return texts;
    }

    private Stream<CalendarUse> uses() {
        return environments.values().stream()
                .flatMap(environment -> environment.schedule().stream())
                .flatMap(entry -> entry.calendar().stream());
    }

    /** Returns the same policy with what its calendars say; each is read once. */
    public Policy withCalendars(CalendarSource source) {
        if (calendars().isEmpty()) {
            return this;
        }
        Map<CalendarPlace, CalendarSource> read = new HashMap<>();
        for (CalendarPlace place : calendars()) {
            CalendarSource found;
            try {
                CalendarText text = source.read(place);
                found = same -> text;
            } catch (UnreadCalendarException e) {
                found = CalendarSource.none(e.getMessage());
            }
            read.put(place, found);
        }
        return withSchedule(
                entry -> Stream.of(entry.with(place -> read.get(place).read(place))));
    }

    /** Returns the same policy without the freezes and windows of some calendars. */
    public Policy withoutCalendars(Predicate<CalendarPlace> left) {
        return withSchedule(entry -> Stream.of(entry)
                .filter(each ->
                        each.calendar().filter(use -> left.test(use.place())).isEmpty()));
    }

    private Policy withSchedule(Function<ScheduleEntry, Stream<ScheduleEntry>> each) {
        Map<String, EnvironmentPolicy> others = new HashMap<>();
        environments.forEach((name, environment) -> others.put(
                name,
                environment.withSchedule(
                        environment.schedule().stream().flatMap(each).toList())));
        return with(rules, others);
    }

    private Policy with(List<Rule> otherRules, Map<String, EnvironmentPolicy> otherEnvironments) {
        return new Policy(
                layer,
                file,
                source,
                text,
                version,
                mode,
                service,
                groups,
                identities,
                models,
                otherRules,
                otherEnvironments,
                delegations,
                particulars);
    }

    /** Returns what it says of an environment; nothing if it doesn't name it. */
    public EnvironmentPolicy environment(String name) {
        return environments.getOrDefault(name, EnvironmentPolicy.NONE);
    }

    /** Whether what it demands for an environment has effect. */
    public Mode mode(String environment) {
        return environment(environment).mode().orElse(mode);
    }

    /** Whether what a rule demands has effect. */
    public Mode mode(Rule rule, String environment) {
        return rule.mode().orElse(mode(environment));
    }

    /** Returns what its conditions need to know of the change's text. */
    public ContentQuestions questions() {
        return rules.stream()
                .map(rule -> rule.condition().questions())
                .reduce(ContentQuestions.NONE, ContentQuestions::and);
    }
}
