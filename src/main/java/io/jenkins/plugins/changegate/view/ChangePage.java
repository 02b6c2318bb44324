package io.jenkins.plugins.changegate.view;

import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.approval.Ballot;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** One change, for a page and as JSON. Reached only through {@link ChangesPage}, which checks the permission. */
@Restricted(NoExternalUse.class)
public class ChangePage implements ModelObject {

    /** Files shown at first; the JSON has them all. */
    private static final int FILES = 200;

    private final Run<?, ?> run;
    private final ChangeRecord record;

    ChangePage(Run<?, ?> run, ChangeRecord record) {
        this.run = run;
        this.record = record;
    }

    @Override
    public String getDisplayName() {
        return record.id();
    }

    public Run<?, ?> getRun() {
        return run;
    }

    public ChangeRecord getRecord() {
        return record;
    }

    public String getId() {
        return record.id();
    }

    public String getService() {
        return record.opened().judgement().target().service();
    }

    public String getEnvironment() {
        return record.opened().judgement().target().environment();
    }

    public String getTier() {
        return record.opened().judgement().target().tier().key();
    }

    public String getReason() {
        return record.opened().reason();
    }

    public String getRequestedBy() {
        return record.opened().requestedBy();
    }

    /** Returns {@code low} to {@code very-high}; also part of CSS classes. */
    public String getLevel() {
        return assessment().level().key();
    }

    public String getLevelWords() {
        return assessment().level().words();
    }

    public int getScore() {
        return assessment().score();
    }

    /** Returns the state: how it was decided and how its deployment ended, or that it waits. */
    public String getState() {
        return record.decided()
                .map(decided -> decided.decision().key()
                        + record.ended()
                                .map(ended -> ", " + ended.outcome().words())
                                .orElse(record.isDeploying() ? ", deploying" : ""))
                .orElse("waiting for approval");
    }

    public boolean isWaiting() {
        return record.decided().isEmpty();
    }

    public List<String> getReasons() {
        return record.opened().judgement().verdict().reasons();
    }

    /** Returns who is needed still; empty if nobody is. */
    public List<String> getMissing() {
        return isWaiting() ? record.ballot().missing() : List.of();
    }

    private RiskAssessment assessment() {
        return record.opened().judgement().assessment();
    }

    /**
     * One bar of the picture of contributions.
     *
     * @param contribution what it stands for
     * @param start where it begins, in points from the left
     * @param width how long it is, in points
     */
    public record Bar(Contribution contribution, int start, int width) {
        public String getSource() {
            return contribution.source();
        }

        public String getPoints() {
            return String.format(Locale.ROOT, "%+d", contribution.points());
        }

        public boolean isLess() {
            return contribution.points() < 0;
        }

        public String getBecause() {
            return contribution.because();
        }

        public String getEvidence() {
            return String.join(", ", contribution.evidence());
        }

        public int getStart() {
            return start;
        }

        public int getWidth() {
            return width;
        }
    }

    /** Returns the contributions as bars that begin where the one before ends, so that they show how the score adds up. */
    public List<Bar> getBars() {
        List<Bar> bars = new ArrayList<>();
        int sum = 0;
        for (Contribution contribution : assessment().contributions()) {
            int after = sum + contribution.points();
            bars.add(new Bar(contribution, Math.min(sum, after), Math.abs(contribution.points())));
            sum = after;
        }
        return bars;
    }

    /** Returns the length of the scale that all bars fit on, in points. */
    public int getScale() {
        return Math.max(
                100,
                getBars().stream()
                        .mapToInt(bar -> bar.start() + bar.width())
                        .max()
                        .orElse(100));
    }

    /**
     * How far one requirement is met.
     *
     * @param requirement what is asked for
     * @param counted how many votes count for it
     */
    public record Progress(Requirement requirement, int counted) {
        public String getWho() {
            return requirement.who();
        }

        public int getCounted() {
            return counted;
        }

        public int getNeeded() {
            return requirement.atLeast();
        }

        public boolean isMet() {
            return counted >= requirement.atLeast();
        }
    }

    public List<Progress> getProgress() {
        Ballot ballot = record.ballot();
        int[] counted = ballot.counted();
        List<Progress> progress = new ArrayList<>();
        for (int i = 0; i < counted.length; i++) {
            progress.add(new Progress(ballot.requirements().get(i), counted[i]));
        }
        return progress;
    }

    public String getVoters() {
        return String.join(
                ", ", record.ballot().votes().stream().map(Vote::name).toList());
    }

    public Delta getDelta() {
        return record.opened().delta();
    }

    public String getBase() {
        return getDelta() == null ? "" : abbreviate(getDelta().base());
    }

    public String getHead() {
        return abbreviate(record.opened().head());
    }

    private static String abbreviate(String id) {
        return id.length() > 12 ? id.substring(0, 12) : id;
    }

    /** One file, for a row of the table. */
    public record Row(FileChange file) {
        public String getPath() {
            return file.path();
        }

        public String getOldPath() {
            return file.oldPath();
        }

        public String getStatus() {
            return file.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        public String getAdded() {
            return file.binary() ? "" : "+" + file.added();
        }

        public String getDeleted() {
            return file.binary() ? "" : "−" + file.deleted();
        }

        public String getNote() {
            return String.join(
                    ", ",
                    Stream.of(
                                    file.binary() ? "no lines shown by git" : "",
                                    file.submodule() ? "submodule" : "",
                                    file.symlink() ? "symbolic link" : "",
                                    file.modeChanged() ? "mode changed" : "")
                            .filter(note -> !note.isEmpty())
                            .toList());
        }
    }

    /** Returns the files with the most changed lines. */
    public List<Row> getFiles() {
        return getDelta() == null
                ? List.of()
                : getDelta().files().stream()
                        .sorted(Comparator.comparingInt((FileChange file) -> file.added() + file.deleted())
                                .reversed())
                        .limit(FILES)
                        .map(Row::new)
                        .toList();
    }

    /** Returns how many files the table leaves out. */
    public int getFilesLeftOut() {
        return getDelta() == null ? 0 : getDelta().totals().files() - getFiles().size();
    }

    public String getAuthors() {
        return String.join(
                ", ",
                record.opened().authors().stream()
                        .map(person -> person.display())
                        .distinct()
                        .toList());
    }

    /**
     * One line of the history.
     *
     * @param at when
     * @param what what happened
     * @param detail more of it; may be empty
     */
    public record Entry(Date at, String what, String detail) {
        public Date getAt() {
            return new Date(at.getTime());
        }

        public String getWhat() {
            return what;
        }

        public String getDetail() {
            return detail;
        }
    }

    public List<Entry> getHistory() {
        return record.history().stream().map(ChangePage::entry).toList();
    }

    private static Entry entry(ChangeEvent event) {
        Date at = Date.from(event.at());
        if (event instanceof ChangeEvent.Opened opened) {
            return new Entry(
                    at,
                    "assessed: " + opened.judgement().verdict().kind().name().toLowerCase(Locale.ROOT),
                    String.join(" ", opened.judgement().verdict().reasons()));
        } else if (event instanceof ChangeEvent.Approved approved) {
            return new Entry(at, "approval by " + approved.vote().name(), "");
        } else if (event instanceof ChangeEvent.Decided decided) {
            return new Entry(at, decided.decision().key(), decided.because());
        }
        ChangeEvent.Ended ended = (ChangeEvent.Ended) event;
        return new Entry(at, ended.outcome().words(), ended.because());
    }

    /** Returns what serves {@code …/api/json}. */
    public Api getApi() {
        return new Api();
    }

    /** The change as JSON. */
    @Restricted(NoExternalUse.class)
    public final class Api {

        /** Called by Stapler. */
        @GET
        public void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
            run.checkPermission(ChangePermissions.VIEW);
            response.setContentType("application/json;charset=UTF-8");
            response.getWriter().write(new RecordJson().show(record));
        }
    }
}
