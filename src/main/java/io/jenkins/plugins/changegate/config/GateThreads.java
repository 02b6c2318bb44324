package io.jenkins.plugins.changegate.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.security.ImpersonatingExecutorService;

/**
 * The gate's own threads, bounded, so that a thousand gates at once neither make a thousand threads nor hold up
 * Jenkins' timer. No thread waits for a person. Everything runs as the system; who clicked is passed on explicitly.
 */
@Extension
public class GateThreads {

    private static final int ASSESSMENTS = 4;
    private static final int SETTLEMENTS = 4;
    private static final int DELIVERIES = 3;
    private static final int SIGNALS = 4;
    private static final int CONNECTIONS = 2;

    private final ThreadPoolExecutor assessments = pool("Change Gate assessment", ASSESSMENTS);
    private final ThreadPoolExecutor settlements = pool("Change Gate settlement", SETTLEMENTS);

    private final ThreadPoolExecutor events = pool("Change Gate event", 1);
    private final ThreadPoolExecutor deliveries = pool("Change Gate delivery", DELIVERIES);
    private final ThreadPoolExecutor trials = pool("Change Gate trial", 1);
    private final ThreadPoolExecutor signals = pool("Change Gate signal", SIGNALS);
    private final ThreadPoolExecutor connections = pool("Change Gate connection", CONNECTIONS);
    private final ThreadPoolExecutor copies = pool("Change Gate copy", 1);

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Runs what reads a change, which may take as long as git and the agent take. */
    public static ExecutorService assessments() {
        return new ImpersonatingExecutorService(get().assessments, ACL.SYSTEM2);
    }

    /** Runs what only touches the store and the run: opening a prompt, settling, recording an outcome. */
    public static ExecutorService settlements() {
        return new ImpersonatingExecutorService(get().settlements, ACL.SYSTEM2);
    }

    /** Tells listeners what was recorded, in its order; nothing here may wait for the network. */
    public static ExecutorService events() {
        return new ImpersonatingExecutorService(get().events, ACL.SYSTEM2);
    }

    /** Sends mail and the like, which may take as long as the other side takes. */
    public static ExecutorService deliveries() {
        return new ImpersonatingExecutorService(get().deliveries, ACL.SYSTEM2);
    }

    /** Tries drafts of policies, one after the other: that only computes, and is nobody's deployment. */
    public static ExecutorService trials() {
        return new ImpersonatingExecutorService(get().trials, ACL.SYSTEM2);
    }

    /** Asks where signals come from, which may take as long as a judgement waits for them. */
    public static ExecutorService signals() {
        return new ImpersonatingExecutorService(get().signals, ACL.SYSTEM2);
    }

    /** Keeps changes in other systems, which may take as long as these take, and holds up no mail. */
    public static ExecutorService connections() {
        return new ImpersonatingExecutorService(get().connections, ACL.SYSTEM2);
    }

    /** Keeps copies beside builds, and rebuilds a lost store from them: one after the other. */
    public static ExecutorService copies() {
        return new ImpersonatingExecutorService(get().copies, ACL.SYSTEM2);
    }

    private static GateThreads get() {
        return ExtensionList.lookupSingleton(GateThreads.class);
    }

    /** Called by Jenkins when it stops. */
    @Terminator
    public static void stop() {
        ExtensionList.lookup(GateThreads.class).forEach(threads -> {
            threads.assessments.shutdownNow();
            threads.settlements.shutdown();
            threads.events.shutdown();
            threads.deliveries.shutdownNow();
            threads.trials.shutdownNow();
            threads.signals.shutdownNow();
            threads.connections.shutdownNow();
            threads.copies.shutdown();
        });
    }
}
