package io.jenkins.plugins.changegate.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import jenkins.model.Jenkins;

/**
 * The policies of the folders that a job is in, also of multibranch projects and organization folders. What applies is
 * kept apart from the folders' own settings, which anybody changes who may configure the folder: see
 * {@link FolderPolicyGuard}. Left out where the plugin for folders is missing. Thread-safe.
 */
@Extension(optional = true)
public class FolderPolicies implements PolicyLayer {

    private final PolicyReader reader = new PolicyReader();

    /** By folder; a folder that is gone is forgotten. */
    private final Map<AbstractFolder<?>, String> accepted = Collections.synchronizedMap(new WeakHashMap<>());

    /** What the texts were read as: reading compiles every condition. */
    private final Map<AbstractFolder<?>, Policy> read = Collections.synchronizedMap(new WeakHashMap<>());

    static FolderPolicies get() {
        return ExtensionList.lookupSingleton(FolderPolicies.class);
    }

    /** Returns the policy of a folder that was set by somebody who may; empty if there is none. */
    String accepted(AbstractFolder<?> folder) {
        return accepted.getOrDefault(folder, "");
    }

    /** Makes a text the policy of a folder. */
    void accept(AbstractFolder<?> folder, String text) {
        accepted.put(folder, text);
    }

    @Override
    public Policies of(Job<?, ?> job) {
        List<Policy> policies = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        for (ItemGroup<?> group = job.getParent();
                group instanceof AbstractFolder<?> folder;
                group = folder.getParent()) {
            try {
                if (!accepted(folder).isBlank()) {
                    policies.add(read(folder, accepted(folder)));
                }
            } catch (PolicyException e) {
                gaps.add(new Gap(
                        Gap.Kind.POLICY_UNREADABLE,
                        "The policy of the folder " + folder.getFullName() + " cannot be read: " + e.brief()));
            }
        }
        return new Policies(policies, gaps);
    }

    @Override
    public List<Policy> visible() {
        List<AbstractFolder<?>> folders;
        synchronized (accepted) {
            folders = List.copyOf(accepted.keySet());
        }
        List<Policy> policies = new ArrayList<>();
        for (AbstractFolder<?> folder : folders) {
            if (!accepted(folder).isBlank() && isVisible(folder)) {
                try {
                    policies.add(read(folder, accepted(folder)));
                } catch (PolicyException e) {
                    // Whoever has a change below is told.
                    continue;
                }
            }
        }
        return policies;
    }

    private static boolean isVisible(AbstractFolder<?> folder) {
        for (ItemGroup<?> group = folder; group instanceof AbstractFolder<?> around; group = around.getParent()) {
            if (!around.hasPermission(Item.READ)) {
                return false;
            }
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            // One that was deleted is still known for a while.
            return Jenkins.get().getItemByFullName(folder.getFullName()) == folder;
        }
    }

    private Policy read(AbstractFolder<?> folder, String text) throws PolicyException {
        Policy last = read.get(folder);
        // A folder that was moved is another layer.
        if (last == null || !last.text().equals(text) || !last.layer().equals(layer(folder))) {
            last = reader.readWithoutRepository(layer(folder), source(folder), text);
            read.put(folder, last);
        }
        return last;
    }

    /** Returns the layer of a folder; of one that is just being made, the highest that there could be. */
    static Layer layer(AbstractFolder<?> folder) {
        return Layer.ofFolder(folder == null ? "new" : folder.getFullName());
    }

    /** Returns how a folder's policy is called in messages. */
    static String source(AbstractFolder<?> folder) {
        return folder == null ? "folder policy" : "policy of the folder " + folder.getFullName();
    }
}
