package io.jenkins.plugins.changegate.engine.content;

import com.google.re2j.Pattern;
import io.jenkins.plugins.changegate.engine.delta.ChangedText;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.GitHistory;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
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
        return questions.needsAllLines()
                || questions.bumps() && !manifests(delta).isEmpty();
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
        List<String> pathspecs = questions.needsAllLines() ? List.of() : pathspecs(manifests(delta));
        return found.facts(text.lines(delta, pathspecs, found));
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
                questions.needsAllLines() ? List.of() : BumpScan.PATHSPECS,
                found);
        Map<Delta, ContentFacts> facts = new IdentityHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            facts.put(asked.get(i), found.get(i).facts(whole.get(i)));
        }
        return deltas.stream()
                .map(delta -> facts.getOrDefault(delta, ContentFacts.NONE))
                .toList();
    }

    private static List<String> manifests(Delta delta) {
        return delta.files().stream()
                .flatMap(file -> Stream.of(file.path(), file.oldPath()))
                .filter(path -> path != null && BumpScan.isManifest(path))
                .distinct()
                .toList();
    }

    /**
     * The files' own names are many times faster for git than patterns, which make it look at every directory. But they
     * may be too many, or not be writable in this machine's locale; then patterns find at least as much.
     */
    private static List<String> pathspecs(List<String> manifests) {
        boolean writable = manifests.size() <= NAMED
                && manifests.stream().allMatch(path -> path.chars().allMatch(c -> c >= ' ' && c < 0x7f));
        return writable
                ? manifests.stream().map(path -> ":(top,literal)" + path).toList()
                : BumpScan.PATHSPECS;
    }

    /** What is found in the text of one change. */
    private static final class Found implements GitReader.LineSink {
        private final Search added;
        private final Search deleted;
        private final BumpScan bumps = new BumpScan();

        Found(ContentQuestions questions) {
            added = new Search(questions.added());
            deleted = new Search(questions.deleted());
        }

        @Override
        public void line(String path, boolean isAdded, int number, String text) {
            (isAdded ? added : deleted).line(path, number, text);
            bumps.line(path, isAdded, number, text);
        }

        ContentFacts facts(boolean whole) {
            return new ContentFacts(added.found, deleted.found, bumps.result(), whole && bumps.whole());
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
