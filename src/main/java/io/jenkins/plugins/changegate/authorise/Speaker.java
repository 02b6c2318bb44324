package io.jenkins.plugins.changegate.authorise;

import hudson.model.Job;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.people.Voters;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Who says something of a change after its deployment. */
interface Speaker {

    /** Returns the user's id; empty for a pipeline. */
    String id();

    /** Whether that is somebody to say anything of it. */
    boolean mayClose();

    /** Returns why it is for somebody else to judge the change; empty if it is not. */
    Optional<String> partIn(ChangeRecord record);

    /** A user, as permissions are at this moment. */
    record Person(Authentication user, Job<?, ?> job) implements Speaker {
        @Override
        public String id() {
            return user.getName();
        }

        @Override
        public boolean mayClose() {
            return job.getACL().hasPermission2(user, ChangePermissions.CLOSE);
        }

        @Override
        public Optional<String> partIn(ChangeRecord record) {
            Optional<Voter> voter = Voters.of(user, job);
            if (voter.isEmpty()) {
                return Optional.of("It is not known who you are");
            }
            if (Voters.hasPart(record, voter.get())) {
                return Optional.of("You started or wrote it");
            }
            boolean overrode = record.decided()
                    .filter(decided -> decided.decision() == Decision.OVERRIDDEN)
                    .filter(decided -> Jenkins.get()
                            .getSecurityRealm()
                            .getUserIdStrategy()
                            .equals(decided.by(), voter.get().id()))
                    .isPresent();
            return overrode ? Optional.of("You put it through") : Optional.empty();
        }
    }

    /** A pipeline, which whoever writes the change can write. */
    record Pipeline() implements Speaker {
        @Override
        public String id() {
            return "";
        }

        @Override
        public boolean mayClose() {
            return true;
        }

        @Override
        public Optional<String> partIn(ChangeRecord record) {
            return Optional.of("A pipeline speaks for those who wrote it");
        }
    }
}
