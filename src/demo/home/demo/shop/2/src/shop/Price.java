package shop;

import java.math.BigDecimal;
import java.math.RoundingMode;

public record Price(BigDecimal net, BigDecimal vatPercent) {

    public BigDecimal gross() {
        BigDecimal vat = net.multiply(vatPercent).movePointLeft(2);
        return net.add(vat).setScale(2, RoundingMode.HALF_UP);
    }
}
