package io.jenkins.plugins.changegate.engine.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a calendar is: a file of the repository that the policy comes from, or an address.
 *
 * @param written as the policy writes it: a path from the repository's top, or a URL
 */
public record CalendarPlace(String written) {

    /** Longest place, in characters. */
    private static final int LONGEST = 2_000;

    /** This machine itself: what is sent to it nobody else reads. */
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public CalendarPlace {
        Objects.requireNonNull(written, "written");
    }

    /** Whether it is an address and not a file. */
    public boolean isUrl() {
        return written.contains("://");
    }

    /**
     * Returns its address.
     *
     * @throws IllegalStateException if it has none, or it is a mistake
     */
    public URI uri() {
        try {
            if (isUrl()) {
                return new URI(written);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Mistakes are found when a policy is read", e);
        }
        throw new IllegalStateException("A file has no address");
    }

    /** Returns how it is called in messages: without its query, which often is as good as a password. */
    public String words() {
        return isUrl() && written.contains("?") ? written.substring(0, written.indexOf('?')) + "?…" : written;
    }

    /** Returns what is wrong with it, and the cure; empty if nothing is. */
    public Optional<String> mistake() {
        if (written.isBlank() || written.length() > LONGEST) {
            return Optional.of("A calendar is a file as 'ops/freezes.ics', or an address as"
                    + " 'https://calendar.example.org/freezes.ics', with at most " + LONGEST + " characters");
        }
        return isUrl() ? mistakeInUrl() : mistakeInPath();
    }

    private Optional<String> mistakeInUrl() {
        String cure = "write it as 'https://calendar.example.org/freezes.ics'";
        try {
            URI uri = new URI(written);
            boolean https = "https".equalsIgnoreCase(uri.getScheme());
            boolean here = "http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
            if (uri.getHost() == null || !https && !here) {
                return Optional.of("'" + words() + "' is not read: a calendar's address has to be https; " + cure);
            }
            if (uri.getRawUserInfo() != null) {
                return Optional.of("A calendar's address has no user and no password in it: an administrator gives its"
                        + " host a credential");
            }
            return uri.getRawFragment() == null
                    ? Optional.empty()
                    : Optional.of("A calendar's address has no '#' in it; " + cure);
        } catch (URISyntaxException e) {
            return Optional.of("'" + words() + "' is no address; " + cure);
        }
    }

    private Optional<String> mistakeInPath() {
        boolean path = written.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '\\')
                && !written.startsWith("-")
                && !written.startsWith(":")
                && List.of(written.split("/", -1)).stream()
                        .noneMatch(part -> part.isBlank() || part.equals(".") || part.equals(".."));
        return path
                ? Optional.empty()
                : Optional.of("'" + written + "' is no path from the repository's top; write it as 'ops/freezes.ics'");
    }
}
