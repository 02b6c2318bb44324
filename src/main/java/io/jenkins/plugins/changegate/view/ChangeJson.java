package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Deadline;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.record.Rollback;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.people.Authors;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** One change as JSON: {@code …/api/json}. */
@Restricted(NoExternalUse.class)
public final class ChangeJson {

    private final Runnable permission;
    private final ChangeStore store;
    private final ChangeRecord record;

    /**
     * @param permission throws if the user may not see the change
     */
    ChangeJson(Runnable permission, ChangeStore store, ChangeRecord record) {
        this.permission = permission;
        this.store = store;
        this.record = record;
    }

    /** Called by Stapler. */
    @GET
    public void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        permission.run();
        TaggedJson.answer(request, response, new RecordJson().show(record, further()));
    }

    private Map<String, Object> further() throws IOException {
        Map<String, Object> further = new LinkedHashMap<>();
        further.put(
                "expires",
                TermsView.at(record, Deadline.Kind.EXPIRY).map(Object::toString).orElse(null));
        further.put(
                "votes",
                new ApprovalView(record)
                        .getVotes().stream().map(ChangeJson::vote).toList());
        further.put("review", record.review().orElse(null));
        further.put("failed", record.isFailed());
        further.put("links", record.links().stream().map(ChangeJson::link).toList());
        further.put("product", record.opened().particulars().product());
        further.put("unauthorised", record.isDoubtful());
        rollback(further);
        further.put(
                "unknownAuthors",
                Authors.unknown(record).stream().map(Person::display).toList());
        return further;
    }

    private void rollback(Map<String, Object> further) throws IOException {
        try {
            VisibleJobs jobs = new VisibleJobs();
            Rollback rollback = store.rollback(record.number());
            further.put("takenBackBy", jobs.ids(store, rollback.by()));
            further.put("takesBack", jobs.ids(store, rollback.of()));
        } catch (StoreException e) {
            throw new IOException(e);
        }
    }

    static Map<String, String> link(Link link) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("kind", link.kind().key());
        json.put("key", link.key());
        json.put("url", link.url());
        return json;
    }

    private static Map<String, String> vote(ApprovalView.VoteRow row) {
        Map<String, String> json = new LinkedHashMap<>();
        Vote vote = row.vote();
        json.put("voter", vote.voter());
        json.put("name", vote.name());
        json.put("comment", vote.comment());
        json.put("standsInFor", vote.standsInFor());
        json.put("at", row.at().toString());
        return json;
    }
}
