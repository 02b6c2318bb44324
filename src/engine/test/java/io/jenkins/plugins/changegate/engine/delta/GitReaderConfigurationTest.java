package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing in a clone's configuration, attributes or references changes what is read, or is run. */
class GitReaderConfigurationTest {

    private static final String LINES = "a\nb\nc\nd\ne\nf\ng\n";

    @TempDir
    private Path directory;

    private TestRepository repository;
    private String base;
    private String head;

    @BeforeEach
    void commitTwice() {
        repository = TestRepository.in(directory.resolve("clone"));
        base = repository
                .write("file.txt", LINES)
                .write("sub/moved.txt", LINES + "moved\n")
                .commit("One");
        head = repository
                .write("file.txt", "A\nb\nc\nd\ne\nf\nG\n")
                .rename("sub/moved.txt", "new.txt")
                .commit("Two");
    }

    @Test
    void settingsOfTheCloneDoNotMatter() throws IOException {
        Delta before = read();
        List<String> text = lines(before);
        for (String setting : new String[] {
            "diff.renames=copies",
            "diff.renames=false",
            "diff.noprefix=true",
            "diff.mnemonicPrefix=true",
            "diff.interHunkContext=20",
            "diff.context=10",
            "diff.submodule=log",
            "diff.relative=true",
            "diff.colorMoved=zebra",
            "color.ui=always",
            "core.quotePath=true",
            "core.pager=false",
            "log.showSignature=true",
            "log.date=relative",
            "format.pretty=oneline",
            "diff.suppressBlankEmpty=true",
        }) {
            int equals = setting.indexOf('=');
            repository.git("config", setting.substring(0, equals), setting.substring(equals + 1));
            assertThat(read()).as(setting).isEqualTo(before);
            assertThat(lines(before)).as(setting).isEqualTo(text);
        }
        GitReader below = new GitReader(Files.createDirectories(directory.resolve("clone/sub/x")), Limits.DEFAULT);
        assertThat(below.read(base, head).delta()).contains(before);
    }

    @Test
    void externalDiffAndTextconvAreNotRun() throws IOException {
        Delta before = read();
        List<String> text = lines(before);
        Path proof = directory.resolve("proof");
        Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\ntouch '" + proof + "'\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        repository.git("config", "diff.external", script.toString());
        repository.git("config", "diff.evil.command", script.toString());
        repository.git("config", "diff.evil.textconv", script.toString());
        repository.git("config", "core.fsmonitor", script.toString());
        repository.git("config", "core.pager", script.toString());
        Files.writeString(repository.directory().resolve(".git/info/attributes"), "* diff=evil\n");
        assertThat(read()).isEqualTo(before);
        assertThat(lines(before)).isEqualTo(text);
        repository.reader().look("HEAD", "file.txt");
        assertThat(proof).doesNotExist();
    }

    @Test
    void ignoredSubmoduleIsStillToldWhenItMoves() throws IOException {
        String[] ids = {"1".repeat(40), "2".repeat(40)};
        repository.write(".gitmodules", "[submodule \"lib\"]\n\tpath = lib\n\turl = x\n\tignore = all\n");
        repository.git("config", "submodule.lib.ignore", "all");
        repository.git("config", "diff.ignoreSubmodules", "all");
        repository.git("add", ".gitmodules");
        base = repository.commitSubmodule("lib", ids[0]);
        head = repository.commitSubmodule("lib", ids[1]);
        Delta delta = read();
        assertThat(delta.files()).singleElement().matches(FileChange::submodule);
        assertThat(lines(delta)).hasSize(2).allMatch(line -> line.contains("Subproject commit"));
    }

    @Test
    void replacementOfACommitIsNotObeyed() {
        Delta before = read();
        repository.git("replace", head, base);
        assertThat(read()).isEqualTo(before);
        assertThat(repository.reader().look(head, "file.txt").file()).startsWith("A\n");
    }

    @Test
    void attributesThatHideLinesDoNotHideThemFromTheText() throws IOException {
        List<String> text = lines(read());
        Files.writeString(repository.directory().resolve(".git/info/attributes"), "* -diff\n");
        assertThat(lines(read())).isEqualTo(text);
    }

    private Delta read() {
        Reading reading = repository.reader().read(base, head);
        assertThat(reading.gaps()).isEmpty();
        return reading.delta().orElseThrow();
    }

    private List<String> lines(Delta delta) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean whole = repository
                .reader()
                .lines(
                        delta,
                        List.of(),
                        (path, added, number, text) -> lines.add(path + (added ? " +" : " -") + number + " " + text));
        assertThat(whole).isTrue();
        return lines;
    }
}
