package io.jenkins.plugins.changegate.config;

import java.util.List;
import java.util.Optional;

/** What is wrong with a configuration that comes from elsewhere than a form which has said so. */
public final class Mistakes {

    private Mistakes() {}

    /**
     * Lets nothing be made of what has a mistake.
     *
     * @param mistakes of each part its own, if it has one
     * @throws IllegalArgumentException with the first of them
     */
    public static void refuse(List<Optional<String>> mistakes) {
        mistakes.stream().flatMap(Optional::stream).findFirst().ifPresent(mistake -> {
            throw new IllegalArgumentException(mistake);
        });
    }
}
