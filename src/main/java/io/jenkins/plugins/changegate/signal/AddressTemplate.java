package io.jenkins.plugins.changegate.signal;

import io.jenkins.plugins.changegate.http.AllowedHosts;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * An address with places for what is deployed: {@code {service}}, {@code {environment}} and {@code {head}}, in its path
 * or query. What the pipeline says is put there encoded, and cannot make it another address. Immutable.
 */
final class AddressTemplate {

    private static final String SERVICE = "{service}";
    private static final String ENVIRONMENT = "{environment}";
    private static final String HEAD = "{head}";

    /** Longest address, in characters. */
    private static final int LONGEST = 4000;

    private final String written;

    /**
     * @throws IllegalArgumentException if it leads nowhere
     */
    AddressTemplate(String written) {
        mistake(written).ifPresent(mistake -> {
            throw new IllegalArgumentException(mistake);
        });
        this.written = written;
    }

    /** Returns what is wrong with an address; empty if nothing is. */
    static Optional<String> mistake(String written) {
        URI one;
        URI other;
        try {
            one = new URI(fill(written, "x", "x", "x"));
            other = new URI(fill(written, "y", "y", "y"));
        } catch (URISyntaxException e) {
            return Optional.of(Messages.AddressTemplate_noAddress());
        }
        if (one.getRawUserInfo() != null) {
            return Optional.of(Messages.AddressTemplate_password());
        }
        if (!AllowedHosts.isWeb(one) || one.getRawFragment() != null || written.length() > LONGEST) {
            return Optional.of(Messages.AddressTemplate_noAddress());
        }
        return one.getScheme().equals(other.getScheme())
                        && Objects.equals(one.getRawAuthority(), other.getRawAuthority())
                ? Optional.empty()
                : Optional.of(Messages.AddressTemplate_placeInHost());
    }

    /** Returns the address with nothing filled in, for its host. */
    URI any() {
        return URI.create(fill(written, "x", "x", "x"));
    }

    /**
     * Returns the address for a change.
     *
     * @throws UnknownSignalException if what has to be filled in is not known, or leads elsewhere
     */
    URI fill(SignalSource.Request request) throws UnknownSignalException {
        if (request.head().isEmpty() && written.contains(HEAD)) {
            throw new UnknownSignalException("its address needs the commit, which is not known");
        }
        URI filled = URI.create(
                fill(written, encode(request.service()), encode(request.environment()), encode(request.head())));
        // Encoded or not, servers take ".." for the directory above, also behind a "/" that is encoded.
        String path = URLDecoder.decode(Objects.requireNonNullElse(filled.getRawPath(), ""), StandardCharsets.UTF_8);
        boolean leadsElsewhere = !filled.getRawAuthority().equals(any().getRawAuthority())
                || Arrays.stream(path.split("[/\\\\;]")).anyMatch(part -> part.equals("..") || part.equals("."));
        if (leadsElsewhere || filled.toString().length() > LONGEST) {
            throw new UnknownSignalException("the name of the service or environment cannot be part of its address");
        }
        return filled;
    }

    private static String fill(String written, String service, String environment, String head) {
        return written.replace(SERVICE, service)
                .replace(ENVIRONMENT, environment)
                .replace(HEAD, head);
    }

    /** Encodes everything but letters, digits and {@code .-_*}, alike in path and query. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return written;
    }
}
