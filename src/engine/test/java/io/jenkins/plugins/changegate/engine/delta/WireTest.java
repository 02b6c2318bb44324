package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** What a reading takes on its way from an agent to the controller, whatever was changed, and what is believed there. */
class WireTest {

    private static final long SEED = 16_180;

    private final Random random = new Random(SEED);

    @Test
    void usualLargeChangeTravelsWhole() throws Exception {
        Reading reading = reading(files(10_000, this::usualPath), commits(1_000, 0), people(200, 20));
        assertThat(reading.gaps()).isEmpty();
        byte[] bytes = written(reading);
        System.out.println("10 000 files, 1 000 commits, 200 people: " + bytes.length + " bytes");
        assertThat(bytes).hasSizeLessThan(Delta.WIRE_LIMIT);
        assertThat(read(bytes)).isEqualTo(reading);
    }

    @Test
    void mostThatCanBeReadIsCutToWhatTravelsAndSaysSo() throws Exception {
        Reading reading = reading(files(20_000, () -> noise(400)), commits(2_000, 2), people(5_000, 500));
        Delta delta = reading.delta().orElseThrow();
        assertThat(reading.gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.TOO_LARGE, Gap.Kind.TOO_LARGE);
        assertThat(delta.totals().files()).isEqualTo(20_000);
        assertThat(reading.gaps().get(0).because())
                .contains("20000 files; only " + delta.files().size() + " are looked at");
        byte[] bytes = written(reading);
        System.out.println(
                "The most: " + bytes.length + " bytes with " + delta.files().size() + " files, "
                        + delta.commits().size() + " commits, " + delta.people().size() + " people");
        assertThat(bytes).hasSizeBetween(PackedDelta.ROOM * 8 / 10, PackedDelta.ROOM + 8 * 1024);
        assertThat(delta.files()).isNotEmpty();
        assertThat(read(bytes)).isEqualTo(reading);
    }

    @Test
    void longTextsOfGitsErrorsTravelBesides() throws Exception {
        Reading reading = reading(files(20_000, () -> noise(100)), List.of(), List.of())
                .with(new Gap(Gap.Kind.GIT_FAILED, noise(2_000)));
        assertThat(written(reading)).hasSizeLessThan(Delta.WIRE_LIMIT);
    }

    @Test
    void peopleAreTheLastToBeLeftOut() {
        Reading reading = reading(files(20_000, () -> noise(100)), commits(2_000, 0), people(2_000, 12));
        Delta delta = reading.delta().orElseThrow();
        assertThat(delta.files().size()).isLessThan(20_000);
        assertThat(delta.people()).hasSize(2_000);
    }

    @Test
    void largerOneThanTravelsIsNotBelieved() throws Exception {
        byte[] noise = new byte[PackedDelta.ROOM + 1];
        random.nextBytes(noise);
        PackedDelta forged = new PackedDelta("b", "h", Totals.NONE, noise, new byte[0], new byte[0]);
        assertThatThrownBy(() -> read(written(forged)))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void fewBytesThatUnpackToManyAreNotBelieved() throws Exception {
        for (int b : new int[] {0, 1, 0x7f}) {
            byte[] bomb = deflated(100 << 20, b);
            assertThat(bomb).hasSizeLessThan(PackedDelta.ROOM);
            PackedDelta forged = new PackedDelta("b", "h", Totals.NONE, DeltaCodec.files(List.of()), bomb, bomb);
            assertThatThrownBy(() -> read(written(forged))).isInstanceOf(InvalidObjectException.class);
        }
    }

    @Test
    void wellFormedListOfMoreThanCanBeListedIsNotBelieved() throws Exception {
        byte[] none = DeltaCodec.files(List.of());
        byte[] noCommits = DeltaCodec.commits(List.of());
        byte[] many = DeltaCodec.people(Collections.nCopies(2_000_000, new Person("", "")));
        assertThat(many).hasSizeLessThan(PackedDelta.ROOM);
        PackedDelta forged = new PackedDelta("b", "h", Totals.NONE, none, noCommits, many);
        assertThatThrownBy(() -> read(written(forged))).isInstanceOf(InvalidObjectException.class);
    }

    private Reading reading(List<FileChange> files, List<Commit> commits, List<Person> people) {
        Totals totals = new Totals(files.size(), 0, 0, files.size(), 0);
        return Readings.of(
                "b".repeat(40),
                "h".repeat(40),
                new DiffParser.Files(files, totals),
                new LogParser.History(commits, people, true, false));
    }

    private List<FileChange> files(int count, java.util.function.Supplier<String> path) {
        List<FileChange> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean moved = random.nextInt(25) == 0;
            files.add(new FileChange(
                    path.get(),
                    moved ? path.get() : null,
                    moved ? Status.RENAMED : Status.MODIFIED,
                    random.nextInt(400),
                    random.nextInt(50),
                    false,
                    false,
                    random.nextInt(50) == 0,
                    false));
        }
        files.sort(java.util.Comparator.comparing(FileChange::path));
        return files;
    }

    private String usualPath() {
        return "services/svc-" + random.nextInt(40) + "/src/main/java/com/example/shop/part" + random.nextInt(30)
                + "/Handler" + random.nextInt(100_000) + ".java";
    }

    private List<Commit> commits(int count, int coAuthors) {
        List<Person> people = people(100, 10);
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commits.add(new Commit(
                    hex(40),
                    random.nextBoolean(),
                    1_700_000_000L - i * 3_000L - random.nextInt(9_000),
                    people.get(random.nextInt(100)),
                    people.get(random.nextInt(100)),
                    people.subList(0, coAuthors),
                    "Change the part " + noise(30)));
        }
        return commits;
    }

    private List<Person> people(int count, int length) {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = noise(length);
            people.add(new Person(name, name + "@example.org"));
        }
        return people;
    }

    private String hex(int length) {
        return random.ints(length, 0, 16).mapToObj(Integer::toHexString).collect(java.util.stream.Collectors.joining());
    }

    private String noise(int length) {
        return random.ints(length, 'A', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] deflated(int count, int b) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            // A number of many entries, and then as much as there is of them.
            out.write(new byte[] {-1, -1, -1, -1, -1, -1, -1, 0x7f});
            byte[] block = new byte[1 << 16];
            java.util.Arrays.fill(block, (byte) b);
            for (int left = count; left > 0; left -= block.length) {
                out.write(block);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] written(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
