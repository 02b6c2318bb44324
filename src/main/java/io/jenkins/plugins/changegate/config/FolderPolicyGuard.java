package io.jenkins.plugins.changegate.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.Saveable;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.SaveableListener;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Puts a folder's policy back that somebody changed, added or took away who may configure the folder, but not its
 * policy: by {@code config.xml}, by the command line, or by making or copying a folder. What had not been accepted never
 * applied; this mends what stands in the file.
 */
@Extension(optional = true)
public class FolderPolicyGuard extends SaveableListener {

    private static final Logger LOGGER = Logger.getLogger(FolderPolicyGuard.class.getName());

    @Override
    public void onChange(Saveable saved, XmlFile file) {
        if (saved instanceof AbstractFolder<?> folder) {
            look(folder);
        }
    }

    private static void look(AbstractFolder<?> folder) {
        FolderPolicies policies = FolderPolicies.get();
        FolderPolicy set = folder.getProperties().get(FolderPolicy.class);
        String text = set == null ? "" : set.getPolicy();
        String accepted = policies.accepted(folder);
        boolean same = text.equals(accepted);
        if (same && (set == null || !set.isStale())) {
            return;
        }
        if (!same && folder.hasPermission(ChangePermissions.CONFIGURE)) {
            policies.accept(folder, text);
            return;
        }
        LOGGER.log(Level.WARNING, "{0} may not set the policy of the folder {1}; it stays as it was", new Object[] {
            Jenkins.getAuthentication2().getName(), folder.getFullName()
        });
        try {
            if (accepted.isEmpty()) {
                folder.getProperties().remove(FolderPolicy.class);
            } else {
                FolderPolicy old = new FolderPolicy(accepted);
                old.setOwner(folder);
                folder.getProperties().replace(old);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The policy of " + folder.getFullName() + " could not be put back");
        }
    }

    /** The same for folders that are made from a text or copied, which nobody saves. */
    @Extension(optional = true)
    public static class Creation extends ItemListener {

        @Override
        public void onCreated(Item item) {
            if (item instanceof AbstractFolder<?> folder) {
                look(folder);
            }
        }

        @Override
        public void onCopied(Item source, Item copy) {
            onCreated(copy);
        }
    }
}
