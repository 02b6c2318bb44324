package io.jenkins.plugins.changegate.step;

import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.io.IOException;

/** Lets tests say that a change is a build's, without running a gate. */
public final class References {

    private References() {}

    /** Says so. */
    public static void add(Run<?, ?> run, ChangeRecord record) throws IOException {
        String node = Long.toString(record.number());
        ChangesAction.add(run, new ChangesAction.Reference(record.number(), node, node));
    }
}
