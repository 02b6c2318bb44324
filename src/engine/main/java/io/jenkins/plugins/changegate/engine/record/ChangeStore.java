package io.jenkins.plugins.changegate.engine.record;

import java.util.List;
import java.util.Optional;

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
     * Returns the change that was last deployed there: the newest one of this service and environment whose
     * deployment ended well.
     *
     * @throws StoreException if the store cannot be read
     */
    Optional<ChangeRecord> lastDeployed(String service, String environment) throws StoreException;

    /**
     * Returns the changes that the gate let through and whose deployment has not ended yet, oldest first.
     *
     * @throws StoreException if the store cannot be read
     */
    List<ChangeRecord> deploying() throws StoreException;

    /**
     * Returns the changes that are not decided yet, oldest first.
     *
     * @throws StoreException if the store cannot be read
     */
    List<ChangeRecord> waiting() throws StoreException;

    /**
     * Returns the changes of the same target that were opened after another one, oldest first.
     *
     * @param number the other change's
     * @throws StoreException if the store cannot be read
     */
    List<ChangeRecord> after(long number, String service, String environment) throws StoreException;

    /**
     * Checks that no event was altered, removed or put in since it was written.
     *
     * @return what is wrong; empty if all is well
     * @throws StoreException if the store cannot be read
     */
    Optional<String> verify() throws StoreException;
}
