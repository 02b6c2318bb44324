package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.ChainedEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
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
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", change.id());
        line.put("number", change.number());
        line.put("service", change.service());
        line.put("environment", change.environment());
        line.put("job", change.job());
        line.put("build", change.build());
        List<ChainedEvent> events = store.events(change.number());
        line.put("events", events);
        return json.line(line) + "\n";
    }
}
