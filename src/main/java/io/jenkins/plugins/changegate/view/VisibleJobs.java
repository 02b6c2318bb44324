package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import hudson.security.AccessDeniedException3;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.record.ChangeFilter;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Whose changes the user of this request may see: those of jobs for which Change/View is theirs; of jobs that are gone,
 * and of other controllers that share the ledger, those who administer Jenkins. Each job is asked once. For one request;
 * not thread-safe.
 */
final class VisibleJobs {

    private final String controller = ChangeRecords.get().controller();
    private final boolean all = Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    private final Map<String, Optional<Job<?, ?>>> jobs = new HashMap<>();

    /** Whether nothing is hidden from the user. */
    boolean isEverything() {
        return all;
    }

    boolean shows(ChangeSummary change) {
        return all
                || job(change)
                        .filter(job -> job.hasPermission(ChangePermissions.VIEW))
                        .isPresent();
    }

    /** Whether the changes of a job are shown. */
    boolean shows(String of, String name) {
        return all
                || of.equals(controller)
                        && job(name)
                                .filter(job -> job.hasPermission(ChangePermissions.VIEW))
                                .isPresent();
    }

    /** Returns the numbers, as people write them, of those changes that the user may see. */
    List<String> ids(ChangeStore store, List<Long> numbers) throws StoreException {
        List<String> ids = new ArrayList<>();
        for (long number : numbers) {
            store.page(ChangeFilter.ALL.least(number), number + 1, 1).stream()
                    .filter(this::shows)
                    .map(ChangeSummary::id)
                    .forEach(ids::add);
        }
        return ids;
    }

    /** Returns the job of a change, if it is there and the user may know of it. */
    Optional<Job<?, ?>> job(ChangeSummary change) {
        // The same name elsewhere is another job.
        return change.controller().equals(controller) ? job(change.job()) : Optional.empty();
    }

    /** Returns a job by its full name, if it is there and the user may know of it. */
    Optional<Job<?, ?>> job(String name) {
        Optional<Job<?, ?>> known = jobs.get(name);
        if (known == null) {
            known = find(name);
            jobs.put(name, known);
        }
        return known;
    }

    private static Optional<Job<?, ?>> find(String name) {
        try {
            return name.isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(Jenkins.get().getItemByFullName(name, Job.class));
        } catch (AccessDeniedException3 e) {
            return Optional.empty();
        }
    }

    /** Returns the address of a change's page, below Jenkins' own; empty if its build is gone. */
    String url(ChangeSummary change) {
        // Looked for as a folder: to load each build of a page would take long.
        return job(change)
                .filter(job -> new File(job.getBuildDir(), Integer.toString(change.build())).isDirectory())
                .map(job -> job.getUrl() + change.build() + "/change/" + change.id() + "/")
                .orElse("");
    }
}
