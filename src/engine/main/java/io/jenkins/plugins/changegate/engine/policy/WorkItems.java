package io.jenkins.plugins.changegate.engine.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the keys of work items in texts, by a pattern that matches in linear time. Immutable. */
public final class WorkItems {

    /** So many are kept; a change for more of them has other worries. */
    private static final int MOST = 50;

    private static final int LONGEST_PATTERN = 200;
    private static final int LONGEST_KEY = 100;
    private static final String KEY = "{key}";

    private final Pattern pattern;
    private final String url;

    /**
     * @param pattern an RE2 pattern of a whole key; what is in its first group is the key, if it has one
     * @param url where a work item can be looked at, with {@code {key}} in it; empty for nowhere
     * @throws IllegalArgumentException if one of them is none, with a sentence for people
     */
    public WorkItems(String pattern, String url) {
        if (pattern.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException(
                    "The pattern of work items may have at most " + LONGEST_PATTERN + " characters.");
        }
        try {
            this.pattern = Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "Work items need a pattern of their keys, such as 'SHOP-[0-9]+': " + e.getDescription() + ".", e);
        }
        if (!url.isEmpty() && (!url.contains(KEY) || !isHttp(url.replace(KEY, "1")))) {
            throw new IllegalArgumentException(
                    "The address of work items has to begin with http:// or https:// and to have {key} in"
                            + " it, as in 'https://tracker.example/browse/{key}'.");
        }
        this.url = url;
    }

    private static boolean isHttp(String url) {
        try {
            URI address = new URI(url);
            return address.getHost() != null
                    && ("https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /**
     * Finds the work items that texts name, each once and in the order in which they are named first.
     *
     * @return where each can be looked at, by its key; the addresses are empty if there is none
     */
    public Map<String, String> in(List<String> texts) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String text : texts) {
            Matcher matcher = pattern.matcher(text);
            while (found.size() < MOST && matcher.find()) {
                String group = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
                String key = group == null ? "" : group.strip();
                if (!key.isEmpty() && key.length() <= LONGEST_KEY) {
                    found.putIfAbsent(key, address(key));
                }
            }
        }
        return found;
    }

    private String address(String key) {
        return url.replace(KEY, URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20"));
    }
}
