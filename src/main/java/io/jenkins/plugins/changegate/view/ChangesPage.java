package io.jenkins.plugins.changegate.view;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.step.ChangesAction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.TransientActionFactory;
import jenkins.security.stapler.StaplerNotDispatchable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerFallback;
import org.kohsuke.stapler.StaplerProxy;

/** The changes of one build: {@code …/change/}, and a card on the build's own page. */
@Restricted(NoExternalUse.class)
public class ChangesPage implements Action, StaplerProxy, StaplerFallback {

    private static final Logger LOGGER = Logger.getLogger(ChangesPage.class.getName());

    private final Run<?, ?> run;

    /** Whether a record could not be read for this request. */
    private volatile boolean unreadable;

    ChangesPage(Run<?, ?> run) {
        this.run = run;
    }

    @Override
    public String getIconFileName() {
        return isVisible() ? "symbol-shield-checkmark-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return isVisible() ? Messages.ChangesPage_displayName() : null;
    }

    @Override
    public String getUrlName() {
        return "change";
    }

    /** Called by Stapler: for whoever may not see changes there is nothing here, as on a build without any. */
    @Override
    public Object getTarget() {
        return isVisible() ? this : null;
    }

    /** Returns the build; the name is what the layout of a build's pages asks for. */
    public Run<?, ?> getObject() {
        return run;
    }

    /** Whether the user may see the changes of this build. */
    public boolean isVisible() {
        return run.hasPermission(ChangePermissions.VIEW);
    }

    /** Returns the build's changes, oldest first; empty for whoever may not see them. */
    public List<ChangePage> getChanges() {
        List<ChangePage> pages = new ArrayList<>();
        for (ChangesAction.Reference reference : ChangesAction.of(run)) {
            find(reference.number()).ifPresent(pages::add);
        }
        return pages;
    }

    /** Returns the address of all changes of this job, below Jenkins' own. */
    public String getRecordsUrl() {
        return RecordsPage.address(run.getParent());
    }

    /** Returns the address of the measures of this job, below Jenkins' own. */
    public String getMeasuresUrl() {
        return MeasuresPage.address(run.getParent());
    }

    /** Whether there are changes whose record cannot be read now. */
    public boolean isIncomplete() {
        return isVisible() && getChanges().size() < ChangesAction.of(run).size();
    }

    /** Called by Stapler for {@code …/change/CHG-000123/}. */
    public ChangePage getDynamic(String id) {
        return ChangeRecord.number(id)
                .filter(number -> ChangesAction.of(run).stream().anyMatch(reference -> reference.number() == number))
                .flatMap(this::find)
                .orElse(null);
    }

    /** Called by Stapler if there is nothing at an address; that a record cannot be read does not mean that. */
    @Override
    @StaplerNotDispatchable
    public Object getStaplerFallback() {
        if (unreadable) {
            throw new StoreAwayResponse();
        }
        return this;
    }

    private Optional<ChangePage> find(long number) {
        if (!isVisible()) {
            return Optional.empty();
        }
        try {
            ChangeStore store = ChangeRecords.get().store();
            return store.find(number).map(record -> new ChangePage(run, store, record));
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> ChangeRecord.id(number) + " cannot be read");
            unreadable = true;
            return Optional.empty();
        }
    }

    /** Puts the page on every build with a gate. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static class Factory extends TransientActionFactory<Run<?, ?>> {

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Class<Run<?, ?>> type() {
            return (Class) Run.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return ChangesPage.class;
        }

        @Override
        public Collection<? extends Action> createFor(Run<?, ?> run) {
            return ChangesAction.of(run).isEmpty() ? List.of() : List.of(new ChangesPage(run));
        }
    }
}
