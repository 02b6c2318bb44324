package io.jenkins.plugins.changegate.engine.record;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;

/**
 * Something outside that belongs to a change.
 *
 * @param kind what it is
 * @param key its name where it is kept, such as {@code INC0010023} or {@code SHOP-42}
 * @param url where it can be looked at; empty if that is not known. Whoever shows it as a link has to ask
 *     {@link #isHttp}
 */
public record Link(Kind kind, String key, String url) {

    /** What it is. */
    public enum Kind {
        /** An incident that the change caused: its deployment counts as failed. */
        INCIDENT,
        /** What the change is made for: a story, a defect, a request. */
        WORK_ITEM,
        /** The change as another system keeps it. */
        CHANGE_REQUEST;

        /** Returns its name as it is written everywhere. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Returns its name in a sentence. */
        public String words() {
            return key().replace('-', ' ');
        }
    }

    public Link {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        url = Objects.requireNonNullElse(url, "");
    }

    /** Whether its address leads to a page by HTTP: nothing else, such as a script, may become a link. */
    public boolean isHttp() {
        try {
            URI address = new URI(url);
            return address.getHost() != null
                    && ("https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
