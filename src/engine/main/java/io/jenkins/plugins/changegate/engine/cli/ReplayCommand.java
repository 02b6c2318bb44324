package io.jenkins.plugins.changegate.engine.cli;

import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.delta.GitHistory;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import io.jenkins.plugins.changegate.engine.delta.Limits;
import io.jenkins.plugins.changegate.engine.policy.CalendarPlace;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.replay.PastChange;
import io.jenkins.plugins.changegate.engine.replay.Replay;
import io.jenkins.plugins.changegate.engine.replay.Replayed;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code replay}: what the gate would have said of a branch's history. */
final class ReplayCommand {

    private final Options options;
    private final boolean terminal;
    private final PolicyReader reader = new PolicyReader();

    /** Calendars that are not at hand: what they say is left out, and that is said. */
    private final Set<String> unread = new TreeSet<>();

    /**
     * @param terminal whether somebody watches
     */
    ReplayCommand(Options options, boolean terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    int run(PrintStream out, PrintStream err) throws Options.UsageException {
        long start = System.nanoTime();
        Path directory = Inputs.path(options.required("repo"));
        LocalDate since = date("since", options.required("since"));
        LocalDate until = options.optional("until").isEmpty()
                ? LocalDate.MAX
                : date("until", options.optional("until").get());
        Deployments each = each();
        Replay replay = replay("policy");
        Optional<Replay> today =
                options.optional("against").isEmpty() ? Optional.empty() : Optional.of(replay("against"));
        GitReader.Look head = new GitReader(directory, Limits.DEFAULT)
                .look(options.optional("head").orElse("HEAD"), Assessor.POLICY_FILE);
        if (head.commit() == null) {
            throw new Options.UsageException(head.gap().because());
        }
        GitHistory git = new GitHistory(directory, Limits.DEFAULT);
        ContentQuestions asked = replay.questions(List.of());
        PastChanges changes = new PastChanges(
                git,
                reader,
                today.map(other -> other.questions(List.of()).and(asked)).orElse(asked),
                target(directory));
        try {
            List<GitHistory.Tip> tips = git.tips(head.commit().id());
            List<Deployments.Deployment> deployments = each.of(tips, since, until);
            List<Replayed> now = new ArrayList<>();
            List<Replayed> before = new ArrayList<>();
            ReadAhead ahead = new ReadAhead(changes, deployments);
            for (List<PastChange> some = ahead.next(); !some.isEmpty(); some = ahead.next()) {
                for (PastChange change : some) {
                    now.add(replay.replay(change));
                    today.ifPresent(other -> before.add(other.replay(change)));
                }
                if (terminal) {
                    err.printf("\r%d of %d changes", now.size(), deployments.size());
                }
            }
            if (terminal) {
                err.print("\r\u001b[K");
            }
            Optional<String> shallow = git.isShallow() ? Optional.of(beginning(tips)) : Optional.empty();
            long milliseconds = (System.nanoTime() - start) / 1_000_000;
            ReplayShown shown = new ReplayShown(
                    now,
                    today.isPresent() ? Optional.of(before) : Optional.empty(),
                    since,
                    options.optional("until").map(LocalDate::parse),
                    each,
                    shallow,
                    unread(changes),
                    milliseconds);
            out.print(options.flag("json") ? shown.json() : shown.text());
            return 0;
        } catch (IOException e) {
            throw new Options.UsageException("the history cannot be read: " + e.getMessage());
        }
    }

    private List<String> unread(PastChanges changes) {
        unread.addAll(changes.unread());
        return List.copyOf(unread);
    }

    private Replay replay(String option) throws Options.UsageException {
        List<Policy> policies = new ArrayList<>(List.of(reader.builtIn()));
        if (options.optional(option).isPresent()) {
            Policy organisation =
                    Inputs.organisation(reader, options.optional(option).get());
            Set<CalendarPlace> read = organisation.calendarTexts().keySet();
            organisation.calendars().stream()
                    .filter(place -> !read.contains(place))
                    .map(CalendarPlace::words)
                    .forEach(unread::add);
            policies.add(organisation.withoutCalendars(place -> !read.contains(place)));
        }
        return new Replay(policies);
    }

    private PastChanges.Target target(Path directory) {
        return new PastChanges.Target(
                options.optional("service"),
                String.valueOf(directory.toAbsolutePath().normalize().getFileName()),
                options.optional("environment").orElse("production"),
                !options.flag("no-repository-policy"));
    }

    private Deployments each() throws Options.UsageException {
        String name = options.optional("each").orElse("commit");
        return Arrays.stream(Deployments.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new Options.UsageException("--each cannot be '" + name + "'; possible: commit, day, merge"));
    }

    private static LocalDate date(String option, String text) throws Options.UsageException {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Options.UsageException("--" + option + " is no date: '" + text + "'; write it as in 2026-01-31");
        }
    }

    private static String beginning(List<GitHistory.Tip> tips) {
        return Instant.ofEpochSecond(tips.get(0).committed()).toString().substring(0, 10);
    }
}
