package io.jenkins.plugins.changegate.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalendarWriterTest {

    private static final long SEED = 5_545;
    private static final int FEEDS = 200;
    private static final Instant WRITTEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final List<String> PIECES = List.of(
            "a",
            "word ",
            ",",
            ";",
            "\\",
            "\\n",
            "\n",
            "\t",
            ":",
            "\"",
            "^n",
            "ü",
            "你",
            "\uD83D\uDE80",
            "BEGIN:VEVENT",
            "\nEND:VEVENT");

    private static Span span(String from, String to, String title) {
        return new Span(Instant.parse(from), Instant.parse(to), title);
    }

    @Test
    void feedIsWrittenAsTheStandardDemands() {
        Span span = span("2026-12-18T18:00:00.5Z", "2026-12-18T19:00:00.001Z", "Freeze; all, of\nit");
        String text = CalendarWriter.write(
                List.of(
                        new CalendarEntry("CHG-1@jenkins", span, "Freeze; all, of\nit", "C:\\x\r\n" + "ü".repeat(40)),
                        new CalendarEntry("CHG-2\r\nX:1", span, "", "")),
                WRITTEN);
        assertThat(text)
                .isEqualTo(String.join(
                        "\r\n",
                        "BEGIN:VCALENDAR",
                        "VERSION:2.0",
                        "PRODID:-//Jenkins//Change Gate//EN",
                        "CALSCALE:GREGORIAN",
                        "BEGIN:VEVENT",
                        "UID:CHG-1@jenkins",
                        "DTSTAMP:20261123T100000Z",
                        "DTSTART:20261218T180000Z",
                        "DTEND:20261218T190001Z",
                        "SUMMARY:Freeze\\; all\\, of\\nit",
                        "DESCRIPTION:C:\\\\x\\n" + "ü".repeat(28),
                        " " + "ü".repeat(12),
                        "END:VEVENT",
                        "BEGIN:VEVENT",
                        "UID:CHG-2\\nX:1",
                        "DTSTAMP:20261123T100000Z",
                        "DTSTART:20261218T180000Z",
                        "DTEND:20261218T190001Z",
                        "SUMMARY:",
                        "END:VEVENT",
                        "END:VCALENDAR",
                        ""));
    }

    @Test
    void controlCharactersAreLeftOut() {
        Span span = span("2026-12-18T18:00:00Z", "2026-12-18T19:00:00Z", "");
        String text = CalendarWriter.write(List.of(new CalendarEntry("1", span, "a\0b\u0007c\u007fd\te", "")), WRITTEN);
        assertThat(text).contains("SUMMARY:abcd\te\r\n");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws ScheduleException {
        System.out.println("Seed: " + SEED + ", feeds: " + FEEDS);
        Random random = new Random(SEED);
        for (int i = 0; i < FEEDS; i++) {
            List<CalendarEntry> entries = new ArrayList<>();
            List<Span> spans = new ArrayList<>();
            for (int n = random.nextInt(6); n >= 0; n--) {
                Instant from = WRITTEN.plusSeconds(random.nextInt(100_000_000));
                Span span = new Span(from, from.plusSeconds(1 + random.nextInt(10_000_000)), text(random));
                spans.add(span);
                entries.add(new CalendarEntry("uid-" + n, span, span.title(), text(random)));
            }
            String text = CalendarWriter.write(entries, WRITTEN);
            assertThat(text).isEqualTo(CalendarWriter.write(entries, WRITTEN));
            assertThat(text.split("\r\n"))
                    .allSatisfy(line ->
                            assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
            assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(text);
            assertThat(CalendarReader.read(text, ZoneOffset.UTC).between(Instant.EPOCH, Instant.MAX, 100))
                    .isEqualTo(spans.stream().sorted(Span.ORDER).toList());
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(60); n >= 0; n--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
