package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.util.List;

/** Reads whole files of a clone as they are in its commits. Stateless; may be used from several threads. */
public final class GitFiles {

    private final Git git;

    GitFiles(Git git) {
        this.git = git;
    }

    /** Whole texts, one after another, so that no more than one need be kept. */
    @FunctionalInterface
    public interface Texts {
        /**
         * Returns the text of the next file that was asked for; {@code null} if it is not there or too large.
         *
         * @throws IOException if it cannot be read
         */
        String next() throws IOException;
    }

    /** Does something with texts. */
    @FunctionalInterface
    public interface Use<T> {
        /**
         * @throws IOException if that is because of the texts
         */
        T of(Texts texts) throws IOException;
    }

    /**
     * Reads whole files, with one process for all of them.
     *
     * @param files in the order in which they are handed out
     * @return what the use of them returns
     * @throws IOException if git fails
     */
    public <T> T texts(List<FileAt> files, Use<T> use) throws IOException {
        StringBuilder names = new StringBuilder();
        for (FileAt file : files) {
            GitNames.requireId(file.commit());
            GitNames.requireName(file.path());
            names.append(file.commit()).append(':').append(file.path()).append('\n');
        }
        if (files.isEmpty()) {
            return use.of(() -> null);
        }
        return git.run(
                names.toString(),
                stdout -> use.of(() -> {
                    BatchParser.Blob blob = BatchParser.next(stdout, GitReader.FILE_LIMIT);
                    return blob == null || !blob.whole() ? null : blob.text();
                }),
                "cat-file",
                "--batch");
    }
}
