package io.jenkins.plugins.changegate.people;

import hudson.model.Descriptor;
import hudson.model.User;
import hudson.util.ReflectionUtils;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Where a user's days begin and end. */
final class UserZone {

    private static final Logger LOGGER = Logger.getLogger(UserZone.class.getName());

    private UserZone() {}

    /** Returns the time zone that a user has set in their preferences, or else the one of this Jenkins. */
    static ZoneId of(User user) {
        // Core lets plugins see the property only as one of many, and tells its value only for the current user.
        Descriptor<?> descriptor = Jenkins.get().getDescriptor("hudson.model.TimeZoneProperty");
        Object property = descriptor == null ? null : user.getProperties().get(descriptor);
        if (property == null) {
            return ZoneId.systemDefault();
        }
        try {
            Object name = ReflectionUtils.getPublicProperty(property, "timeZoneName");
            return name == null || name.toString().isBlank()
                    ? ZoneId.systemDefault()
                    : ZoneId.of(name.toString(), ZoneId.SHORT_IDS);
        } catch (ReflectiveOperationException | IllegalArgumentException | DateTimeException e) {
            LOGGER.log(Level.FINE, e, () -> "No time zone of " + user.getId());
            return ZoneId.systemDefault();
        }
    }
}
