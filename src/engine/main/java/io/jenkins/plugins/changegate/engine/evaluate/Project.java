package io.jenkins.plugins.changegate.engine.evaluate;

import io.jenkins.plugins.changegate.engine.learn.LabelledChange;
import java.util.List;

/**
 * The changes of one project, in the order in which they were made.
 *
 * @param name of the file, without the ending that tells its format
 * @param train what can be learnt from
 * @param test what is to be foretold, later than {@code train}
 * @param ids of the changes to be foretold, in their order; empty texts if they have none
 * @param notes what was passed over when it was read, in sentences
 */
record Project(
        String name, List<LabelledChange> train, List<LabelledChange> test, List<String> ids, List<String> notes) {

    Project {
        train = List.copyOf(train);
        test = List.copyOf(test);
        ids = List.copyOf(ids);
        notes = List.copyOf(notes);
    }
}
