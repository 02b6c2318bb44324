package io.jenkins.plugins.changegate.notify;

import hudson.Extension;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.ledger.ChangeListener;
import java.time.Duration;
import java.util.List;

/** Tells every webhook of every event. */
@Extension
public class WebhookListener implements ChangeListener {

    private static final int OUTSTANDING = 1000;

    private final WebhookSender sender = new WebhookSender(OUTSTANDING);

    @Override
    public void onChange(ChangeRecord record, ChangeEvent event) {
        List<Webhook> webhooks = ChangeGateNotifications.get().getWebhooks();
        if (!webhooks.isEmpty()) {
            News news = News.of(record);
            webhooks.forEach(webhook -> sender.send(webhook, news));
        }
    }

    /** For tests, which cannot wait that long. */
    void setPace(Duration backoff, Duration timeout) {
        sender.setPace(backoff, timeout);
    }
}
