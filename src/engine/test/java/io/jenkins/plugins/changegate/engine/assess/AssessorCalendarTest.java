package io.jenkins.plugins.changegate.engine.assess;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.CalendarText;
import io.jenkins.plugins.changegate.engine.policy.Hashes;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository's calendars are those of the commits that its policy is read from. */
class AssessorCalendarTest {

    private static final String ADDRESS = "https://calendar.example.org/a.ics";
    private static final String POLICY = """
            environments:
              qa:
                pass-up-to: very-high
                freezes:
                  - {name: year-end, calendar: ops/a.ics, because: Staff is on leave.}
            """;
    private static final String FREEZE = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\n"
            + "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nEND:VEVENT\nEND:VCALENDAR\n";
    private static final String NOTHING = "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n";

    @TempDir
    private Path directory;

    private TestRepository repository;
    private final PolicyReader reader = new PolicyReader();

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.in(directory.resolve("clone"));
        repository.write("a.txt", "a\n");
    }

    private Assessor.Assessed assess(String base, String head, String file) throws IOException {
        Assessor assessor =
                new Assessor(reader, List.of(reader.builtIn()), List.of(), place -> new CalendarText(FREEZE));
        Assessor.Request request = new Assessor.Request(Optional.of("shop"), "otherwise", "qa", head, file);
        return assessor.assess(new GitRepository(repository.directory()), request, new Assessor.Live() {
            @Override
            public Assessor.Base of(String service) {
                return new Assessor.Base(Optional.of(base), List.of());
            }

            @Override
            public Circumstances circumstances(String service, String commit, Delta delta, Set<String> signals) {
                return Circumstances.at(Instant.parse("2026-12-25T12:00:00Z"));
            }
        });
    }

    private Judgement judged(String base, String head) throws IOException {
        return assess(base, head, Assessor.POLICY_FILE).judgement();
    }

    private String commit(String calendar) {
        return repository
                .write(Assessor.POLICY_FILE, POLICY)
                .write("ops/a.ics", calendar)
                .commit("Plan");
    }

    @Test
    void aFreezeOfAFileHoldsAndItsTextIsKept() throws IOException {
        String base = commit(FREEZE);
        String head = repository.write("a.txt", "b\n").commit("Change");
        Assessor.Assessed assessed = assess(base, head, Assessor.POLICY_FILE);
        assertThat(assessed.judgement().hold().orElseThrow().until()).contains(Instant.parse("2026-12-27T00:00:00Z"));
        assertThat(assessed.policies()).contains(FREEZE);
        assertThat(assessed.judgement().policies())
                .filteredOn(applied -> !applied.calendars().isEmpty())
                .singleElement()
                .satisfies(applied -> assertThat(applied.calendars().get(0))
                        .isEqualTo(new Judgement.AppliedCalendar("ops/a.ics", Hashes.sha256(FREEZE))));
    }

    @Test
    void aChangeThatEndsAFreezeInTheFileIsHeldByItAllTheSame() throws IOException {
        String base = commit(FREEZE);
        String head = commit(NOTHING);
        assertThat(judged(base, head).hold()).isPresent();
        assertThat(judged(head, base).hold()).as("one that begins it").isPresent();
        assertThat(judged(head, repository.write("a.txt", "c\n").commit("Next")).hold())
                .isEmpty();
    }

    @Test
    void aFileThatIsMissingAtHeadOrAtBaseAsks() throws IOException {
        String base = commit(FREEZE);
        String head = repository.delete("ops/a.ics").commit("Delete the calendar");
        for (List<String> way : List.of(List.of(base, head), List.of(head, base))) {
            Assessor.Assessed assessed = assess(way.get(0), way.get(1), Assessor.POLICY_FILE);
            assertThat(assessed.judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
            assertThat(assessed.judgement().hold()).isPresent();
            assertThat(assessed.reading().gaps()).containsExactly(new Gap(Gap.Kind.CALENDAR_UNREADABLE, """
                    It is not known when the freeze year-end is: the calendar ops/a.ics of .changegate.yml cannot be \
                    read. There is no such file in the commit: add it, or mend the path, which begins at the \
                    repository's top."""));
        }
    }

    @Test
    void aFileThatIsTooLargeAsks() throws IOException {
        String base = commit("X".repeat((1 << 20) + 1));
        String head = repository.write("a.txt", "b\n").commit("Change");
        Assessor.Assessed assessed = assess(base, head, Assessor.POLICY_FILE);
        assertThat(assessed.judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(assessed.judgement().verdict().reasons().get(0))
                .endsWith("ops/a.ics is larger than the 1048576 bytes that are read.");
    }

    @Test
    void theUsualPolicyTakesItsCalendarsAlongBesidesAnother() throws IOException {
        String base = commit(FREEZE);
        String head = repository.write("team.yml", "rules: []\n").commit("Look elsewhere");
        assertThat(assess(base, head, "team.yml").judgement().hold()).isPresent();
    }

    @Test
    void anAddressIsReadByWhatTheAssessorIsGiven() throws IOException {
        String head = repository
                .write(Assessor.POLICY_FILE, POLICY.replace("ops/a.ics", ADDRESS))
                .commit("Subscribe");
        String base = repository.git("rev-parse", "HEAD").strip();
        assertThat(judged(base, head).hold()).isPresent();
        assertThat(new Assessor(reader, List.of(reader.builtIn()), List.of())
                        .assess(
                                new GitRepository(repository.directory()),
                                new Assessor.Request(Optional.of("shop"), "", "qa", head, Assessor.POLICY_FILE),
                                service -> new Assessor.Base(Optional.of(base), List.of()))
                        .judgement()
                        .verdict()
                        .reasons()
                        .get(0))
                .endsWith("the calendar " + ADDRESS
                        + " of .changegate.yml cannot be read. Only Jenkins reads addresses.");
    }
}
