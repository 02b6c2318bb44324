package io.jenkins.plugins.changegate.step;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.security.HMACConfidentialKey;

/**
 * Draws for the random audit which changes ask although they would pass. What is drawn depends on what runs in the
 * target now, and on a secret of this Jenkins. So neither a retry nor a further commit draws again, and nobody who
 * writes commits can know what will be drawn: the secret is not in the ledger, which others read and export. Of
 * controllers that share a ledger each draws for itself.
 */
final class AuditLot {

    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(AuditLot.class, "audit");

    private AuditLot() {}

    /**
     * Returns a number that is at least 0 and below 1, each as probable.
     *
     * @param base full object name of the commit that runs there now
     */
    static double of(String service, String environment, String base) {
        StringBuilder text = new StringBuilder();
        // With their lengths, so that two different targets never become the same text.
        List.of(service, environment, base)
                .forEach(part -> text.append(part.length()).append(' ').append(part));
        long bits = ByteBuffer.wrap(KEY.mac(text.toString().getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return (bits >>> 11) * 0x1.0p-53;
    }
}
