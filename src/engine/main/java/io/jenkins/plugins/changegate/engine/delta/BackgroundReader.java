package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what is known of a change besides the difference, at the same time as that: its commits one by one, and what
 * happened to its files before. It is only more to go by, so what cannot be read in a short time is missing, and no gap.
 */
final class BackgroundReader {

    /** How long it is waited for at most: it is not worth more. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Background.Asked asked;
    private final Later<EarlierParser.Earlier> earlier;
    private final Later<List<SingleCommits.Own>> singly;
    private final SizeBefore size;

    /**
     * Reads nothing yet.
     *
     * @param asked what is read
     * @param limits how long it is waited for, if that is less
     * @param base full object name of the commit that runs in the target now
     * @param shallow the commits at which the clone ends
     * @param commits those of the change
     */
    BackgroundReader(
            Background.Asked asked,
            Path directory,
            Limits limits,
            String base,
            Later<Set<String>> shallow,
            Later<PackedDelta.FittedHistory> commits) {
        this.asked = asked;
        Git git = new Git(directory, limits.time().compareTo(LONGEST) < 0 ? limits.time() : LONGEST);
        this.earlier = new Later<>(() -> earlier(git, base, shallow));
        this.size = new SizeBefore(git);
        this.singly = new Later<>(
                () -> SingleCommits.read(git, commits.join().history().commits(), shallow.join()));
    }

    /** Begins to read, and returns at once. */
    void begin() {
        if (asked == Background.Asked.COMMITS) {
            singly.begin();
        }
        if (asked != Background.Asked.NOTHING) {
            earlier.begin();
        }
    }

    /**
     * Begins to read how large the files were before, and returns at once.
     *
     * @param contents object names of what they were
     */
    void before(List<String> contents) {
        if (asked != Background.Asked.NOTHING) {
            size.begin(contents);
        }
    }

    /**
     * Waits for it.
     *
     * @param reading the change
     * @param swaps which contents it puts in the place of which; {@code null} if that is not known
     */
    Background join(Reading reading, Swaps.Told swaps) {
        if (asked == Background.Asked.NOTHING) {
            return Background.NONE;
        }
        Optional<EarlierParser.Earlier> before = known(earlier);
        Optional<FileHistory> history = before.flatMap(known -> reading.delta()
                .flatMap(delta -> FileHistory.of(known, delta, reading.gaps().isEmpty())));
        List<SingleCommits.Own> commits =
                asked == Background.Asked.COMMITS ? known(singly).orElse(List.of()) : List.of();
        Optional<Revert> revert = before.flatMap(known -> known.undoneBy(swaps));
        return new Background(
                history.orElse(null),
                SingleCommits.of(commits, before),
                size.join().orElse(null),
                revert.orElse(null));
    }

    private static <T> Optional<T> known(Later<T> later) {
        try {
            return Optional.of(later.join());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static EarlierParser.Earlier earlier(Git git, String base, Later<Set<String>> shallow) throws IOException {
        GitNames.requireId(base);
        return git.run(
                "",
                stdout -> EarlierParser.parse(stdout, shallow.join()),
                "log",
                "-z",
                "--raw",
                "--no-abbrev",
                "--no-color",
                "--no-notes",
                "--no-decorate",
                "--no-merges",
                "--no-renames",
                "--no-ext-diff",
                "--no-textconv",
                "--ignore-submodules=none",
                "--max-count=" + FileHistory.COMMITS,
                EarlierParser.FORMAT,
                base,
                "--");
    }
}
