package io.jenkins.plugins.changegate.step;

import io.jenkins.plugins.changegate.config.GateThreads;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/** Does something again later that the store could not do, in longer and longer intervals. No thread waits. */
final class StoreRetry {

    /** In seconds. */
    private static final int LONGEST = 30;

    private StoreRetry() {}

    /**
     * Has it done on the gate's own threads.
     *
     * @param tries how often it was tried again already
     */
    static void later(int tries, Runnable work) {
        Timer.get().schedule(() -> GateThreads.settlements().execute(work), seconds(tries), TimeUnit.SECONDS);
    }

    /** Returns how long the next try waits, in seconds: 1, 2, 4 and so on. */
    static int seconds(int tries) {
        return Math.min(LONGEST, 1 << Math.min(tries, 10));
    }
}
