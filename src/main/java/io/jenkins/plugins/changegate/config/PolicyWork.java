package io.jenkins.plugins.changegate.config;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/** Reads the organisation's policy again, every five minutes, if it is in a repository. */
@Extension
public class PolicyWork extends AsyncPeriodicWork {

    private static final long MINUTES = 5;

    public PolicyWork() {
        super("Change Gate policy");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(MINUTES);
    }

    @Override
    public long getInitialDelay() {
        return 0;
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) throws InterruptedException {
        ChangeGateConfiguration.get().refresh();
    }
}
