package io.jenkins.plugins.changegate.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jenkins.util.SystemProperties;

/**
 * What an address of a policy may look like. It is handed to git, so nothing may be taken for an option, for a command,
 * or for a file of the controller.
 */
final class PolicyAddress {

    /** The git plugin's own switch for repositories on the controller's disk. */
    private static final String LOCAL = "hudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT";

    private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "git");

    /** As in {@code git@host:path}; a host of one letter would be a drive. */
    private static final Pattern SCP = Pattern.compile("[\\w.][\\w.-]*@[A-Za-z0-9][A-Za-z0-9.-]+:[^-:\\s][^:\\s]*");

    /** What git allows in names of branches and tags, and no more than is usual. */
    private static final Pattern REVISION = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_./+#@=-]*");

    private PolicyAddress() {}

    static Optional<String> mistakeInUrl(String url) {
        if (url.isEmpty()) {
            return Optional.of(Messages.PolicyRepository_noUrl());
        }
        if (SCP.matcher(url).matches()) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of(Messages.PolicyRepository_wrongUrl());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("file") && SystemProperties.getBoolean(LOCAL)) {
            return Optional.empty();
        }
        if (scheme.equals("file")) {
            return Optional.of(Messages.PolicyRepository_local());
        }
        if (!SCHEMES.contains(scheme) || uri.getHost() == null) {
            return Optional.of(Messages.PolicyRepository_wrongUrl());
        }
        String user = uri.getRawUserInfo();
        boolean secret = user != null && (user.contains(":") || !scheme.equals("ssh"));
        if (secret) {
            return Optional.of(Messages.PolicyRepository_password());
        }
        return user != null && user.startsWith("-") || uri.getHost().startsWith("-")
                ? Optional.of(Messages.PolicyRepository_wrongUrl())
                : Optional.empty();
    }

    /** Returns the protocols that git may speak, as git itself has them: not even a redirect leads to another. */
    static String protocols() {
        String remote = "https:http:ssh:git";
        return SystemProperties.getBoolean(LOCAL) ? remote + ":file" : remote;
    }

    static Optional<String> mistakeInRevision(String revision) {
        boolean right = revision.isEmpty()
                || REVISION.matcher(revision).matches()
                        && !revision.contains("..")
                        && !revision.contains("//")
                        && !revision.endsWith("/")
                        && !revision.endsWith(".lock");
        return right ? Optional.empty() : Optional.of(Messages.PolicyRepository_wrongRevision());
    }

    static Optional<String> mistakeInPath(String path) {
        boolean right = !path.isEmpty()
                && !path.startsWith("-")
                && path.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\')
                && List.of(path.split("/", -1)).stream()
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        return right ? Optional.empty() : Optional.of(Messages.PolicyRepository_wrongPath());
    }

    /** Returns the last part of an address that was found right, as in {@code guard-rails.git}. */
    static String lastPart(String url) {
        String trimmed = url.replaceAll("[?#].*$", "").replaceAll("/+$", "");
        return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf(':')) + 1);
    }
}
