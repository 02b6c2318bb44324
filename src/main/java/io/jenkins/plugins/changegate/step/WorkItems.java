package io.jenkins.plugins.changegate.step;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.record.Link;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the keys of work items in the first lines of commit messages, by a pattern that matches in linear time. */
final class WorkItems {

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
    WorkItems(String pattern, String url) {
        if (pattern.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException("'workItems' may have at most " + LONGEST_PATTERN + " characters.");
        }
        try {
            this.pattern = Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'workItems' has to be a pattern of keys, such as 'SHOP-[0-9]+': " + e.getDescription() + ".", e);
        }
        if (!url.isEmpty()
                && (!url.contains(KEY) || !new Link(Link.Kind.WORK_ITEM, "", url.replace(KEY, "1")).isHttp())) {
            throw new IllegalArgumentException(
                    "'workItemUrl' has to begin with http:// or https:// and to have {key} in"
                            + " it, as in 'https://tracker.example/browse/{key}'.");
        }
        this.url = url;
    }

    /** Returns the work items that the commits of a delta name, each once, the newest commit's first. */
    List<Link> in(Delta delta) {
        Map<String, Link> found = new LinkedHashMap<>();
        for (Commit commit : delta.commits()) {
            Matcher matcher = pattern.matcher(commit.subject());
            while (found.size() < MOST && matcher.find()) {
                String group = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
                String key = group == null ? "" : group.strip();
                if (!key.isEmpty() && key.length() <= LONGEST_KEY) {
                    found.putIfAbsent(key, new Link(Link.Kind.WORK_ITEM, key, address(key)));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private String address(String key) {
        return url.replace(KEY, URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20"));
    }
}
