package io.jenkins.plugins.changegate.engine.delta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a diff of git's tells is what git itself tells of the two commits, whatever changes and however it is written. */
class DiffReaderGitTest {

    private static final long SEED = 31_415;
    private static final int CHANGES = 25;
    private static final int STEPS = 12;
    private static final String[] NAMES = {
        "plain", "two words", "a/b", "b/a", "a b/a b", "quote\"d", "back\\slash", "tab\tbed", "line\nfeed",
                "bell\u0007",
        "\u00fcml\u00e4ut", "\ud83d\ude00", " leading", "trailing ", "-dash", "dev/null", "x and y", "a/x b/x", "=>",
                "cr\r"
    };
    private static final String[] TEXTS = {
        "",
        "one\n",
        "no end",
        "crlf\r\ntwo\r\n",
        "--- a/x\n+++ b/x\n",
        "@@ -1 +1 @@\n",
        "diff --git a/x b/x\n",
        "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n",
        "\u0000binary\n",
        "-\n+\n \n\\\n",
        "cr\ronly\n"
    };
    private static final String[][] FORMS = {
        {},
        {"-U0", "--inter-hunk-context=0"},
        {"--no-prefix"},
        {"-U10", "--binary"},
        {"--src-prefix=before/", "--dst-prefix=after/"},
        {"--full-index", "--patience"},
    };

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);

    @Test
    void diffsOfRandomChangesTellWhatGitTells() throws IOException {
        TestRepository repository = TestRepository.in(directory);
        String base = repository.commit("Begin");
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            for (int n = 0; n < STEPS; n++) {
                change(repository, paths);
            }
            String head = repository.commitIndex("Change " + i, TestRepository.AUTHOR);
            DiffParser.Files truth = DiffParser.parse(
                    in(repository.git(
                            "diff", "--raw", "--numstat", "-z", "-M", "--ignore-submodules=none", base, head)),
                    1_000);
            for (String[] form : FORMS) {
                List<String> arguments = new ArrayList<>(List.of("diff", "-M", "--submodule=short"));
                arguments.addAll(List.of(form));
                arguments.addAll(List.of(base, head));
                String diff = repository.git(arguments.toArray(new String[0]));
                UnifiedDiffParser.Parsed parsed =
                        UnifiedDiffParser.parse(in(diff), Limits.DEFAULT, (path, added, number, text) -> {});
                String what = "seed " + SEED + ", change " + i + ", " + String.join(" ", form);
                assertThat(parsed.files().totals()).as(what).isEqualTo(truth.totals());
                assertThat(parsed.files().listed()).as(what).isEqualTo(told(truth.listed()));
            }
            base = head;
        }
    }

    /** A diff has no mode of a file that is renamed and nothing else, and so says neither link nor submodule. */
    private static List<FileChange> told(List<FileChange> files) {
        return files.stream()
                .map(file -> file.oldPath() == null || file.modeChanged() || file.added() + file.deleted() > 0
                        ? file
                        : new FileChange(
                                file.path(), file.oldPath(), file.status(), 0, 0, file.binary(), false, false, false))
                .toList();
    }

    private void change(TestRepository repository, List<String> paths) {
        String path = NAMES[random.nextInt(NAMES.length)] + random.nextInt(3);
        if (random.nextInt(4) == 0 && !paths.isEmpty()) {
            String gone = paths.get(random.nextInt(paths.size()));
            repository.git("rm", "-q", "--cached", "--ignore-unmatch", "--", ":(literal)" + gone);
            paths.remove(gone);
        } else if (random.nextInt(8) == 0 && !paths.isEmpty()) {
            repository.git(
                    "update-index",
                    "--add",
                    "--cacheinfo",
                    "160000," + Integer.toString(1 + random.nextInt(8)).repeat(40) + "," + path);
            paths.add(path);
        } else {
            String mode = random.nextInt(5) == 0 ? "120000" : random.nextInt(4) == 0 ? "100755" : "100644";
            String text = TEXTS[random.nextInt(TEXTS.length)] + (random.nextBoolean() ? "" : TEXTS[7]);
            repository.put(path, mode, mode.equals("120000") ? "target" + random.nextInt(3) : text);
            paths.add(path);
        }
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
