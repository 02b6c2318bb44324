package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import hudson.model.ModelObject;
import io.jenkins.plugins.changegate.authorise.PendingGates;
import io.jenkins.plugins.changegate.config.CalendarAddresses;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.judge.Hold;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.ScheduleEntry;
import io.jenkins.plugins.changegate.engine.schedule.CalendarEntry;
import io.jenkins.plugins.changegate.engine.schedule.CalendarWriter;
import io.jenkins.plugins.changegate.engine.schedule.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/**
 * When changes may be deployed: the freezes and windows of the organisation's policy and of those of folders that the
 * user may see, and the changes that wait for them. {@code /changes/schedule/}, and as a feed for calendars {@code /changes/schedule/calendar}. A repository's own
 * are on the pages of its changes, for they are fixed by a commit.
 */
@Restricted(NoExternalUse.class)
public final class SchedulePage implements ModelObject {

    private static final int DAYS = 28;

    /** How far ahead the feed goes, and how many times of one entry it has. */
    private static final int FEED_DAYS = 366;

    private static final int FEED_SPANS = 400;

    private final Instant now = Instant.now();
    private final Instant from = now.truncatedTo(ChronoUnit.DAYS);

    @Override
    public String getDisplayName() {
        return Messages.SchedulePage_displayName();
    }

    /** Returns the zone whose times the page shows. */
    public String getZone() {
        return ZoneId.systemDefault().getId();
    }

    /** Returns the rows by environment. */
    public Map<String, List<ScheduleRow>> getEnvironments() {
        Map<String, List<ScheduleRow>> environments = new TreeMap<>();
        rows(DAYS, DAYS * 24)
                .forEach(row -> environments
                        .computeIfAbsent(row.getEnvironment(), name -> new ArrayList<>())
                        .add(row));
        return environments;
    }

    private List<ScheduleRow> rows(int days, int atMost) {
        Instant to = from.plus(Duration.ofDays(days));
        List<ScheduleRow> rows = new ArrayList<>();
        for (Policy policy : ChangeGateConfiguration.get().visiblePolicies()) {
            policy.environments()
                    .forEach((environment, said) ->
                            said.schedule().forEach(entry -> rows.add(row(policy, environment, entry, to, atMost))));
        }
        rows.sort(Comparator.comparing(ScheduleRow::environment)
                .thenComparing(row -> row.entry().kind())
                .thenComparing(row -> row.entry().name())
                .thenComparing(ScheduleRow::layer));
        return rows;
    }

    private ScheduleRow row(Policy policy, String environment, ScheduleEntry entry, Instant to, int atMost) {
        List<Span> spans = entry.times().between(from, to, atMost);
        return new ScheduleRow(
                environment,
                policy.layer(),
                entry,
                entry.mode().orElse(policy.mode(environment)),
                entry.calendar().flatMap(use -> CalendarAddresses.trouble(use.place())),
                spans.isEmpty() ? entry.times().next(now).stream().toList() : spans,
                from,
                to,
                now);
    }

    /**
     * A day in the picture.
     *
     * @param at when it begins, UTC
     * @param start where it begins, in thousandths
     */
    public record Day(Instant at, long start) {
        public Date getAt() {
            return Date.from(at);
        }

        public long getStart() {
            return start;
        }
    }

    /** Returns the beginnings of the weeks of the picture. */
    public List<Day> getWeeks() {
        List<Day> weeks = new ArrayList<>();
        for (int day = 0; day < DAYS; day += 7) {
            weeks.add(new Day(from.plus(Duration.ofDays(day)), 1000L * day / DAYS));
        }
        return weeks;
    }

    /** Returns where this moment is in the picture, in thousandths. */
    public long getMarker() {
        return 1000
                * Duration.between(from, now).toMinutes()
                / Duration.ofDays(DAYS).toMinutes();
    }

    /**
     * A change that waits.
     *
     * @param pending which
     * @param hold why
     */
    public record Waiting(PendingGates.Pending pending, Hold hold) {
        public String getId() {
            return pending.record().id();
        }

        public String getUrl() {
            return pending.run().getUrl() + "change/" + getId() + "/";
        }

        public String getService() {
            return Visible.of(pending.record().opened().judgement().target().service());
        }

        public String getEnvironment() {
            return Visible.of(pending.record().opened().judgement().target().environment());
        }

        public String getBecause() {
            return Visible.of(hold.because());
        }

        public Date getUntil() {
            return hold.until().map(Date::from).orElse(null);
        }
    }

    /** Returns the changes that wait until they may be deployed, as far as the user may see them. */
    public List<Waiting> getWaiting() {
        List<Waiting> waiting = new ArrayList<>();
        for (PendingGates.Pending pending : PendingGates.get().all()) {
            Job<?, ?> job = pending.run().getParent();
            pending.record()
                    .held()
                    .filter(hold -> job.hasPermission(ChangePermissions.VIEW))
                    .ifPresent(hold -> waiting.add(new Waiting(pending, hold)));
        }
        waiting.sort(Comparator.comparing(one -> one.hold().until().orElse(Instant.MAX)));
        return waiting;
    }

    /** Called by Stapler. */
    @GET
    public void doCalendar(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Jenkins.get().checkPermission(Jenkins.READ);
        List<CalendarEntry> entries = new ArrayList<>();
        for (ScheduleRow row : rows(FEED_DAYS, FEED_SPANS)) {
            String title = Messages.SchedulePage_entry(
                    row.isFreeze() ? Messages.SchedulePage_freeze() : Messages.SchedulePage_window(),
                    row.entry().name(),
                    row.environment());
            for (Span span : row.spans()) {
                // The organisation's keep the names that they had before there were others.
                String whose = row.layer().equals(Layer.ORGANISATION)
                        ? ""
                        : row.layer().words() + "/";
                String uid = whose + row.environment() + "/" + row.entry().kind() + "/"
                        + row.entry().name() + "/" + span.from().atOffset(ZoneOffset.UTC) + "@change-gate";
                entries.add(new CalendarEntry(uid, span, title, row.entry().because() + "\n" + row.source()));
            }
        }
        response.setContentType("text/calendar;charset=UTF-8");
        response.setHeader("Content-Disposition", "inline; filename=\"change-schedule.ics\"");
        response.getWriter().write(CalendarWriter.write(entries, now.truncatedTo(ChronoUnit.SECONDS)));
    }
}
