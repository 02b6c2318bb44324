package io.jenkins.plugins.changegate.people;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/** What is read once for many jobs is what would have been read for each. */
@WithJenkins
class VoterByJobTest {

    @Test
    void isTheSameVoterAsIfEachJobWereAskedFor(JenkinsRule jenkins) throws Exception {
        new Gates(jenkins).secured();
        FreeStyleProject one = jenkins.createFreeStyleProject("one");
        FreeStyleProject two = jenkins.createFreeStyleProject("two");
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toEveryone()
                .grant(ChangePermissions.APPROVE)
                .onItems(two)
                .to("lead"));
        Authentication lead = Objects.requireNonNull(User.getById("lead", true)).impersonate2();
        VoterByJob voters = new VoterByJob(lead);
        for (FreeStyleProject job : new FreeStyleProject[] {one, two, one}) {
            assertThat(voters.in(job)).isEqualTo(Voters.of(lead, job)).isPresent();
        }
        assertThat(voters.in(one).map(Voter::approver)).contains(false);
        assertThat(voters.in(two).map(Voter::approver)).contains(true);
        assertThat(new VoterByJob(Jenkins.ANONYMOUS2).in(one)).isEmpty();
        assertThat(new VoterByJob(ACL.SYSTEM2).in(two)).isEmpty();
    }
}
