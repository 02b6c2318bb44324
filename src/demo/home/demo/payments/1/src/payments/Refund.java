package payments;

import java.math.BigDecimal;

public record Refund(long payment, BigDecimal amount) {

    public Refund {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("A refund is more than nothing");
        }
    }
}
