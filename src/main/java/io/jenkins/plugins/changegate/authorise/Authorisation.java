package io.jenkins.plugins.changegate.authorise;

import hudson.model.Job;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.approval.Approval;
import io.jenkins.plugins.changegate.engine.approval.Ballot;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.people.Authors;
import io.jenkins.plugins.changegate.people.Voters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;

/**
 * What people may do to one waiting change. Who somebody is and what they may is read anew for each act; a refusal says
 * why, addressed to that person. Thread-safe.
 */
public final class Authorisation {

    /** Longest comment, in characters. */
    public static final int COMMENT_LIMIT = 2000;

    private final Settlement settlement;
    private final Holds holds;
    private final Job<?, ?> job;

    public Authorisation(ChangeStore store, long number, Job<?, ?> job) {
        this.settlement = new Settlement(store, number);
        this.holds = new Holds(store, job);
        this.job = job;
    }

    /**
     * What came of an act.
     *
     * @param record the record afterwards
     * @param denied why it had no effect, if so
     */
    public record Answer(ChangeRecord record, Optional<String> denied) {}

    /** Judges an act on a record as it is now: gives the event that it makes, or sets why not. */
    private interface Act {
        ChangeEvent on(ChangeRecord record, AtomicReference<String> denied);
    }

    /** Returns the record as it is now. */
    public ChangeRecord current() throws StoreException {
        return settlement.current();
    }

    /** Returns why this user may not approve a change that is recorded so, if so. Changes nothing. */
    public Optional<String> denies(ChangeRecord record, Authentication user) {
        return denies(record, Voters.of(user, job));
    }

    static Optional<String> denies(ChangeRecord record, Optional<Voter> voter) {
        AtomicReference<String> denied = new AtomicReference<>();
        if (record.decided().isPresent()) {
            return Optional.of(tooLate(record));
        }
        if (record.held().isPresent()) {
            return Optional.of(record.id() + ": It needs nobody any more. "
                    + record.held().get().because());
        }
        vote(record, voter, "", denied);
        return Optional.ofNullable(denied.get());
    }

    /** Whether this user may reject a change that is recorded so. */
    public boolean mayReject(ChangeRecord record, Authentication user) {
        return record.decided().isEmpty() && mayReject(record, Voters.of(user, job));
    }

    static boolean mayReject(ChangeRecord record, Optional<Voter> voter) {
        return voter.filter(known -> Voters.approval(record).mayReject(Voters.ballot(record), known))
                .isPresent();
    }

    /** Whether this user has a vote to take back. */
    public boolean mayWithdraw(ChangeRecord record, Authentication user) {
        return record.decided().isEmpty() && cast(record, Voters.of(user, job)).isPresent();
    }

    /** Whether this user may put a change through that is recorded so. */
    public boolean mayOverride(ChangeRecord record, Authentication user) {
        return record.decided().isEmpty() && job.getACL().hasPermission2(user, ChangePermissions.OVERRIDE);
    }

    /**
     * The user approves.
     *
     * @param comment what the user says; may be empty
     */
    public Answer approve(Authentication user, String comment) throws StoreException {
        Optional<Voter> voter = Voters.of(user, job);
        Answer answer = act(comment, (record, denied) -> {
            if (record.held().isPresent()) {
                denied.set(denies(record, voter).orElseThrow());
                return null;
            }
            return vote(record, voter, comment, denied);
        });
        return answer.denied().isPresent() ? answer : new Answer(decideIfComplete(), Optional.empty());
    }

    /**
     * The user rejects; one who could have approved is enough.
     *
     * @param comment why; needed
     */
    public Answer reject(Authentication user, String comment) throws StoreException {
        Optional<Voter> voter = Voters.of(user, job);
        return act(comment, (record, denied) -> {
            if (!mayReject(record, voter)) {
                denied.set(record.id() + ": Only those may reject it who may approve it: "
                        + String.join(" and ", Voters.ballot(record).missing()) + ".");
                return null;
            }
            if (comment.isBlank()) {
                denied.set(record.id() + ": Say why you reject it; the comment was empty.");
                return null;
            }
            return decided(Decision.REJECTED, voter.orElseThrow().id(), "Rejected by " + said(voter, comment), comment);
        });
    }

    /** The user takes an approval back, which is possible as long as nothing is decided. */
    public Answer withdraw(Authentication user) throws StoreException {
        Optional<Voter> voter = Voters.of(user, job);
        return act("", (record, denied) -> {
            Optional<Vote> vote = cast(record, voter);
            if (vote.isEmpty()) {
                denied.set(record.id() + ": You have not approved it, so there is nothing to take back.");
                return null;
            }
            String because = vote.get().name() + " took the approval back.";
            return new ChangeEvent.Withdrawn(Instant.now(), vote.get().voter(), because);
        });
    }

    /**
     * The user puts the change through without the approvals that it needs.
     *
     * @param reason why; needed
     */
    public Answer override(Authentication user, String reason) throws StoreException {
        Optional<Voter> voter = Voters.of(user, job);
        return act(reason, (record, denied) -> {
            if (voter.isEmpty() || !mayOverride(record, user)) {
                denied.set(record.id() + ": Putting it through without approval needs the permission Change/Override.");
                return null;
            }
            if (reason.isBlank()) {
                denied.set(record.id() + ": Say why it has to go through without approval; the reason was empty.");
                return null;
            }
            return decided(Decision.OVERRIDDEN, voter.get().id(), "Overridden by " + said(voter, reason), reason);
        });
    }

    /**
     * Decides that the change passes or is approved, if nobody is needed any more, its schedule lets it, and nothing was
     * decided meanwhile. Votes of people who have lost the right since are taken out first. A change that its schedule
     * holds back is recorded as such.
     */
    public ChangeRecord decideIfComplete() throws StoreException {
        Settlement.Added added;
        do {
            added = settlement.add(record -> {
                Ballot ballot = Voters.ballot(record);
                boolean waits = record.opened().judgement().verdict().kind() == Verdict.Kind.REFUSE;
                return ballot.isComplete() && !waits ? next(record, ballot) : Optional.empty();
            });
        } while (added.added() && added.record().decided().isEmpty());
        return added.record();
    }

    private Optional<ChangeEvent> next(ChangeRecord record, Ballot ballot) throws StoreException {
        List<Vote> lapsed = Voters.approval(record).lapsed(ballot, id -> Voters.of(id, job));
        if (!lapsed.isEmpty()) {
            Vote vote = lapsed.get(0);
            String because = vote.name() + " may not approve this change any more, so the approval counts no longer.";
            return Optional.of(new ChangeEvent.Withdrawn(Instant.now(), vote.voter(), because));
        }
        Optional<ChangeEvent> before = holds.before(record, Instant.now());
        if (before.isPresent()) {
            boolean known = before.get() instanceof ChangeEvent.Held held
                    && record.held().filter(held.hold()::equals).isPresent();
            return known ? Optional.empty() : before;
        }
        return Optional.of(complete(record, ballot.votes()));
    }

    private static ChangeEvent complete(ChangeRecord record, List<Vote> votes) {
        if (votes.isEmpty()) {
            return decided(
                    Decision.PASSED,
                    "",
                    record.opened().judgement().verdict().reasons().get(0),
                    "");
        }
        String names = votes.stream().map(Authorisation::signed).collect(Collectors.joining(", "));
        return decided(Decision.APPROVED, votes.get(votes.size() - 1).voter(), "Approved by " + names + ".", "");
    }

    private static String signed(Vote vote) {
        return vote.standsInFor().isEmpty() ? vote.name() : vote.name() + " in the place of " + vote.standsInFor();
    }

    private Answer act(String comment, Act act) throws StoreException {
        AtomicReference<String> denied = new AtomicReference<>();
        Settlement.Added added = settlement.add(record -> {
            denied.set(null);
            if (comment.length() > COMMENT_LIMIT) {
                denied.set(record.id() + ": A comment may have at most " + COMMENT_LIMIT + " characters.");
                return Optional.empty();
            }
            return Optional.ofNullable(act.on(record, denied));
        });
        if (added.added()) {
            return new Answer(added.record(), Optional.empty());
        }
        return new Answer(added.record(), Optional.of(denied.get() == null ? tooLate(added.record()) : denied.get()));
    }

    private static ChangeEvent vote(
            ChangeRecord record, Optional<Voter> voter, String comment, AtomicReference<String> denied) {
        if (voter.isEmpty()) {
            denied.set("Log in as somebody who may approve " + record.id() + ".");
            return null;
        }
        List<Person> unknown =
                record.opened().judgement().terms().unknownAuthorsBlock() ? Authors.unknown(record) : List.of();
        if (!unknown.isEmpty()) {
            denied.set(record.id() + ": Nobody can approve it while it is not known which user "
                    + unknown.get(0).display() + " is, who wrote part of it. Ask for an entry in the policy's"
                    + " 'identities'.");
            return null;
        }
        Approval.Ruling ruling = Voters.approval(record).approve(Voters.ballot(record), voter.get(), comment);
        if (ruling instanceof Approval.Ruling.Counted counted) {
            return new ChangeEvent.Approved(Instant.now(), counted.vote());
        }
        denied.set(record.id() + ": " + ((Approval.Ruling.Denied) ruling).because());
        return null;
    }

    private static Optional<Vote> cast(ChangeRecord record, Optional<Voter> voter) {
        return record.ballot().votes().stream()
                .filter(vote ->
                        voter.isPresent() && vote.voter().equals(voter.get().id()))
                .findFirst();
    }

    private static ChangeEvent decided(Decision decision, String by, String because, String comment) {
        return new ChangeEvent.Decided(Instant.now(), decision, by, because, comment.strip());
    }

    private static String said(Optional<Voter> voter, String comment) {
        return voter.map(Voter::name).orElse("") + ": " + comment.strip();
    }

    /** Tells somebody who comes too late what happened. */
    public static String tooLate(ChangeRecord record) {
        return record.decided()
                .map(decided -> record.id() + " was " + decided.decision().key() + " already: " + decided.because())
                .orElse(record.id() + " is not decided.");
    }
}
