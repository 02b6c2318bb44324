package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.policy.CalendarPlace;
import io.jenkins.plugins.changegate.engine.policy.CalendarSource;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.ScheduleEntry;
import io.jenkins.plugins.changegate.engine.text.Lines;
import io.jenkins.plugins.changegate.engine.text.Mistakes;
import io.jenkins.plugins.changegate.engine.text.Place;
import io.jenkins.plugins.changegate.engine.text.Pointer;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import io.jenkins.plugins.changegate.engine.text.YamlNode;
import io.jenkins.plugins.changegate.engine.text.YamlReader;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Says which calendars of a policy cannot be read, with the places where the policy names them. */
public final class CalendarCheck {

    private static final String WITHOUT_REPOSITORY =
            "This policy is in no repository, so there is no file beside it: name the calendar's address, as"
                    + " 'https://calendar.example.org/freezes.ics', or put the policy into a repository.";

    private CalendarCheck() {}

    /**
     * Refuses calendars that are files: for a policy that is written in Jenkins itself.
     *
     * @throws PolicyException if there are some; names each with its place and the cure
     */
    public static void requireNoFiles(Policy policy) throws PolicyException {
        requireFiles(policy, CalendarSource.none(WITHOUT_REPOSITORY));
    }

    /**
     * Refuses calendars that are files and cannot be read.
     *
     * @throws PolicyException if there are some; names each with its place and what is wrong with it
     */
    public static void requireFiles(Policy policy, CalendarSource files) throws PolicyException {
        Policy read = policy.withoutCalendars(CalendarPlace::isUrl).withCalendars(files);
        if (read.calendars().isEmpty()) {
            return;
        }
        Mistakes mistakes = new Mistakes(policy.source());
        YamlNode places = read(policy.text());
        read.environments()
                .forEach((name, environment) -> environment.schedule().stream()
                        .filter(entry -> !entry.isKnown())
                        .forEach(entry -> mistakes.add(
                                place(places, Pointer.to("/environments", name), entry),
                                "The calendar "
                                        + entry.calendar().orElseThrow().place().words() + " cannot be read. "
                                        + entry.calendar().orElseThrow().problem())));
        mistakes.throwIfAny();
    }

    private static Place place(YamlNode whole, String environment, ScheduleEntry entry) {
        String list = environment + (entry.kind() == ScheduleEntry.Kind.FREEZE ? "/freezes" : "/windows");
        YamlNode items = Pointer.nearest(whole, list);
        int index = 0;
        while (index < items.items().size() && !isNamed(items.items().get(index), entry.name())) {
            index++;
        }
        return Pointer.nearest(whole, Pointer.to(list, index) + "/calendar").named();
    }

    private static boolean isNamed(YamlNode item, String name) {
        return item.child("name") != null && name.equals(item.child("name").text());
    }

    private static YamlNode read(String text) {
        try {
            return YamlReader.read(YAMLMapper.builder().build(), "", Lines.of(text), new Mistakes(""));
        } catch (PolicyException e) {
            throw new IllegalArgumentException("No policy can have been read from this", e);
        }
    }
}
