package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** git itself is the reference for every number: random histories, compared with {@code git diff --numstat -M -z}. */
class GitReaderNumbersTest {

    private static final long SEED = 20_261_104;
    private static final int COMMITS = 25;
    private static final int PAIRS = 120;

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private final Map<String, String> files = new HashMap<>();

    @Test
    void numbersEqualThoseOfGitForRandomHistories() {
        System.out.println("Seed: " + SEED);
        TestRepository repository = TestRepository.in(directory);
        List<String> commits = new ArrayList<>(List.of(repository.commit("Begin")));
        for (int i = 0; i < COMMITS; i++) {
            for (int step = random.nextInt(6); step >= 0; step--) {
                change(repository);
            }
            commits.add(repository.commit("Change " + i));
        }
        for (int i = 0; i < PAIRS; i++) {
            String base = commits.get(random.nextInt(commits.size()));
            String head = commits.get(random.nextInt(commits.size()));
            compare(repository, base, head);
        }
    }

    private void change(TestRepository repository) {
        List<String> names = files.keySet().stream().sorted().toList();
        int kind = names.isEmpty() ? 0 : random.nextInt(6);
        String name = names.isEmpty() ? "" : names.get(random.nextInt(names.size()));
        switch (kind) {
            case 0, 1 -> write(repository, freshName(), text());
            case 2, 3 -> write(repository, name, mutated(files.get(name)));
            case 4 -> {
                repository.delete(name);
                files.remove(name);
            }
            default -> {
                String target = freshName();
                repository.rename(name, target);
                files.put(target, files.remove(name));
                write(repository, target, random.nextBoolean() ? files.get(target) : mutated(files.get(target)));
            }
        }
    }

    private void write(TestRepository repository, String name, String text) {
        files.put(name, text);
        repository.write(name, text);
    }

    private String freshName() {
        String[] folders = {"", "a/", "a b/", "a/b/c/"};
        String name;
        do {
            name = folders[random.nextInt(folders.length)] + "f " + random.nextInt(1000) + ".txt";
        } while (files.containsKey(name));
        return name;
    }

    private String text() {
        StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? "\0binary" : "");
        for (int lines = random.nextInt(30); lines > 0; lines--) {
            text.append("line ").append(random.nextInt(40)).append('\n');
        }
        return text.append(random.nextInt(4) == 0 ? "no end" : "").toString();
    }

    private String mutated(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int n = random.nextInt(4); n >= 0; n--) {
            int at = random.nextInt(lines.size() + 1);
            if (random.nextBoolean() || at == lines.size()) {
                lines.add(at, "new " + random.nextInt(100));
            } else {
                lines.remove(at);
            }
        }
        return String.join("\n", lines) + (random.nextInt(5) == 0 ? "" : "\n");
    }

    private static void compare(TestRepository repository, String base, String head) {
        Reading reading = repository.reader().read(base, head);
        assertThat(reading.gaps()).isEmpty();
        Delta delta = reading.delta().orElseThrow();
        Totals totals = delta.totals();
        List<String> lines = numstat(repository.git("diff", "--numstat", "-M", "-z", base, head));
        assertThat(delta.files())
                .as("%s..%s", base, head)
                .extracting(GitReaderNumbersTest::numstat)
                .containsExactlyElementsOf(lines);
        assertThat(totals.files()).isEqualTo(lines.size());
        assertThat(totals.renamed()).isEqualTo((int)
                lines.stream().filter(line -> line.contains(" <- ")).count());
        assertThat(totals.binary()).isEqualTo((int)
                lines.stream().filter(line -> line.startsWith("-")).count());
        String[] words =
                repository.git("diff", "--shortstat", "-M", base, head).strip().split(",? ");
        assertThat(totals.added()).isEqualTo(before(words, "insertion"));
        assertThat(totals.deleted()).isEqualTo(before(words, "deletion"));
    }

    private static String numstat(FileChange file) {
        return (file.binary() ? "- -" : file.added() + " " + file.deleted()) + " " + file.path()
                + (file.oldPath() == null ? "" : " <- " + file.oldPath());
    }

    /** Parses the output in another way than the reader does. */
    private static List<String> numstat(String output) {
        List<String> lines = new ArrayList<>();
        String[] fields = output.split("\0");
        for (int i = 0; i < fields.length && !output.isEmpty(); i++) {
            String[] columns = fields[i].split("\t", 3);
            String counts = columns[0] + " " + columns[1] + " ";
            lines.add(columns[2].isEmpty() ? counts + fields[i + 2] + " <- " + fields[i + 1] : counts + columns[2]);
            i += columns[2].isEmpty() ? 2 : 0;
        }
        return lines;
    }

    private static long before(String[] words, String noun) {
        for (int i = 1; i < words.length; i++) {
            if (words[i].startsWith(noun)) {
                return Long.parseLong(words[i - 1]);
            }
        }
        return 0;
    }
}
