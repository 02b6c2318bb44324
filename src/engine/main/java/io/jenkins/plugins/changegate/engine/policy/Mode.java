package io.jenkins.plugins.changegate.engine.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether what a policy demands has effect. */
public enum Mode {
    /** It is only recorded what would have happened. */
    @JsonProperty("observe")
    OBSERVE,
    /** It has effect. */
    @JsonProperty("enforce")
    ENFORCE
}
