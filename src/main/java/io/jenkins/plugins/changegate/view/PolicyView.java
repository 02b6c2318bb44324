package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.Delegation;
import io.jenkins.plugins.changegate.engine.policy.Hashes;
import io.jenkins.plugins.changegate.engine.policy.Mode;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.syntax.PolicyLint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One policy for a page: what it says, what of it is void, and what is wrong with it. */
@Restricted(NoExternalUse.class)
public final class PolicyView {

    private final PolicyText written;

    PolicyView(PolicyText written) {
        this.written = written;
    }

    /** Returns whose it is, beginning like a sentence. */
    public String getLayer() {
        String words = Visible.of(written.layer().words());
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    public String getSource() {
        return Visible.of(written.source());
    }

    /** Returns the beginning of SHA-256 of its text. */
    public String getHash() {
        return Visible.abbreviated(Hashes.sha256(written.text()));
    }

    /** Returns the change as of which it is known; empty for now. */
    public String getAsOf() {
        return written.asOf();
    }

    /** Returns what is wrong with it. */
    public List<MistakeView> getMistakes() {
        return written.mistakes()
                .map(mistakes -> MistakeView.of(mistakes, written.text()))
                .orElse(List.of());
    }

    public String getMode() {
        return words(written.policy().map(Policy::mode).orElse(Mode.ENFORCE));
    }

    static String words(Mode mode) {
        return mode == Mode.ENFORCE ? Messages.PolicyView_enforce() : Messages.PolicyView_observe();
    }

    /** Returns how many rules it has. */
    public int getRules() {
        return written.policy().map(policy -> policy.rules().size()).orElse(0);
    }

    /** Returns its environments by name. */
    public List<EnvironmentView> getEnvironments() {
        List<EnvironmentView> views = new ArrayList<>();
        written.policy()
                .ifPresent(policy -> new TreeMap<>(policy.environments())
                        .forEach((name, environment) -> views.add(new EnvironmentView(name, environment, policy))));
        return views;
    }

    /** Returns what it lets lower layers do, one sentence each. */
    public List<String> getDelegations() {
        return written.policy().stream()
                .flatMap(policy -> policy.delegations().stream())
                .map(PolicyView::sentence)
                .map(Visible::of)
                .toList();
    }

    private static String sentence(Delegation delegation) {
        List<String> lets = new ArrayList<>();
        delegation.passUpTo().ifPresent(ceiling -> lets.add(Messages.PolicyView_letsPass(ceiling.words())));
        if (delegation.takeAway() > 0) {
            lets.add(Messages.PolicyView_letsTakeAway(delegation.takeAway()));
        }
        if (delegation.safe()) {
            lets.add(Messages.PolicyView_letsSafe());
        }
        if (delegation.models()) {
            lets.add(Messages.PolicyView_letsModels());
        }
        if (delegation.escalate()) {
            lets.add(Messages.PolicyView_letsEscalate());
        }
        if (!delegation.approvals().isEmpty()) {
            lets.add(Messages.PolicyView_letsApprovals(String.join(
                    ", ",
                    delegation.approvals().stream()
                            .sorted()
                            .map(RiskLevel::words)
                            .toList())));
        }
        String to = delegation.to().isEmpty() ? Messages.PolicyView_everybody() : delegation.to();
        String where = delegation.environments().isEmpty()
                ? Messages.PolicyView_everywhere()
                : String.join(", ", delegation.environments().stream().sorted().toList());
        return Messages.PolicyView_delegation(to, where, String.join("; ", lets));
    }

    /** Returns what of it is void, or has no effect. */
    public List<Note> getWarnings() {
        return written.policy()
                .map(policy -> Note.of(new PolicyLint().warnings(policy, written.text())))
                .orElse(List.of());
    }

    public SourceView getText() {
        return new SourceView(written.text());
    }

    /** Returns what a ceiling is called; that of the tier if a policy says nothing. */
    static String words(Optional<Ceiling> ceiling) {
        return ceiling.map(Ceiling::words).orElse(Messages.PolicyView_byTier());
    }

    /**
     * Something without effect.
     *
     * @param line from 1
     * @param message what, and why
     */
    public record Note(int line, String message) {

        static List<Note> of(List<PolicyLint.Warning> warnings) {
            return warnings.stream()
                    .map(warning -> new Note(warning.line(), Visible.of(warning.message())))
                    .toList();
        }

        public int getLine() {
            return line;
        }

        public String getMessage() {
            return message;
        }
    }
}
