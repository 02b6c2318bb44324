package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * Somebody who had a part in a commit, as the commit itself says: raw, without {@code .mailmap}, because the change
 * under review could rewrite that file to hide its author.
 *
 * @param name the name as written; may be empty
 * @param email the mail address as written; may be empty
 */
public record Person(String name, String email) implements Serializable {

    public Person {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(email, "email");
    }

    /** Returns the mail address in the form in which two of them are compared: trimmed and in lower case. */
    public String mailKey() {
        return email.trim().toLowerCase(Locale.ROOT);
    }

    /** Returns {@code Name <mail>}, or what there is of it. */
    public String display() {
        if (email.isEmpty()) {
            return name;
        }
        return name.isEmpty() ? email : name + " <" + email + ">";
    }
}
