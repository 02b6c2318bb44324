package io.jenkins.plugins.changegate.connect;

import hudson.ExtensionPoint;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.http.AllowedHosts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Another system that changes are kept in as well, as it is configured. A plugin can add one: a subclass with a {@link
 * ChangeSystemDescriptor}.
 *
 * <p>It is told of a change whenever something happened to it, and when Jenkins starts, never for a gate to wait on. It
 * then brings its own up to date with the record, whatever it has: it may be told of the same twice, of two events at
 * once, or of one that is long past.
 */
public abstract class ChangeSystem extends AbstractDescribableImpl<ChangeSystem> implements ExtensionPoint {

    private final String url;
    private final String credentialsId;
    private String environments = "";
    private String tiers = "";
    private String verdicts = "";
    private boolean dry;

    /**
     * @param url as {@link #address} returns it
     * @param credentialsId the id of a user name with password, or of a secret text that is sent as a bearer token
     */
    protected ChangeSystem(String url, String credentialsId) {
        this.url = url;
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /**
     * Returns an address as it is kept: without a slash at the end.
     *
     * @param written where a system is; http or https
     * @throws IllegalArgumentException if that is no address
     */
    protected static String address(String written) {
        String trimmed = Util.fixNull(written).trim().replaceAll("/+$", "");
        mistake(trimmed).ifPresent(mistake -> {
            throw new IllegalArgumentException(mistake);
        });
        return trimmed;
    }

    /**
     * Brings the system up to date with a change: creates what is missing, and never a second one. Called by one thread
     * at a time, as the system.
     *
     * @param calls by which the system is asked
     * @return what it is there
     */
    public abstract Link keep(KeptChange change, Calls calls) throws CallException, InterruptedException;

    /** Returns where it is, without a slash at the end. */
    public String getUrl() {
        return url;
    }

    /** Returns the id of the credential; {@code null} if none is chosen. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Returns the names of the environments whose changes are kept there, as they were written; empty for all. */
    public String getEnvironments() {
        return Util.fixNull(environments);
    }

    @DataBoundSetter
    public void setEnvironments(String names) {
        this.environments = Util.fixNull(names).trim();
    }

    /** Returns the tiers whose changes are kept there, as they were written; empty for all. */
    public String getTiers() {
        return Util.fixNull(tiers);
    }

    /**
     * @throws IllegalArgumentException if one of them is no tier
     */
    @DataBoundSetter
    public void setTiers(String names) {
        expect(names, Stream.of(Tier.values()));
        this.tiers = Util.fixNull(names).trim();
    }

    /** Returns which verdicts' changes are kept there, as they were written; empty for all. */
    public String getVerdicts() {
        return Util.fixNull(verdicts);
    }

    /**
     * @throws IllegalArgumentException if one of them is no verdict
     */
    @DataBoundSetter
    public void setVerdicts(String names) {
        expect(names, Stream.of(Verdict.Kind.values()));
        this.verdicts = Util.fixNull(names).trim();
    }

    /** Whether it is only logged what would be kept there, and nothing is called. */
    public boolean isDry() {
        return dry;
    }

    @DataBoundSetter
    public void setDry(boolean dry) {
        this.dry = dry;
    }

    /** Returns the part of the address that may be logged and shown. */
    String host() {
        return URI.create(url).getAuthority();
    }

    /** Whether a change is to be kept there. */
    boolean wants(ChangeEvent.Opened opened) {
        Target target = opened.judgement().target();
        return has(getEnvironments(), target.environment())
                && has(getTiers(), key(target.tier()))
                && has(getVerdicts(), key(opened.judgement().verdict().kind()));
    }

    private static boolean has(String written, String name) {
        List<String> names = split(written);
        return names.isEmpty() || names.contains(name);
    }

    private static List<String> split(String names) {
        return Stream.of(Util.fixNull(names).split("[,\\r\\n]+"))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static void expect(String names, Stream<? extends Enum<?>> values) {
        List<String> known = values.map(ChangeSystem::key).toList();
        split(names).stream().filter(name -> !known.contains(name)).findFirst().ifPresent(wrong -> {
            throw new IllegalArgumentException(Messages.ChangeSystem_unknown(wrong, String.join(", ", known)));
        });
    }

    private static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static Optional<String> mistake(String url) {
        try {
            URI uri = new URI(url);
            boolean plain = AllowedHosts.isWeb(uri) && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (plain && uri.getRawUserInfo() == null) {
                return Optional.empty();
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        return Optional.of(Messages.ChangeSystem_noAddress());
    }
}
