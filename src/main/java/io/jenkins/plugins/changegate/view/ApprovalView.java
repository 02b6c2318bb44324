package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.approval.Ballot;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Who is asked to approve a change, and who has, for a page. */
@Restricted(NoExternalUse.class)
public final class ApprovalView {

    private final ChangeRecord record;
    private final Ballot ballot;

    ApprovalView(ChangeRecord record) {
        this.record = record;
        this.ballot = record.ballot();
    }

    /**
     * How far one requirement is met.
     *
     * @param requirement what is asked for
     * @param counted how many votes count for it
     * @param later whether it is asked only when others are met
     */
    public record Progress(Requirement requirement, int counted, boolean later) {
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

        public boolean isLater() {
            return later;
        }
    }

    /** Returns the requirements, what is asked first at the top. */
    public List<Progress> getProgress() {
        int[] counted = ballot.counted();
        List<Requirement> requirements = ballot.requirements();
        int stage = ballot.stage();
        return IntStream.range(0, counted.length)
                .mapToObj(i -> new Progress(
                        requirements.get(i), counted[i], requirements.get(i).stage() > stage))
                .sorted((a, b) ->
                        Integer.compare(a.requirement().stage(), b.requirement().stage()))
                .toList();
    }

    /**
     * An approval.
     *
     * @param at when
     * @param vote whose
     * @param because why it counts no longer; empty if it does
     */
    public record VoteRow(Instant at, Vote vote, String because) {
        public Date getAt() {
            return Date.from(at);
        }

        public String getName() {
            return Visible.of(vote.name());
        }

        /** Returns the name of the absent user in whose place it is; empty if in the voter's own. */
        public String getPlace() {
            return Visible.user(vote.standsInFor());
        }

        public List<String> getComment() {
            return Visible.lines(vote.comment());
        }

        public String getBecause() {
            return Visible.of(because);
        }
    }

    /** Returns who has approved, first come first. */
    public List<VoteRow> getVotes() {
        return rows().stream().filter(row -> row.because().isEmpty()).toList();
    }

    /** Returns the approvals that were taken back or lost their right. */
    public List<VoteRow> getWithdrawn() {
        return rows().stream().filter(row -> !row.because().isEmpty()).toList();
    }

    private List<VoteRow> rows() {
        Map<String, VoteRow> standing = new LinkedHashMap<>();
        List<VoteRow> rows = new ArrayList<>();
        for (ChangeEvent event : record.history()) {
            if (event instanceof ChangeEvent.Approved approved) {
                standing.put(approved.vote().voter(), new VoteRow(approved.at(), approved.vote(), ""));
            } else if (event instanceof ChangeEvent.Withdrawn withdrawn) {
                VoteRow row = standing.remove(withdrawn.voter());
                if (row != null) {
                    rows.add(new VoteRow(row.at(), row.vote(), withdrawn.because()));
                }
            }
        }
        rows.addAll(standing.values());
        return rows;
    }
}
