package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import hudson.model.ModelObject;
import io.jenkins.plugins.changegate.engine.record.ChangeFilter;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** Every change on record, as far as the user may see them: {@code /changes/records/}, and as files. */
@Restricted(NoExternalUse.class)
public final class RecordsPage implements ModelObject {

    private static final Logger LOGGER = Logger.getLogger(RecordsPage.class.getName());

    @Override
    public String getDisplayName() {
        return Messages.RecordsPage_displayName();
    }

    /** Returns the address of all changes of a job, below Jenkins' own. */
    static String address(Job<?, ?> job) {
        return "changes/records/?job=" + URLEncoder.encode(job.getFullName(), StandardCharsets.UTF_8);
    }

    /** Returns what the request asks for. */
    public RecordsList getList() {
        return list(Stapler.getCurrentRequest2());
    }

    private static RecordsList list(StaplerRequest2 request) {
        VisibleJobs jobs = new VisibleJobs();
        return new RecordsList(RecordsFilter.of(request, jobs), jobs);
    }

    /** Called by Stapler for {@code /changes/records/CHG-000123/}. */
    public ModelObject getDynamic(String id) {
        return ChangeRecord.number(id).flatMap(RecordsPage::find).orElse(null);
    }

    private static Optional<ModelObject> find(long number) {
        VisibleJobs jobs = new VisibleJobs();
        try {
            ChangeStore store = ChangeRecords.get().store();
            Optional<RecordRow> row = store.page(ChangeFilter.ALL.least(number), number + 1, 1).stream()
                    .filter(jobs::shows)
                    .map(summary -> new RecordRow(summary, jobs.url(summary)))
                    .findFirst();
            if (row.isEmpty() || row.get().isSealed()) {
                return row.map(SealedChangePage::new);
            }
            return store.find(number).map(record -> new KeptChangePage(store, record, row.get()));
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> ChangeRecord.id(number) + " cannot be read");
            throw new StoreAwayResponse();
        }
    }

    /** Called by Stapler. */
    @GET
    public HttpResponse doCsv() {
        return new RecordsExport(new RecordsCsv());
    }

    /** Called by Stapler. */
    @GET
    public HttpResponse doJsonl() {
        return new RecordsExport(new RecordsJsonLines());
    }

    /** Returns what serves {@code /changes/records/api/json}. */
    public Api getApi() {
        return new Api();
    }

    /** The list as JSON. */
    @Restricted(NoExternalUse.class)
    public static final class Api {

        /** Called by Stapler. */
        @GET
        public void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
            RecordsList list = list(request);
            if (list.isBroken()) {
                ProblemJson.broken(response);
                return;
            }
            if (!list.getFilter().getProblems().isEmpty()) {
                ProblemJson.misunderstood(response, list.getFilter().getProblems());
                return;
            }
            TaggedJson.answer(request, response, new RecordJson().show(list.json()));
        }
    }
}
