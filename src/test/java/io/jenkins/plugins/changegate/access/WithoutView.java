package io.jenkins.plugins.changegate.access;

import hudson.security.ACL;
import hudson.security.AuthorizationStrategy;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import java.util.Collection;
import java.util.List;

/** As another strategy, but nobody sees changes. */
final class WithoutView extends AuthorizationStrategy {
    private final transient AuthorizationStrategy other;

    WithoutView(AuthorizationStrategy other) {
        this.other = other;
    }

    @Override
    public ACL getRootACL() {
        return ACL.lambda2((user, permission) ->
                !permission.equals(ChangePermissions.VIEW) && other.getRootACL().hasPermission2(user, permission));
    }

    @Override
    public Collection<String> getGroups() {
        return List.of();
    }
}
