package io.jenkins.plugins.changegate.view;

import hudson.model.ModelObject;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.approval.Ballot;
import io.jenkins.plugins.changegate.engine.policy.Judgement;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** One change, for a page and as JSON. Reached only through {@link ChangesPage}, which checks the permission. */
@Restricted(NoExternalUse.class)
public class ChangePage implements ModelObject {

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

    /** Returns the build; the name is what the layout of a build's pages asks for. */
    public Run<?, ?> getObject() {
        return run;
    }

    public String getId() {
        return record.id();
    }

    public String getService() {
        return Visible.of(judgement().target().service());
    }

    public String getEnvironment() {
        return Visible.of(judgement().target().environment());
    }

    public String getTier() {
        return judgement().target().tier().key();
    }

    /** Returns why the change is wanted, in the pipeline's words; may be empty. */
    public String getReason() {
        return Visible.of(record.opened().reason());
    }

    /** Returns the name of whoever started the run; empty if nobody did. */
    public String getRequestedBy() {
        String id = record.opened().requestedBy();
        User user = id.isEmpty() ? null : User.getById(id, false);
        return Visible.of(user == null ? id : user.getDisplayName());
    }

    public List<String> getAuthors() {
        return DeltaView.names(record.opened().authors());
    }

    public int getAuthorsLeftOut() {
        return (int) record.opened().authors().stream().distinct().count()
                - getAuthors().size();
    }

    public String getPolicyVersion() {
        return Visible.abbreviated(judgement().policyVersion());
    }

    public RiskView getRisk() {
        return new RiskView(judgement().assessment(), judgement().target().tier());
    }

    /** Returns what changes; {@code null} if it could not be read. */
    public DeltaView getDelta() {
        return record.opened().delta() == null
                ? null
                : new DeltaView(record.opened().delta());
    }

    /** Returns the commit about to be deployed; empty if not known. */
    public String getHead() {
        return Visible.abbreviated(record.opened().head());
    }

    private Judgement judgement() {
        return record.opened().judgement();
    }

    /** Returns how it was decided and how its deployment ended, or that it waits. */
    public String getState() {
        return record.decided()
                .map(decided -> decided.decision().key()
                        + record.ended()
                                .map(ended -> ", " + ended.outcome().words())
                                .orElse(record.isDeploying() ? ", " + Messages.ChangePage_deploying() : ""))
                .orElseGet(Messages::ChangePage_waiting);
    }

    /** Returns whether that is {@code good}, {@code bad}, {@code over} without either, or still {@code open}. */
    public String getMood() {
        if (isWaiting() || record.isDeploying()) {
            return "open";
        }
        if (record.ended().isPresent()) {
            return record.ended().get().outcome() == Outcome.SUCCESSFUL ? "good" : "bad";
        }
        Decision decision = record.decided().orElseThrow().decision();
        return decision == Decision.REJECTED || decision == Decision.REFUSED ? "bad" : "over";
    }

    public boolean isWaiting() {
        return record.decided().isEmpty();
    }

    /** Returns why the gate judged as it did; the first reason is the decisive one. */
    public List<String> getReasons() {
        return judgement().verdict().reasons().stream().map(Visible::of).toList();
    }

    /** Returns who is needed still, in words; empty if nobody is. */
    public String getMissing() {
        return isWaiting() ? Visible.of(String.join(" and ", record.ballot().missing())) : "";
    }

    /**
     * How far one requirement is met.
     *
     * @param requirement what is asked for
     * @param counted how many votes count for it
     */
    public record Progress(Requirement requirement, int counted) {
        public String getWho() {
            return Visible.of(requirement.who());
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

    /** Returns who has approved, first come first. */
    public List<Entry> getVotes() {
        return record.history().stream()
                .filter(ChangeEvent.Approved.class::isInstance)
                .map(ChangeEvent.Approved.class::cast)
                .map(approved ->
                        new Entry(Date.from(approved.at()), approved.vote().name(), ""))
                .toList();
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
            return Visible.of(what);
        }

        public String getDetail() {
            return Visible.of(detail);
        }
    }

    public List<Entry> getHistory() {
        return record.history().stream().map(ChangePage::entry).toList();
    }

    private static Entry entry(ChangeEvent event) {
        Date at = Date.from(event.at());
        if (event instanceof ChangeEvent.Opened opened) {
            Verdict verdict = opened.judgement().verdict();
            String assessed =
                    switch (verdict.kind()) {
                        case PASS -> Messages.ChangePage_assessed_pass();
                        case ASK -> Messages.ChangePage_assessed_ask();
                        case REFUSE -> Messages.ChangePage_assessed_refuse();
                    };
            return new Entry(at, assessed, verdict.reasons().get(0));
        } else if (event instanceof ChangeEvent.Approved approved) {
            return new Entry(at, Messages.ChangePage_approval(approved.vote().name()), "");
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
