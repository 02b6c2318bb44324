package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.ChangeCopy;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.util.Map;

/** Changes as JSON Lines: on each line one with its events, exactly as they are stored, and their places in the chain. */
final class RecordsJsonLines implements RecordsExport.Form {

    private final RecordJson json = new RecordJson();

    @Override
    public String type() {
        return "application/jsonl";
    }

    @Override
    public String file() {
        return "changes.jsonl";
    }

    @Override
    public String head() {
        return "";
    }

    @Override
    public String incomplete() {
        return json.line(Map.of("incomplete", Messages.RecordsExport_incomplete())) + "\n";
    }

    @Override
    public String line(ChangeStore store, ChangeRecord record, ChangeSummary change) throws StoreException {
        return stub(store, change);
    }

    /** All that is in a line is stored still, but for the texts of the events before the one that says so. */
    @Override
    public String stub(ChangeStore store, ChangeSummary change) throws StoreException {
        return ChangeCopy.line(change, store.events(change.number())) + "\n";
    }
}
