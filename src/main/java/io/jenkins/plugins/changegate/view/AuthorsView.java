package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.people.Authors;
import java.util.Comparator;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Those who had a part in a change, for a page. */
@Restricted(NoExternalUse.class)
public final class AuthorsView {

    private static final int SHOWN = 8;

    private final List<Row> all;

    AuthorsView(ChangeRecord record) {
        List<String> unknown =
                Authors.unknown(record).stream().map(Person::display).toList();
        // Those of whom something has to be done first, so that the limit does not hide them.
        all = record.opened().authors().stream()
                .map(Person::display)
                .distinct()
                .map(name -> new Row(name, unknown.contains(name)))
                .sorted(Comparator.comparing(Row::unknown).reversed())
                .toList();
    }

    /**
     * One author.
     *
     * @param name name and address
     * @param unknown whether it is not known which user that is
     */
    public record Row(String name, boolean unknown) {
        public String getName() {
            return Visible.of(name);
        }

        public boolean isUnknown() {
            return unknown;
        }
    }

    /** Returns some of them. */
    public List<Row> getShown() {
        return all.stream().limit(SHOWN).toList();
    }

    public int getLeftOut() {
        return Math.max(0, all.size() - SHOWN);
    }

    /** Whether there is one of whom it is not known which user it is. */
    public boolean isUnknown() {
        return all.stream().anyMatch(Row::unknown);
    }
}
