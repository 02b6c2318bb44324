package io.jenkins.plugins.changegate.notify;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeListener;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
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
        try {
            for (Undelivered.Delivery delivery : undelivered.all()) {
                resume(delivery);
            }
            resumed = true;
        } catch (StoreException e) {
            LOGGER.log(Level.FINE, "What webhooks were not told of is told when the store is back", e);
        }
    }

    private void resume(Undelivered.Delivery delivery) throws StoreException {
        Optional<Webhook> webhook = ChangeGateNotifications.get().getWebhooks().stream()
                .filter(each -> each.key().equals(delivery.webhook()))
                .findFirst();
        Optional<ChangeRecord> record = webhook.isEmpty()
                ? Optional.empty()
                : ChangeRecords.get()
                        .store()
                        .find(delivery.number())
                        .filter(found -> found.version() >= delivery.version());
        if (record.isEmpty()) {
            // Nobody is to be told any more, or there is nothing to tell.
            undelivered.remove(delivery);
            return;
        }
        List<ChangeEvent> until = record.get().history().subList(0, delivery.version());
        sender.send(webhook.get(), News.of(new ChangeRecord(delivery.number(), until)), delivery.id());
    }

    /** For tests, which cannot wait that long. */
    void setPace(Duration backoff, Duration timeout) {
        sender.setPace(backoff, timeout);
    }
}
