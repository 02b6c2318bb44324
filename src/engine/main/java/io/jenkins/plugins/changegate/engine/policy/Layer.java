package io.jenkins.plugins.changegate.engine.policy;

import java.util.Comparator;
import java.util.Objects;

/**
 * Whose policy it is. A lower layer only tightens what those above it say, unless they delegate.
 *
 * @param kind of whom
 * @param folder the full name of the folder whose it is; empty for every other kind
 */
public record Layer(Kind kind, String folder) implements Comparable<Layer> {

    /** Kinds of layers, from the highest; the order is used. */
    public enum Kind {
        BUILT_IN("the built-in policy"),
        ORGANISATION("the organisation's policy"),
        FOLDER("the policy of the folder"),
        REPOSITORY("the repository's policy");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** What works without any configuration. */
    public static final Layer BUILT_IN = new Layer(Kind.BUILT_IN, "");

    /** The organisation's, from Jenkins' configuration. */
    public static final Layer ORGANISATION = new Layer(Kind.ORGANISATION, "");

    /** The team's, from the repository that is deployed. */
    public static final Layer REPOSITORY = new Layer(Kind.REPOSITORY, "");

    private static final Comparator<Layer> FROM_ABOVE =
            Comparator.comparing(Layer::kind).thenComparing(Layer::depth).thenComparing(Layer::folder);

    public Layer {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(folder, "folder");
        if ((kind == Kind.FOLDER) == folder.isEmpty()) {
            throw new IllegalArgumentException("A folder's layer, and only that, has the folder's name");
        }
    }

    /**
     * Returns the layer of a folder.
     *
     * @param folder its full name, as in {@code Payments/Checkout}
     */
    public static Layer ofFolder(String folder) {
        return new Layer(Kind.FOLDER, folder);
    }

    /** Returns how it is called in a sentence. */
    public String words() {
        return kind == Kind.FOLDER ? kind.words + " " + folder : kind.words;
    }

    /** Whether its policies may make the gate more lenient of their own right. */
    public boolean mayLoosen() {
        return kind == Kind.BUILT_IN || kind == Kind.ORGANISATION;
    }

    private int depth() {
        return (int) folder.chars().filter(c -> c == '/').count();
    }

    /** The highest first; of two folders the outer one. */
    @Override
    public int compareTo(Layer other) {
        return FROM_ABOVE.compare(this, other);
    }
}
