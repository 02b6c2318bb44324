package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The values of a delta: immutable, bounded, and able to travel from an agent. */
class ValuesTest {

    private static final Person EVE = new Person("Eve", " Eve@Example.org ");

    @Test
    void deltaDoesNotFollowTheListsItWasMadeOf() {
        List<Person> people = new ArrayList<>(List.of(EVE));
        Delta delta = new Delta("b", "h", List.of(), Totals.NONE, List.of(), people);
        people.clear();
        assertThat(delta.people()).containsExactly(EVE);
        assertThatThrownBy(() -> delta.people().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void readingTravelsBetweenProcesses() throws Exception {
        FileChange file = new FileChange("p", "o", FileChange.Status.RENAMED, 1, 2, false, false, true, false);
        Commit commit = new Commit("id", true, 7, EVE, EVE, List.of(new Person("M", "")), "s");
        Delta delta = new Delta("b", "h", List.of(file), Totals.NONE, List.of(commit), List.of(EVE));
        Reading reading = new Reading(delta, List.of()).with(new Gap(Gap.Kind.TOO_LARGE, "because"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(reading);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(reading);
        }
    }

    @Test
    void subjectIsCut() {
        Commit commit = new Commit("id", false, 0, EVE, EVE, List.of(), "s".repeat(1000));
        assertThat(commit.subject()).hasSize(Commit.SUBJECT_LIMIT);
    }

    @Test
    void mailAddressesAreComparedTrimmedAndInLowerCase() {
        assertThat(EVE.mailKey()).isEqualTo("eve@example.org");
    }

    @Test
    void personIsShownWithWhatThereIs() {
        assertThat(new Person("Eve", "e@x").display()).isEqualTo("Eve <e@x>");
        assertThat(new Person("", "e@x").display()).isEqualTo("e@x");
        assertThat(new Person("Eve", "").display()).isEqualTo("Eve");
    }

    @Test
    void negativeLineCountsAreRefused() {
        assertThatThrownBy(() -> new FileChange("p", null, FileChange.Status.ADDED, -1, 0, false, false, false, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
