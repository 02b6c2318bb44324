package io.jenkins.plugins.changegate.step;

import hudson.Util;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Remembers on a build which changes its gates opened. Only references: the records themselves are in the store, and
 * outlive the build. Thread-safe.
 */
public class ChangesAction extends InvisibleAction {

    private final List<Reference> references = new CopyOnWriteArrayList<>();

    /** One gate of the build. */
    public static final class Reference {
        private final long number;
        private final String node;
        private final String block;

        /** Which kind of ledger gave the number, which means something else in another; {@code null} for the file. */
        private final String ledger;

        Reference(long number, String node, String block) {
            this.number = number;
            this.node = node;
            this.block = block;
            this.ledger = Util.fixEmpty(ChangeRecords.get().kind());
        }

        private boolean isOf(String kind) {
            return Util.fixNull(ledger).equals(kind);
        }

        /** Returns the change's number. */
        public long number() {
            return number;
        }

        /** Returns the id of the gate's node in the flow graph. */
        public String node() {
            return node;
        }

        /** Returns the id of the node that begins the block whose rest is the deployment. */
        public String block() {
            return block;
        }
    }

    /** Returns the references of a build to the ledger that is in use, oldest first. */
    public static List<Reference> of(Run<?, ?> run) {
        Optional<ChangesAction> own = own(run);
        if (own.isEmpty()) {
            return List.of();
        }
        String kind = ChangeRecords.get().kind();
        return own.get().references.stream()
                .filter(reference -> reference.isOf(kind))
                .toList();
    }

    /** Looks only at what is stored on the build: this is asked for every node of every build, and by page factories. */
    private static Optional<ChangesAction> own(Run<?, ?> run) {
        return run.getActions().stream()
                .filter(ChangesAction.class::isInstance)
                .map(ChangesAction.class::cast)
                .findFirst();
    }

    /** Returns the reference that a gate made, if it has. */
    static Optional<Reference> find(Run<?, ?> run, String node) {
        return of(run).stream().filter(reference -> reference.node.equals(node)).findFirst();
    }

    /**
     * Adds a reference and saves the build.
     *
     * @throws IOException if it cannot be saved
     */
    static void add(Run<?, ?> run, Reference reference) throws IOException {
        synchronized (run) {
            ChangesAction action = own(run).orElseGet(ChangesAction::new);
            action.references.add(reference);
            if (own(run).isEmpty()) {
                run.addAction(action);
            }
        }
        run.save();
    }
}
