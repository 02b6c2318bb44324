package io.jenkins.plugins.changegate.connect;

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
        return record.links().stream()
                .filter(link ->
                        link.kind() == Link.Kind.CHANGE_REQUEST && link.url().startsWith(base + "/"))
                .findFirst();
    }
}
