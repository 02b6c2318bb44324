package payments;

import java.math.BigDecimal;
import java.util.Objects;

public record Refund(long payment, BigDecimal amount, String reason) {

    public Refund {
        Objects.requireNonNull(reason, "reason");
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("A refund is more than nothing");
        }
    }
}
