package io.jenkins.plugins.changegate.engine.risk;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A number that tells something of a change before it is deployed. Every value is finite and at least 0.
 *
 * <p>They are those of Kamei et al., "A large-scale empirical study of just-in-time quality assurance", IEEE TSE 2013;
 * the short names are the columns of the public data sets that follow it.
 */
public enum Feature {
    /** Lines added. */
    @JsonProperty("la")
    LINES_ADDED("la", "lines added", Kind.SIZE),
    /** Lines deleted. */
    @JsonProperty("ld")
    LINES_DELETED("ld", "lines deleted", Kind.SIZE),
    /** Files touched. */
    @JsonProperty("nf")
    FILES("nf", "files touched", Kind.SPREAD),
    /** Directories that touched files are in. */
    @JsonProperty("nd")
    DIRECTORIES("nd", "directories touched", Kind.SPREAD),
    /** Subsystems, which are directories at the top of the repository, that touched files are in. */
    @JsonProperty("ns")
    SUBSYSTEMS("ns", "subsystems touched", Kind.SPREAD),
    /**
     * How evenly the lines added and deleted are spread over the files, in bits: Shannon's entropy of each file's share
     * in them; 0 if all are in one file, and never more than the logarithm to base 2 of {@link #FILES}.
     */
    @JsonProperty("entropy")
    ENTROPY("entropy", "bits of spread over files", Kind.SPREAD),
    /**
     * How large the touched files were before: at a gate in bytes, all together; in data sets in lines, of several files
     * the sum or the mean. It is compared within one history only, where it has to be the same.
     */
    @JsonProperty("lt")
    SIZE_BEFORE("lt", "bytes in the files before", Kind.SIZE),
    /** Authors of earlier changes of the touched files, each counted once. */
    @JsonProperty("ndev")
    EARLIER_AUTHORS("ndev", "earlier authors of the files", Kind.HISTORY),
    /** Days since the touched files were last changed, the mean over them. */
    @JsonProperty("age")
    AGE("age", "days since the files last changed", Kind.HISTORY),
    /** Earlier changes of the touched files. */
    @JsonProperty("nuc")
    EARLIER_CHANGES("nuc", "earlier changes of the files", Kind.HISTORY),
    /** Earlier changes by the same author; of a change of several commits the mean over them, as of the next two. */
    @JsonProperty("exp")
    AUTHOR_CHANGES("exp", "earlier changes by the author", Kind.AUTHOR),
    /** Earlier changes by the same author, where one n years old counts 1 / (n + 1). */
    @JsonProperty("rexp")
    AUTHOR_RECENT_CHANGES("rexp", "recent changes by the author", Kind.AUTHOR),
    /** Earlier changes by the same author of the same subsystems. */
    @JsonProperty("sexp")
    AUTHOR_SUBSYSTEM_CHANGES("sexp", "earlier changes by the author in these subsystems", Kind.AUTHOR),
    /** 1 if a message says that something is mended, else 0. Whoever writes messages can only raise a score by it. */
    @JsonProperty("fix")
    FIX("fix", "bug fix by its message", Kind.PURPOSE);

    /** Where a feature comes from, and so what it is missing together with. */
    public enum Kind {
        /** The number of lines. */
        SIZE,
        /** Over how much the change is spread. */
        SPREAD,
        /** What happened to the touched files before: missing where history is cut off. */
        HISTORY,
        /** What the author did before: missing where history is cut off. */
        AUTHOR,
        /** What the messages say. */
        PURPOSE
    }

    private static final Map<String, Feature> BY_COLUMN =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Feature::column, Function.identity()));

    private final String column;
    private final String words;
    private final Kind kind;

    Feature(String column, String words, Kind kind) {
        this.column = column;
        this.words = words;
        this.kind = kind;
    }

    /** Returns the short name, as in the columns of data sets and in stored records. */
    public String column() {
        return column;
    }

    /** Returns what it counts, with the unit, as it stands after a number in a sentence. */
    public String words() {
        return words;
    }

    /** Returns where it comes from. */
    public Kind kind() {
        return kind;
    }

    /** Returns the feature with this short name; empty if there is none. Upper and lower case differ. */
    public static Optional<Feature> ofColumn(String column) {
        return Optional.ofNullable(BY_COLUMN.get(column));
    }
}
