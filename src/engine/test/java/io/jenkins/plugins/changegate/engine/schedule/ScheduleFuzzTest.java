package io.jenkins.plugins.changegate.engine.schedule;

import static io.jenkins.plugins.changegate.engine.schedule.Calendars.OUTLOOK_ZONE;
import static io.jenkins.plugins.changegate.engine.schedule.Calendars.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever stands in a calendar or a rule, it is read or a {@link ScheduleException}, and questions have answers. */
@Timeout(120)
class ScheduleFuzzTest {

    private static final long SEED = 8_601;
    private static final int CASES = 5_000;
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final List<String> CALENDAR_PIECES = List.of(
            ":",
            ";",
            ",",
            "=",
            "\n",
            "\n ",
            "\"",
            "^",
            "\\",
            "\0",
            "-",
            "9999999999",
            "0",
            "T",
            "Z",
            "/",
            "P",
            "ü",
            "BEGIN:",
            "END:",
            "VEVENT",
            "VTIMEZONE\n",
            "RRULE:FREQ=DAILY\n",
            "RDATE:20260101\n",
            "TZID=",
            ";VALUE=DATE",
            ";ENCODING=QUOTED-PRINTABLE",
            ";CHARSET=x",
            "20260101",
            "+2400",
            "16010101");
    private static final List<String> RULE_PIECES = List.of(
            ";",
            ",",
            "=",
            "-",
            "+",
            "0",
            "1",
            "2",
            "53",
            "366",
            "2147483647",
            "99999999999",
            "FREQ=",
            "DAILY",
            "WEEKLY",
            "MONTHLY",
            "YEARLY",
            "SECONDLY",
            ";BYDAY=",
            "MO",
            "-1SU",
            ";BYMONTH=",
            ";BYMONTHDAY=",
            ";BYYEARDAY=",
            ";BYWEEKNO=",
            ";BYHOUR=",
            ";BYMINUTE=",
            ";BYSECOND=",
            ";BYSETPOS=",
            ";INTERVAL=",
            ";COUNT=",
            ";UNTIL=",
            ";WKST=",
            ";RSCALE=",
            ";SKIP=",
            " ",
            "x");
    private static final List<String> RULES = List.of(
            "FREQ=DAILY;INTERVAL=3;COUNT=20",
            "FREQ=WEEKLY;BYDAY=TH,FR;WKST=SU;UNTIL=20301231T000000Z",
            "FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1",
            "FREQ=MONTHLY;BYMONTHDAY=1,-1;BYHOUR=10,12;BYMINUTE=0",
            "FREQ=YEARLY;BYWEEKNO=1,20,53;BYDAY=TH",
            "FREQ=YEARLY;BYYEARDAY=1,-1,200",
            "FREQ=YEARLY;BYMONTH=1,7;BYDAY=1TH,-1FR");

    private static final List<String> PARTS = List.of(
            ";BYDAY=MO,TU",
            ";BYDAY=FR",
            ";BYDAY=-1SU",
            ";BYDAY=5TH,2MO",
            ";BYMONTH=2",
            ";BYMONTH=1,12",
            ";BYMONTHDAY=29,30,31",
            ";BYMONTHDAY=-1",
            ";BYYEARDAY=366,1",
            ";BYWEEKNO=53",
            ";BYWEEKNO=1,2",
            ";BYHOUR=9,17",
            ";BYMINUTE=0,30",
            ";BYSETPOS=-1",
            ";BYSETPOS=1,3",
            ";INTERVAL=2",
            ";INTERVAL=7",
            ";INTERVAL=1000",
            ";COUNT=500",
            ";UNTIL=20330101",
            ";WKST=SU");

    private final Random random = new Random(SEED);
    private int read;

    @Test
    void calendarsHold() {
        String text = Calendars.file(
                OUTLOOK_ZONE,
                event(
                        "DTSTART;TZID=Westeuropa:20260322T013000",
                        "DTEND;TZID=Europe/Berlin:20260322T033000",
                        "RRULE:FREQ=WEEKLY;BYDAY=SU;UNTIL=20281231T000000Z",
                        "EXDATE;TZID=Westeuropa:20260329T013000,20260405T013000",
                        "RDATE;VALUE=PERIOD:20260502T120000Z/PT1H,20260503T120000Z/20260503T130000Z"),
                event(
                        "RECURRENCE-ID:20260412T003000Z",
                        "DTSTART:20260412T120000",
                        "DURATION:PT1H30M",
                        "STATUS:CONFIRMED"));
        fuzz(i -> mutated(text, CALENDAR_PIECES), mutated -> CalendarReader.read(mutated, ZoneOffset.UTC));
    }

    @Test
    void rulesHold() {
        fuzz(i -> i % 2 == 0 ? mutated(RULES.get(i % RULES.size()), RULE_PIECES) : rule(), text -> {
            LocalDateTime around = LocalDateTime.of(2020 + random.nextInt(9), 1 + random.nextInt(12), 1, 10, 0);
            Rule rule = Rule.parse("every", text);
            Iterator<LocalDateTime> beginnings = rule.beginnings(around, around);
            LocalDateTime first = beginnings.hasNext() ? beginnings.next() : around;
            Duration length = Duration.ofHours(1 + random.nextInt(300));
            Times times = written(first.toString(), text, Optional.of(length));
            assertThat(from(rule, first, around.plusYears(9)))
                    .as(text + " from " + first)
                    .isEqualTo(from(rule, first, first).stream()
                            .filter(begin -> !begin.isBefore(around.plusYears(9)))
                            .toList());
            return times;
        });
    }

    /** Returns a rule of whole parts. */
    private String rule() {
        String rule = "FREQ=" + List.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY").get(random.nextInt(4));
        for (int n = random.nextInt(4); n > 0; n--) {
            rule += PARTS.get(random.nextInt(PARTS.size()));
        }
        return rule;
    }

    /** Returns the beginnings of 19 years, where those before {@code at} may be left out by the rule itself. */
    private static List<LocalDateTime> from(Rule rule, LocalDateTime first, LocalDateTime at) {
        List<LocalDateTime> all = new ArrayList<>();
        Iterator<LocalDateTime> beginnings = rule.beginnings(first, at);
        while (beginnings.hasNext()) {
            LocalDateTime begin = beginnings.next();
            if (begin.isAfter(first.plusYears(19))) {
                break;
            }
            if (!begin.isBefore(at)) {
                all.add(begin);
            }
        }
        return all;
    }

    @Test
    void datesHold() {
        fuzz(
                i -> mutated(
                        List.of("2026-12-18", "2026-12-18T18:00", "2026-12-18T18:00:30+01:00", "22:00")
                                .get(i % 4),
                        List.of(":", "-", "+", "T", "Z", "0", "9", "29", "60", "99", ".5", " ", "ü")),
                date -> written(date, null, Optional.of(Duration.ofHours(1))));
    }

    private interface Make {
        String text(int i);
    }

    private interface Read {
        Times read(String text) throws ScheduleException;
    }

    private void fuzz(Make make, Read reader) {
        for (int i = 0; i < CASES; i++) {
            String text = make.text(i);
            try {
                ask(reader.read(text), random.nextInt(200_000_000));
                read++;
            } catch (ScheduleException e) {
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(600);
            } catch (RuntimeException | Error e) {
                fail("For " + text, e);
            }
        }
        System.out.println("Seed: " + SEED + ", cases: " + CASES + ", still valid: " + read);
        assertThat(read).isBetween(CASES / 50, CASES * 9 / 10);
    }

    private static void ask(Times times, int seconds) {
        for (Instant at : List.of(
                NOW, NOW.plusSeconds(seconds), NOW.minusSeconds(seconds), Instant.parse("2150-02-28T23:59:59Z"))) {
            times.covering(at).ifPresent(span -> assertThat(span.covers(at)).isTrue());
            times.next(at).ifPresent(span -> assertThat(span.from()).isAfterOrEqualTo(at));
            assertThat(times.between(at, at.plusSeconds(seconds), 50))
                    .hasSizeLessThanOrEqualTo(50)
                    .isSortedAccordingTo(Span.ORDER);
        }
        Times.untilFree(NOW, List.of(times))
                .ifPresent(free -> assertThat(times.covering(free)).isEmpty());
    }

    private static Times written(String from, String every, Optional<Duration> length) throws ScheduleException {
        return new WrittenTimes(
                        Optional.of(from),
                        Optional.empty(),
                        length,
                        Optional.ofNullable(every),
                        Optional.of("Europe/Berlin"),
                        List.of())
                .read("");
    }

    private String mutated(String text, List<String> pieces) {
        String result = text;
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(result.length() + 1);
            int cut = Math.min(result.length() - at, random.nextInt(4));
            String piece = random.nextInt(4) == 0 ? "" : pieces.get(random.nextInt(pieces.size()));
            result = result.substring(0, at) + piece + result.substring(at + cut);
            result = random.nextInt(40) == 0 ? result.substring(0, at) : result;
        }
        return result;
    }
}
