package io.jenkins.plugins.changegate.signal;

import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.condition.Signal;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Knows facts from outside of a change that rules can ask about: test results, coverage, findings of scanners, open
 * incidents, an error budget. For plugins to implement.
 *
 * <p>A source is asked only for signals that a rule asks about, and for those that it names as {@linkplain #evidence
 * evidence} itself, once for each change, when the change is judged. It is
 * called by several threads at once, as the system, and may wait for others, but all signals of a change together are
 * waited for 30 seconds at most; then the thread is interrupted. What a source does not know is not known: the rule
 * cannot be decided and people are asked. A source must therefore never answer with a guess or a default.
 *
 * <p>If several sources give a signal, the one with the highest {@linkplain hudson.Extension#ordinal() ordinal} is asked
 * and no other. Signals named {@code claimed.} and more are what the pipeline says, and no source is asked for them.
 */
public interface SignalSource extends ExtensionPoint {

    /**
     * Whether a signal is this source's matter. Answers at once, whether or not the signal is known for any change.
     *
     * @param name the name by which a rule asks; anybody who can write a policy can write any text here
     */
    boolean gives(String name);

    /**
     * Returns which signals of a change are recorded as evidence, whether or not a rule asks about them: they tell people
     * about it, and later tell what a rule would have made of it. At most 100 are. Answers at once, without asking anybody,
     * and best names only what is likely to be known. What is not known all the same is recorded as not known, and as long
     * as no rule asks about it nobody is asked for that.
     *
     * @param request for which change
     * @return names that it {@linkplain #gives gives}; none unless it is overridden
     */
    default Set<String> evidence(Request request) {
        return Set.of();
    }

    /**
     * Returns a signal; empty if it is not known. Whatever is thrown means that it is not known, too.
     *
     * @param name a name that it {@linkplain #gives gives}
     * @param request for which change
     * @throws UnknownSignalException if it is not known, with the reason, which people are shown
     * @throws IOException if it cannot be found out; people are shown that, but not the message
     * @throws InterruptedException if the time is up
     */
    Optional<Signal> find(String name, Request request)
            throws UnknownSignalException, IOException, InterruptedException;

    /**
     * The change that a signal is wanted for. Service and environment are what the pipeline says, so take them for
     * hostile.
     *
     * @param run the build that stands before the gate
     * @param service what is deployed
     * @param environment where to
     * @param head full object name of the commit about to be deployed; empty if not known
     * @param delta what changes; {@code null} if not known. Names of files and words of commits are the authors', so take
     *     them for hostile, too
     */
    record Request(Run<?, ?> run, String service, String environment, String head, Delta delta) {
        public Request {
            Objects.requireNonNull(service, "service");
            Objects.requireNonNull(environment, "environment");
            Objects.requireNonNull(head, "head");
        }
    }
}
