package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.policy.EnvironmentPolicy;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.ScheduleEntry;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.engine.syntax.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What one policy says of one environment, for a page. */
@Restricted(NoExternalUse.class)
public final class EnvironmentView {

    private final String name;
    private final EnvironmentPolicy environment;
    private final Policy policy;

    EnvironmentView(String name, EnvironmentPolicy environment, Policy policy) {
        this.name = name;
        this.environment = environment;
        this.policy = policy;
    }

    public String getName() {
        return Visible.of(name);
    }

    /** Returns its tier, and that its name gives it if the policy does not. */
    public String getTier() {
        return environment
                .tier()
                .map(Tier::key)
                .orElseGet(
                        () -> Messages.EnvironmentView_byName(Tier.ofName(name).key()));
    }

    public String getPassUpTo() {
        String own = PolicyView.words(environment.passUpTo());
        return environment
                .promotion()
                .map(promotion -> Messages.EnvironmentView_promotion(
                        own, promotion.passUpTo().words(), promotion.after()))
                .orElse(own);
    }

    public String getMode() {
        return PolicyView.words(policy.mode(name));
    }

    /** Returns who is asked, one text for each level that is written, and for emergencies. */
    public List<String> getApprovals() {
        List<String> approvals = new ArrayList<>();
        for (RiskLevel level : RiskLevel.values()) {
            Optional.ofNullable(environment.approvals().get(level))
                    .ifPresent(asked -> approvals.add(asked(level.words(), asked)));
        }
        if (!environment.emergency().isEmpty()) {
            approvals.add(asked(Messages.EnvironmentView_emergency(), environment.emergency()));
        }
        return approvals;
    }

    private static String asked(String what, List<Requirement> requirements) {
        List<String> words = requirements.stream()
                .map(asked -> asked.stage() == Requirement.FIRST_STAGE
                        ? asked.words()
                        : Messages.EnvironmentView_stage(asked.words(), asked.stage()))
                .toList();
        return Visible.of(Messages.EnvironmentView_asked(
                what, words.isEmpty() ? Messages.EnvironmentView_nobody() : String.join(", ", words)));
    }

    /** Returns its freezes and windows, one text each. */
    public List<String> getSchedule() {
        return environment.schedule().stream()
                .map(EnvironmentView::words)
                .map(Visible::of)
                .toList();
    }

    private static String words(ScheduleEntry entry) {
        String named = entry.calendar()
                .map(use -> Messages.EnvironmentView_calendar(
                        entry.name(), use.place().words()))
                .orElse(entry.name());
        return entry.kind() == ScheduleEntry.Kind.FREEZE
                ? Messages.EnvironmentView_freeze(named, entry.because())
                : Messages.EnvironmentView_window(named, entry.because());
    }

    /** Returns on which terms a change waits, one text each. */
    public List<String> getTerms() {
        Terms terms = environment.terms();
        List<String> words = new ArrayList<>();
        terms.reminder()
                .map(EnvironmentView::words)
                .map(Messages::EnvironmentView_reminder)
                .ifPresent(words::add);
        terms.escalation()
                .map(to -> Messages.EnvironmentView_escalation(to.who(), words(to.after())))
                .ifPresent(words::add);
        terms.expiry()
                .map(EnvironmentView::words)
                .map(Messages::EnvironmentView_expiry)
                .ifPresent(words::add);
        if (terms.unknownAuthorsBlock()) {
            words.add(Messages.EnvironmentView_unknownAuthors());
        }
        environment.promise().map(Promise::words).ifPresent(words::add);
        if (environment.audit() > 0) {
            words.add(Messages.EnvironmentView_audit(environment.audit()));
        }
        return words.stream().map(Visible::of).toList();
    }

    private static String words(Duration time) {
        return Durations.words(time);
    }
}
