package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a change changes, for a page: bounded, and fit to be shown whatever is in the repository. */
@Restricted(NoExternalUse.class)
public class DeltaView {

    /** Rows shown at most; the JSON has all that is kept. */
    private static final int FILES = 200;

    private static final int COMMITS = 50;

    private final Delta delta;

    DeltaView(Delta delta) {
        this.delta = delta;
    }

    public String getBase() {
        return Visible.abbreviated(delta.base());
    }

    public String getHead() {
        return Visible.abbreviated(delta.head());
    }

    public int getFileCount() {
        return delta.totals().files();
    }

    public int getRenamed() {
        return delta.totals().renamed();
    }

    public int getBinary() {
        return delta.totals().binary();
    }

    public String getAdded() {
        return "+" + delta.totals().added();
    }

    public String getDeleted() {
        return "−" + delta.totals().deleted();
    }

    /** Returns the files with the most changed lines. */
    public List<FileRow> getFiles() {
        return delta.files().stream()
                .sorted(Comparator.comparingInt((FileChange file) -> file.added() + file.deleted())
                        .reversed())
                .limit(FILES)
                .map(FileRow::new)
                .toList();
    }

    /** Returns how many files the table leaves out. */
    public int getFilesLeftOut() {
        return delta.totals().files() - Math.min(FILES, delta.files().size());
    }

    /** One file. */
    public record FileRow(FileChange file) {
        public String getPath() {
            return Visible.of(file.path());
        }

        /** Returns the path before; {@code null} if it is the same. */
        public String getOldPath() {
            return file.oldPath() == null ? null : Visible.of(file.oldPath());
        }

        public String getStatus() {
            return file.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        public String getAdded() {
            return file.added() > 0 ? "+" + file.added() : "";
        }

        public String getDeleted() {
            return file.deleted() > 0 ? "−" + file.deleted() : "";
        }

        /** Whether git shows lines, but none of them changed. */
        public boolean isSame() {
            return !file.binary() && file.added() + file.deleted() == 0;
        }

        public List<String> getNotes() {
            return Stream.of(
                            file.binary() ? Messages.DeltaView_binary() : "",
                            file.submodule() ? Messages.DeltaView_submodule() : "",
                            file.symlink() ? Messages.DeltaView_symlink() : "",
                            file.modeChanged() ? Messages.DeltaView_mode() : "")
                    .filter(note -> !note.isEmpty())
                    .toList();
        }
    }

    public int getCommitCount() {
        return delta.commits().size();
    }

    /** Returns the newest commits. */
    public List<CommitRow> getCommits() {
        return delta.commits().stream().limit(COMMITS).map(CommitRow::new).toList();
    }

    /** Returns how many commits the table leaves out. */
    public int getCommitsLeftOut() {
        return Math.max(0, delta.commits().size() - COMMITS);
    }

    /** One commit. */
    public record CommitRow(Commit commit) {
        public String getId() {
            return Visible.abbreviated(commit.id());
        }

        public String getSubject() {
            return Visible.of(commit.subject());
        }

        public String getAuthor() {
            return Visible.of(commit.author().name());
        }

        public Date getCommitted() {
            return Date.from(Instant.ofEpochSecond(commit.committed()));
        }

        /** Whether deploying takes this commit back. */
        public boolean isUndone() {
            return commit.undone();
        }
    }
}
