package io.jenkins.plugins.changegate.engine.judge;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A change may not be deployed yet.
 *
 * @param name the freeze or the window
 * @param window whether it waits for a window, which can be missed, and not for the end of a freeze
 * @param until when it may, as the schedule is now; empty if not within two years
 * @param because why, one sentence for people
 */
public record Hold(String name, boolean window, Optional<Instant> until, String because) {

    public Hold {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(because, "because");
        until = until == null ? Optional.empty() : until;
    }
}
