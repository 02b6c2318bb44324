package io.jenkins.plugins.changegate.engine.policy;

/** Whose policy it is, from the highest. A lower layer only tightens what those above it say. */
public enum Layer {
    /** What works without any configuration. */
    BUILT_IN("the built-in policy"),
    /** The organisation's, from Jenkins' configuration. */
    ORGANISATION("the organisation's policy"),
    /** The team's, from the repository that is deployed. */
    REPOSITORY("the repository's policy");

    private final String words;

    Layer(String words) {
        this.words = words;
    }

    /** Returns how it is called in a sentence. */
    public String words() {
        return words;
    }

    /** Whether policies of this layer may make the gate more lenient. */
    public boolean mayLoosen() {
        return this != REPOSITORY;
    }
}
