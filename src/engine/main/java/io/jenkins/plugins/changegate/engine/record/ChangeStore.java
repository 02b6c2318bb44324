package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.risk.FailedFiles;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps change records. Thread-safe. Nothing is ever changed or removed: a record grows by events, each added only if
 * nothing was added since the caller looked, which makes every settlement one compare-and-set.
 */
public interface ChangeStore {

    /**
     * Opens a new record with the next number.
     *
     * @throws StoreException if it could not be stored; nothing is stored then
     */
    ChangeRecord open(ChangeEvent.Opened opened) throws StoreException;

    /**
     * Adds an event, if the record is still as the caller saw it.
     *
     * @param seen the record as the caller saw it
     * @return the record with the event; empty if something else was added meanwhile, and then nothing is stored
     * @throws StoreException if it could not be stored; nothing is stored then
     */
    Optional<ChangeRecord> append(ChangeRecord seen, ChangeEvent event) throws StoreException;

    /**
     * Returns the record with this number.
     *
     * @throws StoreException if the store cannot be read
     */
    Optional<ChangeRecord> find(long number) throws StoreException;

    /**
     * Returns the change that was last deployed there: the one of this service and environment whose deployment ended
     * last of those that are held to run there since ({@link ChangeRecord#isDeployed}).
     *
     * @throws StoreException if the store cannot be read
     */
    Optional<ChangeRecord> lastDeployed(String service, String environment) throws StoreException;

    /**
     * Returns the changes of this controller that the gate let through and whose deployment has not ended yet, oldest
     * first.
     *
     * @throws StoreException if the store cannot be read
     */
    List<ChangeRecord> deploying() throws StoreException;

    /**
     * Returns the changes of this controller that are not decided yet, oldest first.
     *
     * @throws StoreException if the store cannot be read
     */
    List<ChangeRecord> waiting() throws StoreException;

    /**
     * Returns the changes of this controller whose end is not on record: those that wait, then those that are being
     * deployed. One that is decided at this moment may be in it twice, but is not missing.
     *
     * @throws StoreException if the store cannot be read
     */
    default List<ChangeRecord> unended() throws StoreException {
        List<ChangeRecord> unended = new ArrayList<>(waiting());
        unended.addAll(deploying());
        return unended;
    }

    /**
     * Returns the changes of the same target that were opened after another one, oldest first.
     *
     * @param number the other change's
     * @throws StoreException if the store cannot be read
     */
    List<ChangeRecord> after(long number, String service, String environment) throws StoreException;

    /**
     * Returns the numbers of the changes that were opened since some time, the newest first. Numbers follow the time
     * at which changes were opened, but for a clock that was set back meanwhile.
     *
     * @param since inclusive
     * @param service only of this one; empty for all
     * @param environment only to this one; empty for all
     * @throws StoreException if the store cannot be read
     */
    List<Long> since(Instant since, Optional<String> service, Optional<String> environment) throws StoreException;

    /**
     * Returns a page of the list of changes, the newest first.
     *
     * @param before only those with a lower number: the last one of the page before, or {@link Long#MAX_VALUE}
     * @param most how many are wanted, from 1; fewer are the last page
     * @throws StoreException if the store cannot be read
     */
    List<ChangeSummary> page(ChangeFilter filter, long before, int most) throws StoreException;

    /**
     * Returns the events of a change as they are stored, the first one first; empty if there is no such change.
     *
     * @throws StoreException if the store cannot be read
     */
    List<ChainedEvent> events(long number) throws StoreException;

    /**
     * Returns how the last deployments of a target ended, the latest first: with what was said of them last. What caused
     * an incident was unsuccessful.
     *
     * @param most how many are wanted, from 1
     * @throws StoreException if the store cannot be read
     */
    List<ChangeEvent.Ended> lastOutcomes(String service, String environment, int most) throws StoreException;

    /**
     * Returns the last deployment of a target that failed and touched a file which a change touches: it was
     * unsuccessful, as was said of it last, or caused an incident, or what had run before was put back right after it.
     * The last 200 deployments that are on record are looked at, and of those that failed the last 50.
     *
     * @param delta what the change changes
     * @return empty if that is not known, because none was found and not all files of the change or of one of those
     *     that failed are
     * @throws StoreException if the store cannot be read
     */
    Optional<FailedFiles> failedFiles(String service, String environment, Delta delta) throws StoreException;

    /**
     * Returns whether a change put back what had run before another one, and whether another one did that to it.
     *
     * @throws StoreException if the store cannot be read
     */
    Rollback rollback(long number) throws StoreException;

    /**
     * Returns what was promoted on a route of this controller, whether it still stands or not.
     *
     * @return by the version of what it is for
     * @throws StoreException if the store cannot be read
     */
    Map<String, Standing> standings(Route route) throws StoreException;

    /**
     * Returns what is on record of the changes that a promotion is for, on a route of this controller.
     *
     * @param version as in {@link io.jenkins.plugins.changegate.engine.policy.ModelVersion}
     * @throws StoreException if the store cannot be read
     */
    Track track(Route route, String version) throws StoreException;

    /**
     * Returns the routes of a job of this controller on which there were changes that may be promoted.
     *
     * @param job its full name
     * @throws StoreException if the store cannot be read
     */
    List<Route> routes(String job) throws StoreException;

    /**
     * Returns deployments that can be learnt from: the last ones that ended by some time, the oldest first.
     *
     * @param service only of this one; empty for all
     * @param until inclusive
     * @param most how many are wanted, from 1
     * @throws StoreException if the store cannot be read
     */
    List<PastDeployment> pastDeployments(Optional<String> service, Instant until, int most) throws StoreException;

    /**
     * Returns the last changes as numbers, however they ended, the oldest first.
     *
     * @param service only of this one; empty for all
     * @param most how many are wanted, from 1
     * @throws StoreException if the store cannot be read
     */
    List<Features> recentFeatures(Optional<String> service, int most) throws StoreException;

    /**
     * Gives what measures are made of: every decided change to which an event was added after a place in the ledger.
     * A change that is given again is as it is now.
     *
     * @param seen that place; 0 for all changes
     * @return up to which place they were given; lower than {@code seen} if it is another ledger, which was given whole
     * @throws StoreException if the store cannot be read; some may have been given then
     */
    long facts(long seen, Consumer<ChangeFact> taker) throws StoreException;

    /**
     * Keeps the texts of policies, each once, so that what a change was judged by can be read later.
     *
     * @throws StoreException if they could not be stored; none is then
     */
    void keepPolicies(Collection<String> texts) throws StoreException;

    /**
     * Returns the text of a policy.
     *
     * @param version SHA-256 of the text, in hexadecimal
     * @throws StoreException if the store cannot be read, or what it has is not what was kept
     */
    Optional<String> policyText(String version) throws StoreException;

    /**
     * What was sealed of a batch.
     *
     * @param numbers the changes
     * @param last after which number to go on; 0 if there are no more
     */
    record SealedBatch(List<Long> numbers, long last) {
        public SealedBatch {
            numbers = List.copyOf(numbers);
        }

        /** Returns how many changes. */
        public int sealed() {
            return numbers.size();
        }
    }

    /**
     * Removes the contents of this controller's old changes, up to some of them; of each a stub stays, which
     * {@link #find} does not return and {@link #page} does. What waits, is deployed or was last deployed somewhere, what
     * a promotion rests on and what is to be reviewed stays as it is.
     *
     * @param before what nothing happened to since then
     * @param after only those with a higher number
     * @param most how many are looked at, from 1
     * @param because why, one sentence for people
     * @param policyVersion of the policy that says so
     * @throws StoreException if the store failed; those before are sealed
     */
    SealedBatch seal(Instant before, long after, int most, String because, String policyVersion) throws StoreException;

    /**
     * Returns whether nothing was ever written here.
     *
     * @throws StoreException if the store cannot be read
     */
    boolean isEmpty() throws StoreException;

    /**
     * Puts back what copies have of a store that was lost, each event at its place in the chain, and adds an event that
     * says so and what is missing. Numbers go on after the greatest one that is known to have been given. All of it is
     * done or nothing; nobody else writes meanwhile.
     *
     * @param by the id of the user who has it done
     * @throws Rebuild.NotEmptyException if this store has events
     * @throws StoreException if the copies cannot be read or the store cannot be written; nothing is put back then
     */
    Rebuild.Report rebuild(Rebuild.Copies copies, String by) throws StoreException;

    /**
     * Returns that this store was rebuilt, and what was lost before that; empty if it never was.
     *
     * @throws StoreException if the store cannot be read
     */
    Optional<Rebuilt> rebuilt() throws StoreException;

    /**
     * Checks that no event was altered, removed or put in since it was written. What was lost before a rebuild, as
     * {@link #rebuilt} says, is not wrong.
     *
     * @return what is wrong; empty if all is well
     * @throws StoreException if the store cannot be read
     */
    Optional<String> verify() throws StoreException;
}
