package io.jenkins.plugins.changegate.ledger;

import hudson.Extension;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import hudson.util.HttpResponses;
import io.jenkins.plugins.changegate.engine.record.Rebuild;
import io.jenkins.plugins.changegate.engine.record.Rebuilt;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/**
 * The ledger's page for administrators, {@code /manage/change-gate-ledger/}: what is used, what was lost, and a rebuild
 * of what was. All of it needs Overall/Administer.
 */
@Extension
@Restricted(NoExternalUse.class)
public class LedgerPage extends ManagementLink implements StaplerProxy {

    private static final Logger LOGGER = Logger.getLogger(LedgerPage.class.getName());

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return this;
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.ADMINISTER;
    }

    @Override
    public String getIconFileName() {
        return "symbol-albums-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.LedgerPage_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.LedgerPage_description();
    }

    @Override
    public String getUrlName() {
        return "change-gate-ledger";
    }

    @Override
    public Category getCategory() {
        return Category.TROUBLESHOOTING;
    }

    /** Returns what is used now, for people. */
    public String getInUse() {
        return ChangeRecords.get().words();
    }

    /** Whether there is a store that lost what it had. */
    public boolean isLost() {
        return ChangeRecords.get().isLost();
    }

    /** Returns where the last rebuild is. */
    public String getState() {
        return status().state().name().toLowerCase(Locale.ROOT);
    }

    public boolean isRunning() {
        return status().state() == LedgerRebuild.State.RUNNING;
    }

    /** Returns why nothing can be rebuilt now; empty if it can. */
    public String getObstacle() {
        return LedgerRebuild.get().obstacle();
    }

    /** Returns when the last rebuild began; {@code null} if there was none. */
    public Date getBegan() {
        return status().began() == null ? null : Date.from(status().began());
    }

    public int getJobs() {
        return status().jobs();
    }

    public int getAllJobs() {
        return status().allJobs();
    }

    public long getBuilds() {
        return status().builds();
    }

    public long getCopies() {
        return status().copies();
    }

    public String getFailure() {
        return status().failure();
    }

    /** Returns what came of the last rebuild; {@code null} if it came to nothing. */
    public ReportView getReport() {
        Rebuild.Report report = status().report();
        return report == null ? null : new ReportView(report);
    }

    /** Returns what the store itself says of a rebuild and what was lost before it; empty if there was none. */
    public String getRebuilt() {
        if (!ChangeRecords.get().isExpected()) {
            return "";
        }
        try {
            return ChangeRecords.get().store().rebuilt().map(Rebuilt::words).orElse("");
        } catch (StoreException e) {
            LOGGER.log(Level.FINE, "The store is away", e);
            return "";
        }
    }

    private static LedgerRebuild.Status status() {
        return LedgerRebuild.get().status();
    }

    /** Called by Stapler: begins a rebuild. Answers 409 if the store is not empty, or cannot be used. */
    @RequirePOST
    public HttpResponse doRebuild() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            LedgerRebuild.get().start(Jenkins.getAuthentication2().getName());
        } catch (StoreException e) {
            return HttpResponses.errorWithoutStack(HttpServletResponse.SC_CONFLICT, e.getMessage());
        }
        return HttpResponses.redirectTo(HttpServletResponse.SC_SEE_OTHER, "./");
    }

    /** Called by Stapler: ends the rebuild that is running; nothing is put back then. */
    @RequirePOST
    public HttpResponse doStop() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        LedgerRebuild.get().stop();
        return HttpResponses.redirectTo(HttpServletResponse.SC_SEE_OTHER, "./");
    }

    /** Called by Stapler: what the page says, as JSON; 202 as long as a rebuild is running. */
    @GET
    public void doJson(StaplerResponse2 response) throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        LedgerRebuild.Status now = status();
        boolean running = now.state() == LedgerRebuild.State.RUNNING;
        response.setStatus(running ? HttpServletResponse.SC_ACCEPTED : HttpServletResponse.SC_OK);
        response.setContentType("application/json;charset=UTF-8");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("inUse", getInUse());
        json.put("lost", isLost());
        json.put("rebuild", now.state().name().toLowerCase(Locale.ROOT));
        json.put("began", Optional.ofNullable(now.began()).map(Object::toString).orElse(null));
        json.put("by", now.by());
        json.put("jobs", now.jobs());
        json.put("allJobs", now.allJobs());
        json.put("builds", now.builds());
        json.put("copies", now.copies());
        json.put("failure", now.failure());
        Rebuild.Report report = now.report();
        if (report != null) {
            json.put("changes", report.rebuilt().changes());
            json.put("events", report.rebuilt().events());
            json.put("lostEvents", report.rebuilt().lostEvents());
            json.put("damages", report.damages());
            json.put("damaged", report.damaged());
            json.put("missed", report.missed());
            json.put("missing", report.missing());
        }
        response.getWriter().write(new RecordJson().show(json));
    }

    /**
     * What came of a rebuild, for people.
     *
     * @param report what it says
     */
    public record ReportView(Rebuild.Report report) {

        private static final int SHOWN = 100;

        public long getChanges() {
            return report.rebuilt().changes();
        }

        public long getEvents() {
            return report.rebuilt().events();
        }

        public String getWords() {
            return report.rebuilt().words();
        }

        public long getDamages() {
            return report.damages();
        }

        /** Returns the first copies that were not put back, and why. */
        public List<String> getDamaged() {
            return report.damaged().stream().limit(SHOWN).toList();
        }

        public long getMissed() {
            return report.missed();
        }

        /** Returns the first numbers that no change has any more. */
        public List<String> getMissing() {
            return report.missing().stream()
                    .limit(SHOWN)
                    .map(Rebuilt.Range::toString)
                    .toList();
        }
    }
}
