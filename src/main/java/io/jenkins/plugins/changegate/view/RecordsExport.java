package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * All changes of a selection that the user may see, as a file: one at a time is in memory, so it may be of any length.
 * If the store fails meanwhile the last line says so: Jenkins ends an answer that was begun as if it were whole.
 */
final class RecordsExport implements HttpResponse {

    private static final Logger LOGGER = Logger.getLogger(RecordsExport.class.getName());

    /** After so many lines it is asked whether anybody still wants them. */
    private static final int LINES = 100;

    private final Form form;

    /** What the file looks like. */
    interface Form {
        /** Returns the media type. */
        String type();

        /** Returns the name of the file. */
        String file();

        /** Returns what the file begins with. */
        String head();

        /** Returns a last line that nobody takes for a change, if not all could be read. */
        String incomplete();

        /** Returns the lines of a change. */
        String line(ChangeStore store, ChangeRecord record, ChangeSummary change) throws StoreException;

        /** Returns the lines of a change of which only a stub is kept. */
        String stub(ChangeStore store, ChangeSummary change) throws StoreException;
    }

    RecordsExport(Form form) {
        this.form = form;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        VisibleJobs jobs = new VisibleJobs();
        RecordsFilter filter = RecordsFilter.of(request, jobs);
        if (!filter.getProblems().isEmpty()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write(String.join("\n", filter.getProblems()) + "\n");
            return;
        }
        try {
            ChangeStore store = ChangeRecords.get().store();
            RecordsSearch search = new RecordsSearch(store, filter, jobs);
            response.setContentType(form.type() + ";charset=UTF-8");
            response.setHeader("Content-Disposition", "attachment; filename=\"" + form.file() + "\"");
            response.setHeader("X-Content-Type-Options", "nosniff");
            PrintWriter writer = response.getWriter();
            writer.write(form.head());
            AtomicLong lines = new AtomicLong();
            search.all(change -> {
                writer.write(line(store, change));
                // To ask sends what there is.
                return lines.incrementAndGet() % LINES != 0 || !writer.checkError();
            });
        } catch (StoreException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "The changes on record cannot be exported", e);
            if (!response.isCommitted()) {
                response.reset();
                throw new IOException("The changes on record cannot be read", e);
            }
            response.getWriter().write(form.incomplete());
        }
    }

    private String line(ChangeStore store, ChangeSummary change) throws StoreException {
        if (change.isSealed()) {
            return form.stub(store, change);
        }
        ChangeRecord record = store.find(change.number())
                .orElseThrow(() -> new StoreException(change.id() + " has lost its events.", null));
        return form.line(store, record, change);
    }
}
