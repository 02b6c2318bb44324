package io.jenkins.plugins.changegate.connect;

import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Link;
import java.util.Optional;

/**
 * A change as another system is to keep it.
 *
 * @param record as it is now, without its delta
 * @param page the address of its page in Jenkins; may be empty
 * @param origin which Jenkins it is of, 12 hexadecimal digits: numbers of Jenkinses without a common ledger overlap
 */
public record KeptChange(ChangeRecord record, String page, String origin) {

    /**
     * Returns the link of the record to a system; empty if it was not kept there yet, as far as the record tells.
     *
     * @param base where the system is
     */
    public Optional<Link> link(String base) {
        return record.links().stream().filter(link -> isThere(link, base)).findFirst();
    }

    /**
     * Returns whether somebody took away the link of a record to a system and there is no other: what is there does not
     * belong to the change, so it is not to be found again.
     *
     * @param base where the system is
     */
    static boolean isTakenAway(ChangeRecord record, String base) {
        return record.links().stream().noneMatch(link -> isThere(link, base))
                && record.history().stream()
                        .anyMatch(event ->
                                event instanceof ChangeEvent.Unlinked unlinked && isThere(unlinked.link(), base));
    }

    private static boolean isThere(Link link, String base) {
        return link.kind() == Link.Kind.CHANGE_REQUEST && link.url().startsWith(base + "/");
    }
}
