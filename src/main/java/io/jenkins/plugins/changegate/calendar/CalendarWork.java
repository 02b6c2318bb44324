package io.jenkins.plugins.changegate.calendar;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/** Reads the calendars that policies name by their addresses again, every five minutes. */
@Extension
public class CalendarWork extends AsyncPeriodicWork {

    public CalendarWork() {
        super("Change Gate calendars");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(Feed.PERIOD.toMinutes());
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
    protected void execute(TaskListener listener) {
        // Whatever is in force above the repositories is asked for, and so known.
        ChangeGateConfiguration.get().visiblePolicies();
        ExtensionList.lookupSingleton(CalendarFeeds.class).refreshAll();
    }
}
