package io.jenkins.plugins.changegate.engine.policy;

import com.google.re2j.Pattern;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.GitReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
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
     * @return the answers; {@link ContentFacts#NONE} without running git if nothing is asked of this delta
     * @throws IOException if git fails
     */
    public static ContentFacts scan(GitReader git, Delta delta, ContentQuestions questions) throws IOException {
        List<String> manifests = questions.bumps() ? manifests(delta) : List.of();
        if (!questions.needsAllLines() && manifests.isEmpty()) {
            return ContentFacts.NONE;
        }
        Search added = new Search(questions.added());
        Search deleted = new Search(questions.deleted());
        BumpScan bumps = new BumpScan();
        boolean whole = git.lines(
                delta, questions.needsAllLines() ? List.of() : pathspecs(manifests), (path, isAdded, number, text) -> {
                    (isAdded ? added : deleted).line(path, number, text);
                    bumps.line(path, isAdded, number, text);
                });
        return new ContentFacts(added.found, deleted.found, bumps.result(), whole && bumps.whole());
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
