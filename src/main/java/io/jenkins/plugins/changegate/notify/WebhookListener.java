package io.jenkins.plugins.changegate.notify;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells every webhook of every event; after a restart, of those that it was not told of before. */
@Extension
public class WebhookListener implements ChangeListener {

    private static final Logger LOGGER = Logger.getLogger(WebhookListener.class.getName());
    private static final int OUTSTANDING = 1000;

    private final Undelivered undelivered =
            new Undelivered(Jenkins.get().getRootDir().toPath().resolve("change-gate/deliveries"));
    private final WebhookSender sender = new WebhookSender(undelivered, OUTSTANDING);
    private boolean resumed;

    /** Begins when Jenkins has started. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static final class Start extends ItemListener {

        @Override
        public void onLoaded() {
            GateThreads.deliveries()
                    .execute(() ->
                            ExtensionList.lookupSingleton(WebhookListener.class).resume());
        }
    }

    @Override
    public void onChange(ChangeRecord record, ChangeEvent event) {
        // If the store could not be read when Jenkins started, it can now.
        resume();
        List<Webhook> webhooks = ChangeGateNotifications.get().getWebhooks();
        if (!webhooks.isEmpty()) {
            News news = News.of(record);
            webhooks.forEach(webhook -> sender.send(webhook, news));
        }
    }

    private synchronized void resume() {
        if (resumed) {
            return;
        }
        Map<String, Webhook> webhooks = ChangeGateNotifications.get().getWebhooks().stream()
                .collect(Collectors.toMap(Webhook::key, Function.identity(), (one, same) -> one));
        try {
            undelivered.resume(
                    webhooks::containsKey,
                    (delivery, then, now) -> sender.send(webhooks.get(delivery.to()), News.of(then), delivery.id()));
            resumed = true;
        } catch (StoreException e) {
            LOGGER.log(Level.FINE, "What webhooks were not told of is told when the store is back", e);
        }
    }

    /** For tests, which cannot wait that long. */
    void setPace(Duration backoff, Duration timeout) {
        sender.setPace(backoff, timeout);
    }
}
