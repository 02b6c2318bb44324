package io.jenkins.plugins.changegate.config;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.Permission;
import java.util.logging.Logger;

/** Makes the permissions known before any authorisation strategy is loaded that may name them. */
public final class PermissionsLoader {

    private static final Logger LOGGER = Logger.getLogger(PermissionsLoader.class.getName());

    private PermissionsLoader() {}

    /** Called by Jenkins while it starts. */
    @Initializer(after = InitMilestone.PLUGINS_PREPARED, before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void load() {
        for (Permission permission : ChangePermissions.GROUP.getPermissions()) {
            LOGGER.fine(() -> "Permission " + permission.getId());
        }
    }
}
