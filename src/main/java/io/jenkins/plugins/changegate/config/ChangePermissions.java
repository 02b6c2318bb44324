package io.jenkins.plugins.changegate.config;

import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;

/** The permissions of the group <em>Change</em>. */
public final class ChangePermissions {

    public static final PermissionGroup GROUP =
            new PermissionGroup(ChangePermissions.class, Messages._ChangePermissions_group());

    private static final PermissionScope[] SCOPES = {PermissionScope.ITEM, PermissionScope.RUN};

    /** To see changes: what they change, their risk, who decided. Whoever may see the job may. */
    public static final Permission VIEW =
            new Permission(GROUP, "View", Messages._ChangePermissions_view(), Item.READ, true, SCOPES);

    /**
     * To approve where a policy names nobody. Nothing implies it: being an administrator makes nobody an approver.
     */
    public static final Permission APPROVE =
            new Permission(GROUP, "Approve", Messages._ChangePermissions_approve(), null, true, SCOPES);

    private ChangePermissions() {}
}
