package io.jenkins.plugins.changegate.engine.condition;

import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.path.FileKind;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What conditions can ask about besides what changes. */
public final class CircumstanceFacts {

    private CircumstanceFacts() {}

    /** A value that is found out when it is asked for, once. Not thread-safe, like the judgement that it belongs to. */
    static final class Asked {
        private final Supplier<?> answer;
        private Object known;

        Asked(Supplier<?> answer) {
            this.answer = answer;
        }

        Object answer() {
            if (known == null) {
                known = answer.get();
            }
            return known;
        }
    }

    /** Returns the values of the variables, by name; what is not known is not among them. */
    public static Map<String, Object> variables(Circumstances circumstances, Optional<Delta> delta) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("request.type", circumstances.type().key());
        values.put("request.reason", circumstances.reason());
        values.put("request.user", circumstances.requestedBy());
        values.put("request.job", circumstances.job());
        values.put("now", circumstances.now());
        circumstances.branch().ifPresent(branch -> values.put("change.branch", branch));
        circumstances.history().ifPresent(history -> put(values, history, circumstances.now()));
        circumstances.basis().map(Basis::failedFiles).ifPresent(failed -> {
            values.put("history.failedFiles", (long) failed.files());
            if (failed.at() != null) {
                values.put("history.failedFilesAge", Duration.between(failed.at(), circumstances.now()));
            }
        });
        Map<String, Object> signals = new LinkedHashMap<>();
        circumstances.signals().forEach((name, signal) -> signals.put(name, signal.value()));
        values.put("signals", signals);
        boolean reverts =
                circumstances.basis().filter(basis -> basis.revert() != null).isPresent();
        delta.ifPresent(known -> {
            // Takes a while for a large change, and few rules ask.
            values.put(
                    "change.kinds",
                    new Asked(() -> FileKind.of(known).stream()
                            .map(FileKind::key)
                            .sorted()
                            .toList()));
            values.put(
                    "change.shape",
                    new Asked(() ->
                            Shape.of(known, reverts).stream().map(Shape::key).toList()));
            values.put(
                    "change.undone",
                    known.commits().stream().filter(Commit::undone).count());
            // What is not listed may be anything.
            if (known.files().size() == known.totals().files()) {
                values.put("change.generatedLines", new Asked(() -> FileKind.linesWrittenElsewhere(known)));
            }
            known.commits().stream()
                    .filter(commit -> !commit.undone())
                    .mapToLong(Commit::committed)
                    .min()
                    .ifPresent(oldest -> values.put(
                            "change.age", Duration.between(Instant.ofEpochSecond(oldest), circumstances.now())));
        });
        return values;
    }

    private static void put(Map<String, Object> values, History history, Instant now) {
        values.put("history.deployments", (long) history.deployments());
        values.put("history.unsuccessful", (long) history.unsuccessful());
        values.put("history.successesInARow", (long) history.successesInARow());
        values.put("history.last", history.last());
        history.lastAt().ifPresent(at -> values.put("history.age", Duration.between(at, now)));
    }
}
