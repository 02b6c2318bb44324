package io.jenkins.plugins.changegate.config;

import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;

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

    /** To put a waiting change through without the approvals that policy asks for: recorded, and reviewed afterwards. */
    public static final Permission OVERRIDE =
            new Permission(GROUP, "Override", Messages._ChangePermissions_override(), Jenkins.ADMINISTER, true, SCOPES);

    /**
     * To say afterwards how deployments went, what belongs to them, and that they were reviewed. Whoever may configure
     * the job may; what may be said of a change by those who had a part in it is another matter.
     */
    public static final Permission CLOSE =
            new Permission(GROUP, "Close", Messages._ChangePermissions_close(), Item.CONFIGURE, true, SCOPES);

    /** To write policies, the organisation's or a folder's, without administering the rest of Jenkins. */
    public static final Permission CONFIGURE = new Permission(
            GROUP,
            "Configure",
            Messages._ChangePermissions_configure(),
            Jenkins.ADMINISTER,
            true,
            new PermissionScope[] {PermissionScope.JENKINS, PermissionScope.ITEM_GROUP});

    private ChangePermissions() {}
}
