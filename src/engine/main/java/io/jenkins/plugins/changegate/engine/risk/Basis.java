package io.jenkins.plugins.changegate.engine.risk;

import io.jenkins.plugins.changegate.engine.delta.Revert;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the score of a change rests on before any rule has its say: the change as numbers, and what past deployments
 * teach of it. Kept with the judgement, so that the change can be scored again and learnt from without its clone.
 *
 * @param features what is known of the change as numbers
 * @param generatedLines how many of the lines added and deleted are in files that nobody here writes, by their paths;
 *     -1 if they were not counted
 * @param learnt the parts of the score, with points from 0 to 100 together; empty if size alone scores
 * @param because what the score was learnt from, or why size alone scores, one sentence; may be empty
 * @param guarantee what can be promised of the failures that pass, in sentences; may be empty
 * @param limits below which scores changes may pass so that promises are kept; of those that cannot be given there is
 *     none
 * @param lot drawn for the random audit, at least 0 and below 1, each as probable; {@code null} if none was drawn
 * @param revert the commit that the change undoes exactly; {@code null} if there is none, or if that is not known. It
 *     has no points
 * @param failedFiles the last deployment that failed with its files; {@code null} if that is not known. It has no points
 */
public record Basis(
        Features features,
        long generatedLines,
        List<Contribution> learnt,
        String because,
        String guarantee,
        List<Limit> limits,
        Double lot,
        Revert revert,
        FailedFiles failedFiles) {

    /**
     * Below which score changes may pass.
     *
     * @param promise what is kept by that
     * @param score from 0 to 100
     */
    public record Limit(Promise promise, double score) {}

    /** The source that learnt contributions name. */
    public static final String SOURCE = "learnt";

    public Basis {
        features = Objects.requireNonNullElse(features, Features.NONE);
        learnt = learnt == null ? List.of() : List.copyOf(learnt);
        because = Objects.requireNonNullElse(because, "");
        guarantee = Objects.requireNonNullElse(guarantee, "");
        // Records written before there were these have none.
        limits = limits == null ? List.of() : List.copyOf(limits);
        int sum = learnt.stream().mapToInt(Contribution::points).sum();
        if (sum < 0 || sum > 100) {
            throw new IllegalArgumentException("A score is from 0 to 100, not " + sum);
        }
    }

    /** It undoes nothing, and it is not known whether its files failed before. */
    public Basis(
            Features features,
            long generatedLines,
            List<Contribution> learnt,
            String because,
            String guarantee,
            List<Limit> limits,
            Double lot) {
        this(features, generatedLines, learnt, because, guarantee, limits, lot, null, null);
    }

    /** Nothing stops a change. */
    public Basis(Features features, long generatedLines, List<Contribution> learnt, String because, String guarantee) {
        this(features, generatedLines, learnt, because, guarantee, List.of(), null);
    }

    /** Nothing but the change itself is known: size alone scores. */
    public Basis(Features features, long generatedLines) {
        this(features, generatedLines, List.of(), "", "");
    }

    /** Returns the same with a lot for the random audit. */
    public Basis withLot(double drawn) {
        return new Basis(features, generatedLines, learnt, because, guarantee, limits, drawn, revert, failedFiles);
    }

    /** Returns the same with the commit that the change undoes exactly; {@code null} if there is none. */
    public Basis withRevert(Revert undone) {
        return new Basis(features, generatedLines, learnt, because, guarantee, limits, lot, undone, failedFiles);
    }

    /** Returns the same with the last deployment that failed with its files; {@code null} if that is not known. */
    public Basis withFailedFiles(FailedFiles last) {
        return new Basis(features, generatedLines, learnt, because, guarantee, limits, lot, revert, last);
    }

    /** Returns what people want to know of it besides the parts of the score, as sentences. */
    public List<String> sentences() {
        String generated = generatedLines <= 0
                ? ""
                : "Lines in generated, vendored and lock files, by their paths: " + generatedLines
                        + ". They count like any others.";
        return Stream.of(because, generated, undone(), failedFiles == null ? "" : failedFiles.sentence(), guarantee)
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    private String undone() {
        if (revert == null) {
            return "";
        }
        String files = revert.files() == 1 ? "its file is" : "each of its " + revert.files() + " files is";
        return "It undoes exactly the commit %.12s of %s: %s again as it was before that."
                        .formatted(
                                revert.commit(),
                                Instant.ofEpochSecond(revert.committed())
                                        .atOffset(ZoneOffset.UTC)
                                        .toLocalDate(),
                                files)
                + " The files' contents prove that, and it has no points.";
    }

    /** Returns the parts of the score that no rule gave. */
    public List<Contribution> contributions(Totals totals) {
        return learnt.isEmpty() || totals.files() == 0 ? SizePrior.contributions(totals) : learnt;
    }
}
