package io.jenkins.plugins.changegate.view;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One of the four keys on the page of measures. */
@Restricted(NoExternalUse.class)
public final class MeasureKey {

    private final String name;
    private final String value;
    private final String detail;
    private final String definition;

    MeasureKey(String name, String value, String detail, String definition) {
        this.name = name;
        this.value = value;
        this.detail = detail;
        this.definition = definition;
    }

    public String getName() {
        return name;
    }

    public String getValue() {
        return value;
    }

    public String getDetail() {
        return detail;
    }

    public String getDefinition() {
        return definition;
    }
}
