package io.jenkins.plugins.changegate.view;

import hudson.Util;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * On which of the recorded changes a draft is tried.
 *
 * @param days those opened in so many last days; one of {@link #DAYS}
 * @param service exactly this one; empty for any
 * @param environment exactly this one; empty for any
 */
@Restricted(NoExternalUse.class)
public record TrialQuery(int days, String service, String environment) {

    static final List<Integer> DAYS = List.of(30, 90, 365);

    /** What is asked for where nothing else is. */
    static final TrialQuery USUAL = new TrialQuery(90, "", "");

    /** Reads a form; a number of days that is not offered is taken for the usual one. */
    static TrialQuery of(StaplerRequest2 request) {
        String days = parameter(request, "days");
        return new TrialQuery(
                DAYS.stream()
                        .filter(offered -> offered.toString().equals(days))
                        .findFirst()
                        .orElse(USUAL.days),
                parameter(request, "service"),
                parameter(request, "environment"));
    }

    private static String parameter(StaplerRequest2 request, String name) {
        return Util.fixNull(request.getParameter(name)).trim();
    }

    Instant since(Instant now) {
        return now.minus(Duration.ofDays(days));
    }

    Optional<String> onlyService() {
        return Optional.of(service).filter(name -> !name.isEmpty());
    }

    Optional<String> onlyEnvironment() {
        return Optional.of(environment).filter(name -> !name.isEmpty());
    }

    public int getDays() {
        return days;
    }

    public List<Integer> getOffered() {
        return DAYS;
    }

    public String getService() {
        return service;
    }

    public String getEnvironment() {
        return environment;
    }
}
