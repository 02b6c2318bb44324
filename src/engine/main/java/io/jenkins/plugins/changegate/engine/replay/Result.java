package io.jenkins.plugins.changegate.engine.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.changegate.engine.judge.Verdict;

/** What policies would have said of a past change; the order is used. */
public enum Result {
    @JsonProperty("pass")
    PASS("pass"),
    @JsonProperty("ask")
    ASK("ask"),
    @JsonProperty("refuse")
    REFUSE("refuse"),
    /** A rule needs what is no longer at hand, the text for instance, and the verdict hangs on it. */
    @JsonProperty("not-decidable")
    NOT_DECIDABLE("not decidable");

    private final String words;

    Result(String words) {
        this.words = words;
    }

    /** Returns its name in a sentence. */
    public String words() {
        return words;
    }

    static Result of(Verdict.Kind kind) {
        return switch (kind) {
            case PASS -> PASS;
            case ASK -> ASK;
            case REFUSE -> REFUSE;
        };
    }
}
