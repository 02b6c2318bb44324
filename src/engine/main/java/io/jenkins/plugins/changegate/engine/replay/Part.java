package io.jenkins.plugins.changegate.engine.replay;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The part that a rule had in the result for one change. */
public enum Part {
    /** It holds. */
    @JsonProperty("matched")
    MATCHED,
    /** It holds, is enforced and tightens, and the change is asked for or refused. */
    @JsonProperty("tightened")
    TIGHTENED,
    /** Without this one rule the change would pass. */
    @JsonProperty("sole")
    SOLE,
    /** It needs what is no longer at hand: the text, a signal, the history, the branch. */
    @JsonProperty("undecided")
    UNDECIDED
}
