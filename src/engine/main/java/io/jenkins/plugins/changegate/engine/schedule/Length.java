package io.jenkins.plugins.changegate.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;

/**
 * How long something takes: first on the clocks of the wall, then in exact time.
 *
 * @param wall by how much the clocks advance; a day is 24 hours here, however long it is
 * @param exact what passes after that
 */
record Length(Duration wall, Duration exact) {

    static Length ofWall(LocalDateTime from, LocalDateTime to) {
        return new Length(Duration.between(from, to), Duration.ZERO);
    }

    static Length ofExact(Duration exact) {
        return new Length(Duration.ZERO, exact);
    }

    /** Returns when that ends which begins at this local time. */
    Instant end(LocalDateTime begin, WallTime clocks) {
        return clocks.instant(begin.plus(wall)).plus(exact);
    }

    /** Returns a time that it never exceeds, whatever the clocks do meanwhile. */
    Duration longest() {
        return wall.plus(exact).plusHours(WallTime.SLACK_HOURS);
    }

    /** Returns its days, rounded up. */
    long days() {
        return wall.plus(exact).plusDays(1).minusNanos(1).toDays();
    }

    boolean isPositive() {
        Duration sum = wall.plus(exact);
        return !sum.isNegative() && !sum.isZero();
    }
}
