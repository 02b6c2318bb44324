package io.jenkins.plugins.changegate.engine.content;

import com.google.re2j.Pattern;
import io.jenkins.plugins.changegate.engine.delta.ChangedText;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileAt;
import io.jenkins.plugins.changegate.engine.delta.GitHistory;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers questions about a change's text, next to the text. Patterns run in linear time (RE2), because both the
 * pattern and the text may be somebody's attempt to keep the gate busy.
 */
public final class ContentScan {

    private static final int PLACES = 5;
    private static final int NAMED = 200;

    private ContentScan() {}

    /**
     * Whether anything that is asked can be found in this delta's text: that is, whether the text must be read.
     */
    public static boolean asks(Delta delta, ContentQuestions questions) {
        return questions.needsAllLines() || !asked(delta, questions).isEmpty();
    }

    /**
     * @return the answers; {@link ContentFacts#NONE} without reading the text if nothing is asked of this delta
     * @throws IOException if the text cannot be read
     */
    public static ContentFacts scan(ChangedText text, Delta delta, ContentQuestions questions) throws IOException {
        if (!asks(delta, questions)) {
            return ContentFacts.NONE;
        }
        Found found = new Found(questions);
        List<String> pathspecs = questions.needsAllLines() ? List.of() : pathspecs(asked(delta, questions));
        boolean whole = text.lines(delta, pathspecs, found);
        // A diff alone has no whole files; then the changed lines say what they say.
        if (text instanceof GitReader git) {
            compare(git, delta, found.bumps);
        }
        return found.facts(whole);
    }

    private static void compare(GitReader git, Delta delta, BumpScan bumps) {
        try {
            git.files().texts(Manifests.places(delta, bumps), texts -> {
                Manifests.compare(delta, bumps, file -> texts.next());
                return null;
            });
        } catch (IOException e) {
            // The changed lines of what was not compared say what they say.
            return;
        }
    }

    /**
     * Answers the same questions about many past changes at once.
     *
     * @return the answers, in the same order
     * @throws IOException if git fails
     */
    public static List<ContentFacts> scan(GitHistory git, List<Delta> deltas, ContentQuestions questions)
            throws IOException {
        List<Delta> asked =
                deltas.stream().filter(delta -> asks(delta, questions)).toList();
        List<Found> found = asked.stream().map(delta -> new Found(questions)).toList();
        List<Boolean> whole = git.lines(
                asked.stream()
                        .map(delta -> new GitHistory.Step(delta.base(), delta.head()))
                        .toList(),
                questions.needsAllLines() ? List.of() : allPathspecs(),
                found);
        Map<FileAt, String> texts = texts(git, asked, found);
        Map<Delta, ContentFacts> facts = new IdentityHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            Manifests.compare(asked.get(i), found.get(i).bumps, texts::get);
            facts.put(asked.get(i), found.get(i).facts(whole.get(i)));
        }
        return deltas.stream()
                .map(delta -> facts.getOrDefault(delta, ContentFacts.NONE))
                .toList();
    }

    /** Reads each manifest in all commits at once. */
    private static Map<FileAt, String> texts(GitHistory git, List<Delta> deltas, List<Found> found) throws IOException {
        Map<String, Set<String>> commits = new LinkedHashMap<>();
        for (int i = 0; i < deltas.size(); i++) {
            for (FileAt place : Manifests.places(deltas.get(i), found.get(i).bumps)) {
                commits.computeIfAbsent(place.path(), path -> new LinkedHashSet<>())
                        .add(place.commit());
            }
        }
        Map<FileAt, String> texts = new HashMap<>();
        for (Map.Entry<String, Set<String>> entry : commits.entrySet()) {
            git.versions(List.copyOf(entry.getValue()), entry.getKey())
                    .forEach((commit, version) -> texts.put(new FileAt(commit, entry.getKey()), version.text()));
        }
        return texts;
    }

    /** Returns the files whose text may answer something, if not all are asked about. */
    private static List<String> asked(Delta delta, ContentQuestions questions) {
        return delta.files().stream()
                .flatMap(file -> Stream.of(file.path(), file.oldPath()))
                .filter(path -> path != null
                        && (questions.bumps() && BumpScan.isManifest(path)
                                || questions.migrations() && MigrationScan.isMigration(path)))
                .distinct()
                .toList();
    }

    private static List<String> allPathspecs() {
        return Stream.concat(Ecosystem.pathspecs().stream(), MigrationScan.PATHSPECS.stream())
                .toList();
    }

    /**
     * The files' own names are many times faster for git than patterns, which make it look at every directory. But they
     * may be too many, or not be writable in this machine's locale; then patterns find at least as much.
     */
    private static List<String> pathspecs(List<String> paths) {
        boolean writable = paths.size() <= NAMED
                && paths.stream().allMatch(path -> path.chars().allMatch(c -> c >= ' ' && c < 0x7f));
        return writable ? paths.stream().map(path -> ":(top,literal)" + path).toList() : allPathspecs();
    }

    /** What is found in the text of one change. */
    private static final class Found implements GitReader.LineSink {
        private final ContentQuestions questions;
        private final Search added;
        private final Search deleted;
        private final BumpScan bumps = new BumpScan();
        private final MigrationScan migrations = new MigrationScan();
        private final WhitespaceScan whitespace = new WhitespaceScan();

        Found(ContentQuestions questions) {
            this.questions = questions;
            added = new Search(questions.added());
            deleted = new Search(questions.deleted());
        }

        @Override
        public void line(String path, boolean isAdded, int number, String text) {
            (isAdded ? added : deleted).line(path, number, text);
            if (questions.bumps()) {
                bumps.line(path, isAdded, number, text);
            }
            if (questions.migrations()) {
                migrations.line(path, isAdded, number, text);
            }
            if (questions.whitespace()) {
                whitespace.line(path, isAdded, number, text);
            }
        }

        ContentFacts facts(boolean whole) {
            return new ContentFacts(
                    added.found,
                    deleted.found,
                    bumps.result(),
                    migrations.result(),
                    questions.whitespace() && whitespace.result(),
                    whole && bumps.whole() && migrations.whole());
        }
    }

    private static final class Search {
        private final Map<String, Pattern> patterns;
        private final Map<String, List<String>> found = new HashMap<>();

        Search(Set<String> sources) {
            patterns = sources.stream().collect(Collectors.toMap(source -> source, Pattern::compile));
        }

        void line(String path, int number, String text) {
            patterns.forEach((source, pattern) -> {
                List<String> places = found.get(source);
                if ((places == null || places.size() < PLACES)
                        && pattern.matcher(text).find()) {
                    found.computeIfAbsent(source, s -> new ArrayList<>()).add(path + ":" + number);
                }
            });
        }
    }
}
