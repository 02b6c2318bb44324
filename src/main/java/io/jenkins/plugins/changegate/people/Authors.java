package io.jenkins.plugins.changegate.people;

import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.util.List;

/** SKELETON, being written: authors of whom it is not known which user they are. */
public final class Authors {

    private Authors() {}

    /** Returns the authors of a change of whom it is not known which user of this Jenkins they are. */
    public static List<Person> unknown(ChangeRecord record) {
        return List.of();
    }
}
