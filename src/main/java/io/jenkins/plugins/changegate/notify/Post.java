package io.jenkins.plugins.changegate.notify;

import hudson.Util;
import hudson.tasks.Mailer;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.JenkinsLocationConfiguration;
import jenkins.plugins.mailer.tasks.MimeMessageBuilder;

/** Sends mail by the mail server that Jenkins is configured with. */
final class Post {

    private static final Logger LOGGER = Logger.getLogger(Post.class.getName());
    private static final String CHARSET = StandardCharsets.UTF_8.name();

    /** What core says for an administrator's address that was never set, in every language. */
    private static final String NOT_SET = "nobody@nowhere";

    private Post() {}

    /** Whether Jenkins knows a mail server, and by whose name to write. */
    static boolean isPossible() {
        return Util.fixEmptyAndTrim(Mailer.descriptor().getSmtpHost()) != null
                && !JenkinsLocationConfiguration.get().getAdminAddress().contains(NOT_SET);
    }

    /**
     * Sends a mail to one person. Waits for the mail server, up to the timeouts that the mailer plugin sets; a failure
     * is logged.
     */
    static void send(String address, MailText text) {
        try {
            MimeMessage message = new MimeMessageBuilder()
                    .setCharset(CHARSET)
                    .addRecipients(address)
                    .buildMimeMessage();
            if (message.getAllRecipients() == null) {
                LOGGER.log(Level.FINE, "Not an address that mail can be sent to: {0}", address);
                return;
            }
            message.setSubject(text.subject(), CHARSET);
            message.setText(text.body(), CHARSET);
            // Keeps those who are away from answering by machine.
            message.setHeader("Auto-Submitted", "auto-generated");
            Transport.send(message);
        } catch (MessagingException | UnsupportedEncodingException e) {
            LOGGER.log(Level.WARNING, e, () -> "A mail could not be sent: " + text.subject());
        }
    }
}
