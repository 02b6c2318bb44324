package io.jenkins.plugins.changegate.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.learn.LabelledChange;
import io.jenkins.plugins.changegate.engine.risk.Feature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectReaderTest {

    @TempDir
    private Path folder;

    private Project read(String text) throws Exception {
        return ProjectReader.read(Files.writeString(folder.resolve("shop.csv"), text));
    }

    @Test
    void quotesLineEndsMarksBlanksAndUnknownColumnsAreNoTrouble() throws Exception {
        Project project = read("\uFEFF\"LA\", bug ,\"what, ever\",split\r\n\"1\",1,\"a \"\"b\"\"\r\nc\",train\r\n\r\n"
                + " 2 ,false,x,TEST\r\n");
        assertThat(project.name()).isEqualTo("shop");
        assertThat(project.train()).extracting(LabelledChange::failed).containsExactly(true);
        assertThat(project.test()).extracting(LabelledChange::failed).containsExactly(false);
        assertThat(project.test().get(0).features().value(Feature.LINES_ADDED)).hasValue(2);
    }

    @Test
    void compressedFileReadsTheSame() throws Exception {
        Path path = folder.resolve("shop.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("la,bug\n1,1\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ProjectReader.read(path)).isEqualTo(read("la,bug\n1,1\n"));
    }

    @Test
    void whatIsNotKnownIsMissing() throws Exception {
        Project project = read("la,ld,age,nuc,fix,bug\n,NA,nan,0,True,1\n5,-1,?,3,0,0\n");
        assertThat(project.train().get(0).features().values())
                .containsOnlyKeys(Feature.EARLIER_CHANGES, Feature.FIX)
                .containsEntry(Feature.FIX, 1.0);
        assertThat(project.test().get(0).features().has(Feature.LINES_DELETED)).isFalse();
        assertThat(project.notes())
                .singleElement()
                .asString()
                .endsWith("1 values of 'ld' are below 0 and count as missing");
    }

    @Test
    void withoutPartsTheOldestFourFifthsAreLearntFrom() throws Exception {
        Project project = read("la,bug,split\n1,0,\n2,0,\n3,0,test\n4,0,\n5,0,\n6,0,\n");
        assertThat(lines(project.train())).containsExactly(1.0, 2.0, 4.0, 5.0);
        assertThat(lines(project.test())).containsExactly(3.0, 6.0);
        assertThat(read("bug\n").test()).isEmpty();
        assertThat(read("bug\n1\n").train()).isEmpty();
    }

    private static List<Double> lines(List<LabelledChange> changes) {
        return changes.stream()
                .map(change -> change.features().value(Feature.LINES_ADDED).orElseThrow())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "la,bug;1,0;many,1 | :3: column 'la': 'many' is wrong; write a number, or empty if it is not known",
                "note,la,bug;`\"a;b\",x,1` | :2: column 'la': 'x' is wrong; write a number, or empty if it is not known",
                "la,bug;`\"a`;1,1 | this is no CSV",
                "la,bug;Infinity,0 | :2: column 'la': 'Infinity' is wrong; write a finite number",
                "la,bug;1,2 | :2: column 'bug': '2' is wrong; write 1 if the change turned out bad, else 0",
                "la,bug;;1, | :3: column 'bug': '' is wrong; write 1",
                "la,bug,split;1,1,dev | :2: column 'split': 'dev' is wrong; write train or test, or leave it empty",
                "la,ld;1,1 | :1: there is no column 'bug'; name the one so that is 1",
                "la,bug,LA;1,1,1 | :1: the column 'la' is there twice; remove one",
                "la,bug;1,1;1,1,1 | :3: there are 3 values, and the header names 2 columns; quote what has commas",
                "`` | :1: there is no column 'bug'",
            })
    void wrongDataIsNamedWithItsPlaceAndACure(String text, String message) {
        String lines = text.replace("`", "").replace(";", "\n");
        assertThatThrownBy(() -> read(lines))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(folder.resolve("shop.csv").toString())
                .hasMessageContaining(message);
    }

    @Test
    void lineIsTheFilesOwnAlsoAfterEmptyLinesAndQuotedOnes() {
        assertThatThrownBy(() -> read("la,bug,n\n\n\n1,0,\"a\nb\"\n\nx,0,c\n"))
                .hasMessageContaining(".csv:7: column 'la'");
    }

    @Test
    void brokenFilesSaySo() throws IOException {
        Path truncated = Files.write(folder.resolve("a.csv.gz"), new byte[] {31, (byte) 139, 8, 0});
        Path plain = Files.writeString(folder.resolve("b.csv.gz"), "la,bug\n");
        Path latin = Files.write(folder.resolve("c.csv"), "bug,n\n1,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ProjectReader.read(truncated)).hasMessageContaining("no whole gzip file");
        assertThatThrownBy(() -> ProjectReader.read(plain)).hasMessageContaining("no whole gzip file");
        assertThatThrownBy(() -> ProjectReader.read(latin)).hasMessageContaining("no UTF-8");
        assertThatThrownBy(() -> ProjectReader.read(folder.resolve("d.csv"))).hasMessageContaining("cannot be read");
    }
}
