package io.jenkins.plugins.changegate.signal;

import hudson.Extension;
import hudson.tasks.junit.TestResultAction;
import io.jenkins.plugins.changegate.engine.condition.Signal;
import java.util.Optional;
import java.util.Set;

/**
 * The test results that the build has recorded so far, as the plugin junit has them. Its methods name types of that
 * plugin, so Jenkins leaves it out where that plugin is missing.
 */
@Extension(optional = true)
public class TestResultSource implements SignalSource {

    private static final String TOTAL = "tests.total";
    private static final String FAILED = "tests.failed";
    private static final String SKIPPED = "tests.skipped";
    private static final String PASS_RATE = "tests.passRate";
    private static final Set<String> NAMES = Set.of(TOTAL, FAILED, SKIPPED, PASS_RATE);

    @Override
    public boolean gives(String name) {
        return NAMES.contains(name);
    }

    /** A build without test results is no evidence of anything. */
    @Override
    public Set<String> evidence(Request request) {
        TestResultAction results = request.run().getAction(TestResultAction.class);
        return results == null || results.getTotalCount() <= results.getSkipCount() ? Set.of() : NAMES;
    }

    @Override
    public Optional<Signal> find(String name, Request request) throws UnknownSignalException {
        TestResultAction results = request.run().getAction(TestResultAction.class);
        if (results == null) {
            throw new UnknownSignalException("no test results were recorded in this build");
        }
        return Optional.of(new Signal(value(name, results), "the test results of this build", false));
    }

    /** The share that passed is of those tests that ran: what is skipped tells nothing. */
    public static Object value(String name, TestResultAction results) throws UnknownSignalException {
        int total = results.getTotalCount();
        int failed = results.getFailCount();
        int skipped = results.getSkipCount();
        return switch (name) {
            case TOTAL -> (long) total;
            case FAILED -> (long) failed;
            case SKIPPED -> (long) skipped;
            default -> {
                int ran = total - skipped;
                if (ran <= 0) {
                    throw new UnknownSignalException("no test ran in this build");
                }
                yield (double) (ran - failed) / ran;
            }
        };
    }
}
