package io.jenkins.plugins.changegate.view;

import static io.jenkins.plugins.changegate.view.MeasureWords.interval;
import static io.jenkins.plugins.changegate.view.MeasureWords.median;
import static io.jenkins.plugins.changegate.view.MeasureWords.ninetieth;
import static io.jenkins.plugins.changegate.view.MeasureWords.number;
import static io.jenkins.plugins.changegate.view.MeasureWords.percent;

import io.jenkins.plugins.changegate.engine.measure.Delivery;
import io.jenkins.plugins.changegate.engine.measure.Line;
import io.jenkins.plugins.changegate.engine.measure.Measures;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.MeasuredChanges;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The measures of the changes that the user may see, as they are when it is made. */
@Restricted(NoExternalUse.class)
public final class MeasuresView {

    private static final Logger LOGGER = Logger.getLogger(MeasuresView.class.getName());

    private static final int SHOWN_OF_VERSION = 8;

    private final MeasuresFilter filter;
    private final Measures measures;
    private final MeasureTables tables;

    MeasuresView(MeasuresFilter filter, VisibleJobs jobs) {
        this.filter = filter;
        Measures found = null;
        try {
            if (filter.getProblems().isEmpty()) {
                found = MeasuredChanges.get().now().measure(filter.question(jobs));
            }
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, "The changes on record cannot be read", e);
        }
        this.measures = found;
        this.tables = found == null ? null : new MeasureTables(found, filter.zone());
    }

    public MeasuresFilter getFilter() {
        return filter;
    }

    /** Returns what was measured; null if that could not be. */
    Measures measures() {
        return measures;
    }

    /** Whether the store cannot be read. */
    public boolean isBroken() {
        return measures == null && filter.getProblems().isEmpty();
    }

    /** Whether there is nothing to measure. */
    public boolean isNothing() {
        return measures == null || measures.isEmpty();
    }

    /** Returns the days that are measured, in words. */
    public String getPeriod() {
        DateTimeFormatter day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(filter.zone());
        Instant last = filter.to().minusSeconds(1);
        return Messages.MeasuresView_period(day.format(measures.from()), day.format(last));
    }

    /** Returns the four keys. */
    public List<MeasureKey> getKeys() {
        Delivery delivery = measures.delivery();
        return List.of(
                new MeasureKey(
                        Messages.MeasureKey_frequency(),
                        delivery.isShort()
                                ? Messages.MeasureKey_soFar(number(delivery.deployments()))
                                : Messages.MeasureKey_perWeek(MeasureTables.perWeek(delivery)),
                        Messages.MeasureKey_deployments(number(delivery.deployments())),
                        Messages.MeasureKey_frequencyIs()),
                new MeasureKey(
                        Messages.MeasureKey_lead(),
                        median(delivery.lead()),
                        Messages.MeasureKey_ninetieth(ninetieth(delivery.lead())),
                        Messages.MeasureKey_leadIs()),
                new MeasureKey(
                        Messages.MeasureKey_failed(),
                        percent(delivery.failed()),
                        Messages.MeasureKey_failedOf(
                                number(delivery.failed().part()),
                                number(delivery.failed().of()),
                                interval(delivery.failed()),
                                number(delivery.unsuccessful()),
                                number(delivery.incidents()),
                                number(delivery.undone())),
                        Messages.MeasureKey_failedIs()),
                new MeasureKey(
                        Messages.MeasureKey_recovery(),
                        median(delivery.recovery()),
                        Messages.MeasureKey_recoveryOf(ninetieth(delivery.recovery()), number(delivery.unrecovered())),
                        Messages.MeasureKey_recoveryIs()));
    }

    public List<MeasureTable> getDelivery() {
        return tables.delivery();
    }

    public List<MeasureTable> getGate() {
        return tables.gate();
    }

    public List<MeasureTable> getOutcomes() {
        return tables.outcomes();
    }

    public List<MeasureTable> getPolicy() {
        return tables.policy();
    }

    /** Returns all versions of policies that can be compared with what was before them. */
    public List<Version> getVersions() {
        DateTimeFormatter day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(filter.zone());
        return measures == null
                ? List.of()
                : measures.policies().stream()
                        .map(policy -> new Version(policy, day))
                        .toList();
    }

    /** A version of a policy, to be chosen. */
    @Restricted(NoExternalUse.class)
    public static final class Version {

        private final String key;
        private final String words;

        Version(Line.Policy policy, DateTimeFormatter day) {
            key = policy.version();
            words = Messages.MeasuresView_version(
                    day.format(Instant.ofEpochSecond(policy.first())),
                    key.substring(0, Math.min(SHOWN_OF_VERSION, key.length())));
        }

        public String getKey() {
            return key;
        }

        public String getWords() {
            return words;
        }
    }

    /** Returns all names of services there are, for a filter. */
    public List<String> getServices() {
        return measures == null
                ? List.of()
                : measures.services().stream().map(Line.Part::name).toList();
    }

    /** Returns all names of products there are, for a filter. */
    public List<String> getProducts() {
        return measures == null
                ? List.of()
                : measures.products().stream().map(Line.Part::name).toList();
    }
}
