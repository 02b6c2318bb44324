package io.jenkins.plugins.changegate.prompt;

import hudson.model.Failure;
import java.io.Serializable;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/** Decides what a click on a prompt means. Called on the clicking user's own request thread. */
public interface Gatekeeper extends Serializable {

    /** Returns why this user may not approve now, if so. Changes nothing. */
    Optional<String> denies(Authentication user);

    /** A click of this user was turned away before it counted for anything; some pages show that nowhere else. */
    void turnedAway(Authentication user, String because);

    /**
     * The user approved.
     *
     * @param comment what the user said; may be empty
     * @throws Failure if that does not count; the message tells the user why
     */
    void approve(Authentication user, String comment);

    /**
     * The user rejected, or withdrew the change.
     *
     * @param comment what the user said; may be empty
     * @throws Failure if that does not count; the message tells the user why
     */
    void abort(Authentication user, String comment);
}
