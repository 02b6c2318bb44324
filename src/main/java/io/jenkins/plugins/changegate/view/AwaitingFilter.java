package io.jenkins.plugins.changegate.view;

import hudson.Util;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Which of the waiting changes are asked for.
 *
 * @param all whether also those that do not await the user
 * @param environment exactly this one; empty for any
 * @param service exactly this one; empty for any
 * @param level exactly this one; empty for any
 * @param text what has to be somewhere in the row, whatever its case; empty for anything
 * @param page from 1
 * @param problems what of the request cannot be understood: then nothing is found, so that nobody takes more changes
 *     for those asked for, and approves them all
 */
@Restricted(NoExternalUse.class)
public record AwaitingFilter(
        boolean all, String environment, String service, String level, String text, int page, List<String> problems) {

    /** Everything that awaits the user. */
    static final AwaitingFilter MINE = new AwaitingFilter(false, "", "", "", "", 1, List.of());

    private static final List<String> KEYS = List.of("show", "environment", "service", "level", "text", "page");

    static AwaitingFilter of(StaplerRequest2 request) {
        return new AwaitingFilter(
                "all".equals(request.getParameter("show")),
                parameter(request, "environment"),
                parameter(request, "service"),
                parameter(request, "level"),
                parameter(request, "text"),
                number(parameter(request, "page")),
                UnknownKeys.problems(request.getParameterMap().keySet(), KEYS));
    }

    private static String parameter(StaplerRequest2 request, String name) {
        return Util.fixNull(request.getParameter(name)).trim();
    }

    private static int number(String page) {
        try {
            return Math.max(1, Integer.parseInt(page));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    boolean accepts(AwaitingRow row) {
        return problems.isEmpty()
                && (all || row.isAwaiting())
                && matches(environment, row.target().environment())
                && matches(service, row.target().service())
                && matches(level, row.getRisk().getLevel())
                && (text.isEmpty() || row.searched().contains(text.toLowerCase(Locale.ROOT)));
    }

    private static boolean matches(String wanted, String value) {
        return wanted.isEmpty() || wanted.equals(value);
    }

    /** Returns the query part of an address with the same filter. */
    String query(boolean everything, int wanted) {
        return "?show=" + (everything ? "all" : "mine") + part("environment", environment) + part("service", service)
                + part("level", level) + part("text", text) + (wanted > 1 ? "&page=" + wanted : "");
    }

    private static String part(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    public boolean isAll() {
        return all;
    }

    public String getEnvironment() {
        return environment;
    }

    public String getService() {
        return service;
    }

    public String getLevel() {
        return level;
    }

    public List<String> getProblems() {
        return problems.stream().map(Visible::of).toList();
    }

    public String getText() {
        return text;
    }

    /** Whether anything but whose turn it is is filtered by. */
    public boolean isNarrow() {
        return !(environment + service + level + text).isEmpty();
    }
}
