package io.jenkins.plugins.changegate.signal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The hosts that signals may be fetched from: {@code sonar.example.org}, {@code sonar.example.org:9000}, or
 * {@code http://10.0.0.7:8080} for one that speaks no https. Scheme, host and port must be the same. Immutable.
 */
final class AllowedHosts {

    private static final String HTTP = "http";
    private static final String HTTPS = "https";

    private final Set<String> places;

    private AllowedHosts(Set<String> places) {
        this.places = Set.copyOf(places);
    }

    /**
     * @param written hosts, separated by space, line or comma
     * @throws IllegalArgumentException if one of them is none
     */
    static AllowedHosts parse(String written) {
        List<String> hosts = Arrays.stream(written.split("[\\s,]+"))
                .filter(host -> !host.isEmpty())
                .toList();
        Set<String> places = new LinkedHashSet<>();
        for (String host : hosts) {
            try {
                URI uri = new URI(host.contains("://") ? host : HTTPS + "://" + host);
                if (!isWeb(uri)
                        || uri.getRawUserInfo() != null
                        || !uri.getRawPath().isEmpty()
                        || uri.getRawQuery() != null
                        || uri.getRawFragment() != null) {
                    throw new IllegalArgumentException(Messages.AllowedHosts_noHost(host));
                }
                places.add(place(uri));
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException(Messages.AllowedHosts_noHost(host), e);
            }
        }
        return new AllowedHosts(places);
    }

    /** Whether an address is one that may be called. */
    boolean permit(URI uri) {
        return isWeb(uri) && uri.getRawUserInfo() == null && places.contains(place(uri));
    }

    /** Whether an address is complete, and of http or https. */
    static boolean isWeb(URI uri) {
        return uri.getHost() != null && (HTTP.equalsIgnoreCase(uri.getScheme()) || isSecure(uri));
    }

    private static boolean isSecure(URI uri) {
        return HTTPS.equalsIgnoreCase(uri.getScheme());
    }

    private static String place(URI uri) {
        int usual = isSecure(uri) ? 443 : 80;
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":"
                + (uri.getPort() < 0 ? usual : uri.getPort());
    }
}
