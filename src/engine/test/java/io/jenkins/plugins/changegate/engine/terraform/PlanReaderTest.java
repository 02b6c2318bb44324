package io.jenkins.plugins.changegate.engine.terraform;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Limits;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.terraform.PlannedChange.Action;
import io.jenkins.plugins.changegate.engine.terraform.PlannedChange.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Terraform plan tells, and what it is turned away for. */
class PlanReaderTest {

    private static final long SEED = 14_142;
    private static final String EMPTY = "{\"format_version\":\"1.2\",\"planned_values\":{},%s}";

    @Test
    void everyActionIsToldWithItsTypeAndAddress() throws IOException {
        assertThat(new PlanReader(Limits.DEFAULT).read(example()).changes())
                .containsExactly(
                        change(Kind.DRIFT, "aws_security_group.web", "aws_security_group", Action.UPDATE, ""),
                        change(Kind.RESOURCE, "module.db.aws_db_instance.main", "aws_db_instance", Action.REPLACE, ""),
                        change(Kind.RESOURCE, "aws_instance.web[\"a/b\"]", "aws_instance", Action.CREATE, ""),
                        change(Kind.RESOURCE, "aws_instance.old", "aws_instance", Action.DELETE, ""),
                        change(Kind.RESOURCE, "aws_instance.old", "aws_instance", Action.DELETE, "1234abcd"),
                        change(Kind.RESOURCE, "aws_instance.same", "aws_instance", Action.NONE, ""),
                        change(Kind.RESOURCE, "aws_instance.moved", "aws_instance", Action.MOVE, ""),
                        change(Kind.RESOURCE, "aws_instance.taken", "aws_instance", Action.IMPORT, ""),
                        change(Kind.RESOURCE, "data.aws_ami.x", "aws_ami", Action.READ, ""),
                        change(Kind.RESOURCE, "aws_s3_bucket.logs", "aws_s3_bucket", Action.FORGET, ""),
                        change(Kind.RESOURCE, "aws_s3_bucket.data", "aws_s3_bucket", Action.UPDATE, ""),
                        change(Kind.OUTPUT, "url", "output", Action.CREATE, ""));
    }

    @Test
    void whatIsDoneBecomesAFileAndWhatIsReplacedIsDeletedToo() throws IOException {
        Reading reading = new PlanReader(Limits.DEFAULT).read(example()).reading();
        Delta delta = reading.delta().orElseThrow();
        assertThat(delta.files())
                .extracting(FileChange::path)
                .containsExactly(
                        "drift/aws_security_group/aws_security_group.web",
                        "replace/aws_db_instance/module.db.aws_db_instance.main",
                        "create/aws_instance/aws_instance.web[\"a/b\"]",
                        "delete/aws_instance/aws_instance.old",
                        "delete/aws_instance/aws_instance.old/deposed/1234abcd",
                        "move/aws_instance/aws_instance.moved",
                        "import/aws_instance/aws_instance.taken",
                        "forget/aws_s3_bucket/aws_s3_bucket.logs",
                        "update/aws_s3_bucket/aws_s3_bucket.data",
                        "create/output/url");
        assertThat(delta.files().get(1).oldPath()).isEqualTo("delete/aws_db_instance/module.db.aws_db_instance.main");
        assertThat(delta.files().get(1).status()).isEqualTo(Status.RENAMED);
        assertThat(delta.totals()).isEqualTo(new Totals(10, 1, 0, 4, 4));
        assertThat(delta.head()).matches("[0-9a-f]{64}");
        assertThat(reading.gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.HISTORY_CUT);
    }

    @Test
    void noValueIsKeptOrSaid() throws IOException {
        byte[] bytes = example().readAllBytes();
        assertThat(new String(bytes, UTF_8)).contains("SECRET-1", "SECRET-10");
        assertThat(new PlanReader(Limits.DEFAULT).read(example()).toString()).doesNotContain("SECRET");
        Random random = new Random(SEED);
        for (int i = 0; i < 3_000; i++) {
            byte[] broken = bytes.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                broken[random.nextInt(broken.length)] = "\"{}[],: \\\nx\u0000".getBytes(UTF_8)[random.nextInt(12)];
            }
            byte[] tried = random.nextInt(4) == 0 ? Arrays.copyOf(broken, random.nextInt(broken.length)) : broken;
            try {
                // The words of the keys around a value are Terraform's; a broken quote may make a name of a value.
                new PlanReader(Limits.DEFAULT).read(new ByteArrayInputStream(tried));
            } catch (IOException e) {
                assertThat(e.getMessage())
                        .as("seed %s, %s", SEED, i)
                        .isNotBlank()
                        .doesNotContain("SECRET");
            }
        }
    }

    @Test
    void planMayBeInAnyEncodingOfUnicode() throws IOException {
        String text = new String(example().readAllBytes(), UTF_8);
        Plan plan = new PlanReader(Limits.DEFAULT).read(new ByteArrayInputStream(text.getBytes(UTF_16)));
        assertThat(plan.changes()).hasSize(12);
    }

    @Test
    void valueOfAnyLengthIsPassedOver() throws IOException {
        String value = "x".repeat(2_000_000);
        assertThat(read(entry("{\"actions\":[\"update\"],\"after\":{\"a\":\"" + value + "\",\"b\":[[\"" + value
                                + "\"]]}}"))
                        .changes())
                .hasSize(1);
    }

    @Test
    void planWithoutChangesChangesNothing() throws IOException {
        assertThat(read(EMPTY.formatted("\"resource_changes\":null"))
                        .reading()
                        .delta()
                        .orElseThrow()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void planThatIsNotAllOfItSaysSo() throws IOException {
        for (String key :
                new String[] {"\"errored\":true", "\"complete\":false", "\"deferred_changes\":[{\"a\":{}}]"}) {
            assertThat(read(EMPTY.formatted(key)).gaps())
                    .as(key)
                    .extracting(Gap::kind)
                    .containsExactly(Gap.Kind.FACT_UNKNOWN);
        }
        assertThat(read(EMPTY.formatted("\"errored\":false,\"complete\":true,\"deferred_changes\":[]"))
                        .gaps())
                .isEmpty();
    }

    @Test
    void moreThanIsListedIsCountedAndSaid() throws IOException {
        String one = "{\"address\":\"a.b\",\"type\":\"a\",\"change\":{\"actions\":[\"delete\"]}}";
        String many = EMPTY.formatted("\"resource_changes\":[" + one + ("," + one).repeat(29) + "]");
        Limits limits = new Limits(7, 1, 1, 1, 1 << 20, Limits.DEFAULT.time());
        Reading reading = new PlanReader(limits).read(in(many)).reading();
        assertThat(reading.delta().orElseThrow().totals()).isEqualTo(new Totals(30, 0, 0, 0, 30));
        assertThat(reading.gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.TOO_LARGE, Gap.Kind.HISTORY_CUT);
    }

    @Test
    void largerPlanThanIsReadIsTurnedAway() {
        Limits limits = new Limits(7, 1, 1, 1, 100, Limits.DEFAULT.time());
        assertThatThrownBy(() -> new PlanReader(limits).read(example()))
                .isInstanceOf(IOException.class)
                .hasMessage("The plan is larger than the 100 bytes that are read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"format_version\":\"1.0\",\"values\":{}}",
                "{\"format_version\":\"2.0\",\"planned_values\":{}}",
                "{\"format_version\":1,\"planned_values\":{}}",
                "{\"format_version\":\"1.0\",\"planned_values\":{}} {}",
                "{\"format_version\":\"1.0\",\"planned_values\":{},\"resource_changes\":[],\"resource_changes\":[]}",
                "{\"format_version\":\"1.0\",\"planned_values\":{},\"resource_changes\":{}}",
                "{\"format_version\":\"1.0\",\"planned_values\":{},\"resource_changes\":[null]}",
                "{\"format_version\":\"1.0\",\"planned_values\":{},\"output_changes\":[]}",
                "{\"format_version\":\"1.0\",\"planned_values\":{},\"output_changes\":{\"a\":{}}}",
                "{\"format_version\":\"1.0\",\"planned_values\":{",
            })
    void whatIsNoPlanIsTurnedAway(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class).hasMessageContaining("plan");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"actions\":[\"explode\"]}",
                "{\"actions\":[]}",
                "{\"actions\":[\"delete\",\"create\",\"delete\"]}",
                "{\"actions\":[\"no-op\"],\"actions\":[\"delete\"]}",
                "{\"actions\":\"delete\"}",
                "{\"actions\":[1]}",
                "{}",
                "null",
                "{\"actions\":[\"delete\"]},\"change\":{\"actions\":[\"no-op\"]}",
                "{\"actions\":[\"delete\"]},\"type\":\"b\"",
            })
    void actionThatIsNotClearIsTurnedAway(String change) {
        assertThatThrownBy(() -> read(entry(change))).isInstanceOf(IOException.class);
    }

    @Test
    void typeThatIsNoneIsTurnedAway() {
        assertThatThrownBy(() -> read(entry("{\"actions\":[\"delete\"]}").replace("\"t\"", "\"../t\"")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("type");
    }

    private static String entry(String change) {
        return EMPTY.formatted("\"resource_changes\":[{\"address\":\"t.a\",\"type\":\"t\",\"change\":" + change + "}]");
    }

    private static PlannedChange change(Kind kind, String address, String type, Action action, String deposed) {
        return new PlannedChange(kind, address, type, action, deposed);
    }

    private static Plan read(String text) throws IOException {
        return new PlanReader(Limits.DEFAULT).read(in(text));
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static InputStream example() {
        return PlanReaderTest.class.getResourceAsStream("corpus/PlanJson/plan.json");
    }
}
