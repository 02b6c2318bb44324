package io.jenkins.plugins.changegate.people;

import hudson.ExtensionPoint;
import io.jenkins.plugins.changegate.engine.delta.Person;
import java.util.Optional;

/**
 * Knows which user an author of commits is, where neither the mail address nor the id or the name tells. An answer can
 * only keep somebody from approving, never let somebody.
 *
 * <p>Asked when a vote comes and when a page is shown, on the request's thread, for every author of the change: answer
 * from memory.
 */
public interface AuthorDirectory extends ExtensionPoint {

    /** Returns the id of the user in Jenkins who writes commits by this name and mail address; empty if not known. */
    Optional<String> userOf(Person author);
}
