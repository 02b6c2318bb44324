package io.jenkins.plugins.changegate.engine.condition;

import io.jenkins.plugins.changegate.engine.content.Bump;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.DependencyBump;
import io.jenkins.plugins.changegate.engine.content.MigrationRisk;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.path.ChangedPaths;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What conditions can ask about a change. One instance serves all rules of one judgement; not thread-safe, because it
 * collects as evidence what the condition being evaluated has found.
 */
public final class ChangeFacts {

    /** Places shown to people for one rule. */
    private static final int EVIDENCE = 5;

    /** What names of files that have lines end with. */
    private static final Set<String> HAVE_LINES = Set.of(("java kt groovy scala js ts jsx tsx py rb go rs c cc cpp h cs"
                    + " php sh sql yml yaml json xml toml properties tf gradle html css md txt")
            .split(" "));

    private final Delta delta;
    private final Target target;
    private final ContentFacts content;
    private final ChangedPaths paths;
    private final Set<String> evidence = new LinkedHashSet<>();
    private Map<String, Object> variables;

    /**
     * @param delta what changes
     * @param target where to
     * @param content the answers to the policies' questions about the text
     */
    public ChangeFacts(Delta delta, Target target, ContentFacts content) {
        this.delta = Objects.requireNonNull(delta, "delta");
        this.target = Objects.requireNonNull(target, "target");
        this.content = Objects.requireNonNull(content, "content");
        this.paths = new ChangedPaths(delta.files(), EVIDENCE);
    }

    /** Returns what was found since the last call, at most a handful, and forgets it. */
    public List<String> takeEvidence() {
        List<String> taken = List.copyOf(evidence);
        evidence.clear();
        return taken;
    }

    /** Returns the values of the variables that a condition can use, by name: the same map each time. */
    public Map<String, Object> variables() {
        if (variables == null) {
            variables = Collections.unmodifiableMap(values());
        }
        return variables;
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("change", this);
        values.put("change.files", (long) delta.totals().files());
        values.put("change.added", delta.totals().added());
        values.put("change.deleted", delta.totals().deleted());
        values.put("change.renamed", (long) delta.totals().renamed());
        values.put("change.binary", (long) delta.totals().binary());
        values.put("change.commits", (long) delta.commits().size());
        values.put("change.paths", allPaths());
        values.put(
                "change.authors",
                delta.people().stream().map(Person::mailKey).distinct().toList());
        values.put("environment.name", target.environment());
        values.put("environment.tier", target.tier().key());
        values.put("service", target.service());
        return values;
    }

    private List<String> allPaths() {
        return delta.files().stream()
                .flatMap(file -> Stream.of(file.path(), file.oldPath()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether a file of the change, before or after it, is matched by one of the patterns. */
    boolean touches(List<String> globs) {
        List<FileChange> touched = paths.touched(globs);
        for (FileChange file : touched) {
            if (evidence.size() < EVIDENCE) {
                evidence.add(file.path());
            }
        }
        return !touched.isEmpty();
    }

    /**
     * Whether there is a change and every file of it, before and after, is matched by one of the patterns and is an
     * ordinary file: a submodule, a symbolic link or a changed mode proves nothing about what a name promises.
     */
    boolean only(List<String> globs) {
        List<FileChange> files = paths.files();
        return paths.areAllMatched(globs)
                && !files.isEmpty()
                && files.size() == delta.totals().files()
                && files.stream().allMatch(ChangeFacts::ordinary);
    }

    private static boolean ordinary(FileChange file) {
        return !file.submodule() && !file.symlink() && !file.modeChanged();
    }

    /** Whether lines are hidden: git shows none for a file whose name says that it has some. */
    boolean hidesLines() {
        boolean found = false;
        for (FileChange file : paths.files()) {
            if (file.binary() && (hasLines(file.path()) || file.oldPath() != null && hasLines(file.oldPath()))) {
                found = true;
                if (evidence.size() < EVIDENCE) {
                    evidence.add(file.path());
                }
            }
        }
        return found;
    }

    private static boolean hasLines(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.contains(".") && HAVE_LINES.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Whether a submodule moves. */
    boolean movesSubmodule() {
        List<String> moved = delta.files().stream()
                .filter(FileChange::submodule)
                .map(FileChange::path)
                .limit(EVIDENCE)
                .toList();
        evidence.addAll(moved);
        return !moved.isEmpty();
    }

    /** Whether an added line is found by an RE2 pattern. */
    boolean adds(String pattern) {
        return found(content.added().get(pattern), "added lines");
    }

    /** Whether a deleted line is found by an RE2 pattern. */
    boolean removes(String pattern) {
        return found(content.deleted().get(pattern), "deleted lines");
    }

    /** Whether a dependency changes in the way, or one of the ways, that a word names. */
    boolean bumps(String word) {
        List<String> moved = Bump.named(word).stream()
                .flatMap(kind -> content.bumps().getOrDefault(kind, List.of()).stream())
                .map(DependencyBump::words)
                .limit(EVIDENCE)
                .toList();
        return found(moved.isEmpty() ? null : moved, "dependency manifests");
    }

    /** Whether a schema migration does what a word names. */
    boolean migrates(String word) {
        List<String> places = MigrationRisk.named(word).stream()
                .flatMap(risk -> content.migrations().getOrDefault(risk, List.of()).stream()
                        .map(place -> place + " " + risk.because()))
                .limit(EVIDENCE)
                .toList();
        return found(places.isEmpty() ? null : places, "schema migrations");
    }

    /**
     * Whether every file is there before and after, with its name and mode, and only its white space changes. In some
     * languages white space means something, so that proves nothing safe.
     */
    boolean onlyWhitespace() {
        List<FileChange> files = paths.files();
        boolean may = !files.isEmpty()
                && files.size() == delta.totals().files()
                && files.stream()
                        .allMatch(file ->
                                file.status() == FileChange.Status.MODIFIED && ordinary(file) && !file.binary());
        if (may && !content.whole()) {
            throw new IllegalStateException("the changed lines were not all looked at");
        }
        return may && content.whitespaceOnly();
    }

    private boolean found(List<String> places, String where) {
        if (places != null) {
            evidence.addAll(places);
            return true;
        }
        if (!content.whole()) {
            throw new IllegalStateException("the " + where + " were not all looked at");
        }
        return false;
    }
}
