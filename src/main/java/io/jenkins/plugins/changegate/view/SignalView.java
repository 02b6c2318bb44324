package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.judge.RecordedSignal;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A fact from outside, as it was when the change was judged. */
@Restricted(NoExternalUse.class)
public final class SignalView {

    private final RecordedSignal signal;

    SignalView(RecordedSignal signal) {
        this.signal = signal;
    }

    public String getName() {
        return Visible.of(signal.name());
    }

    /** Returns its value; empty if it was not known. */
    public String getValue() {
        return signal.value() == null ? "" : Visible.of(signal.value().toString());
    }

    /** Whether it was known. */
    public boolean isKnown() {
        return signal.value() != null;
    }

    public boolean isClaimed() {
        return signal.claimed();
    }

    /** Returns where it is from, or why it was not known. */
    public String getDetail() {
        return Visible.of(isKnown() ? signal.source() : signal.unknown());
    }
}
