package io.jenkins.plugins.changegate.people;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who is told that a change waits. */
@WithJenkins
class AudienceTest {

    private static final List<String> PEOPLE =
            List.of("dev", "lead", "lead2", "manager", "other", "approver", "blind", "admin");

    private TestRealm realm;
    private FreeStyleProject job;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        realm = new TestRealm()
                .with("dev", "team-leads")
                .with("lead", "team-leads")
                .with("lead2", "team-leads")
                .with("blind", "team-leads")
                .with("manager", "change-managers")
                .with("other")
                .with("approver")
                .with("admin")
                .with("never-came", "team-leads");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("dev", "lead", "lead2", "manager", "other", "approver")
                .grant(ChangePermissions.APPROVE)
                .everywhere()
                .to("approver")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        job = jenkins.createFreeStyleProject("shop");
        PEOPLE.forEach(AudienceTest::user);
        // Seen in a change log only.
        user("ghost");
    }

    private static User user(String id) {
        return Objects.requireNonNull(User.getById(id, true));
    }

    private List<String> told(ChangeRecord record) {
        return Audience.of(record, job).stream().map(User::getId).toList();
    }

    private static void absent(String id, String deputy) throws Exception {
        user(id).addProperty(new Absence("2020-01-01", "", deputy));
    }

    private static ChangeRecord leadsThenManagers(Person... authors) {
        return Changes.needing(List.of(authors), Changes.oneOf(1, "team-leads"), Changes.oneOf(2, "change-managers"));
    }

    private static ChangeRecord approvedBy(String voter, ChangeRecord record) {
        return Changes.after(record, new ChangeEvent.Approved(Instant.now(), new Vote(voter, voter, Set.of(0))));
    }

    @Test
    void thoseWhoseTurnItIsAndNobodyWhoMayNotApproveOrSee() {
        ChangeRecord record = leadsThenManagers();
        int users = User.getAll().size();
        assertThat(told(record)).as("dev started it, blind may not see it").containsExactlyInAnyOrder("lead", "lead2");
        assertThat(told(leadsThenManagers(new Person("lead", "lead@example.org"))))
                .containsExactly("lead2");
        assertThat(told(approvedBy("lead", record))).as("the next stage").containsExactly("manager");
        assertThat(User.getAll()).as("none is made").hasSize(users);
    }

    @Test
    void nobodyOnceItIsDecided() {
        assertThat(told(Changes.after(
                        leadsThenManagers(),
                        new ChangeEvent.Decided(Instant.now(), Decision.REJECTED, "lead", "Rejected."))))
                .isEmpty();
    }

    @Test
    void onlyThoseWhoBringItFurther() {
        ChangeRecord record = Changes.needing(
                List.of(), Changes.oneOf(1, "team-leads"), Changes.oneOf(1, "change-managers"), Changes.user("other"));
        assertThat(told(record)).containsExactlyInAnyOrder("lead", "lead2", "manager", "other");
        assertThat(told(approvedBy("lead", record)))
                .as("a second lead would be of no use")
                .containsExactlyInAnyOrder("manager", "other");
    }

    @Test
    void aVoteForWhatIsMetIsOfUseIfItSetsAnotherFree() {
        Requirement either = new Requirement(
                1,
                "either",
                Set.of(new Principal(Principal.Kind.USER, "lead"), new Principal(Principal.Kind.USER, "other")));
        ChangeRecord record = Changes.needing(List.of(), either, Changes.user("lead"));
        ChangeRecord half =
                Changes.after(record, new ChangeEvent.Approved(Instant.now(), new Vote("lead", "lead", Set.of(0, 1))));
        assertThat(told(half)).containsExactly("other");
    }

    @Test
    void holdersOfThePermissionWhereNobodyIsNamed() {
        assertThat(told(Changes.needing(List.of(), Requirement.ONE_APPROVER)))
                .as("an administrator is none")
                .containsExactly("approver");
    }

    @Test
    void deputiesInTheAbsentOnesPlace() throws Exception {
        absent("lead", "other");
        assertThat(told(leadsThenManagers())).containsExactlyInAnyOrder("other", "lead2");
        assertThat(told(approvedBy("other", leadsThenManagers()))).containsExactly("manager");
        absent("lead2", "other");
        assertThat(told(leadsThenManagers())).containsExactly("other");
        assertThat(told(leadsThenManagers(new Person("other", ""))))
                .as("a deputy who may not")
                .containsExactlyInAnyOrder("lead", "lead2");
        assertThat(told(leadsThenManagers(new Person("lead", ""), new Person("lead2", ""))))
                .as("deputies of those who may not")
                .isEmpty();
        user("lead").addProperty(new Absence("2020-01-01", "2020-01-02", "other"));
        assertThat(told(leadsThenManagers())).containsExactlyInAnyOrder("lead", "other");
    }

    @Test
    void anAbsentOneWhoseDeputyCannotSeeOrIsNotThere() throws Exception {
        absent("lead", "blind");
        absent("lead2", "gone");
        absent("manager", "");
        assertThat(told(leadsThenManagers())).containsExactlyInAnyOrder("lead", "lead2");
        assertThat(told(approvedBy("lead", leadsThenManagers()))).containsExactly("manager");
        absent("blind", "other");
        assertThat(told(leadsThenManagers()))
                .as("the deputy sees what the absent one does not")
                .containsExactlyInAnyOrder("lead", "lead2", "other");
    }

    @Test
    void aNamedUserWhoIsAbsent() throws Exception {
        absent("lead", "other");
        assertThat(told(Changes.needing(List.of(), Changes.user("LEAD")))).containsExactly("other");
    }

    @Test
    void aRealmThatBreaksDownAboutSomebodyHidesNobodyElse() {
        realm.breakingDownAbout("lead");
        assertThat(told(leadsThenManagers())).containsExactly("lead2");
    }

    @Test
    void manyUsersAreLookedAtNamedOnesFirst() {
        for (int i = 0; i < Audience.LIMIT + 10; i++) {
            user("a" + i);
        }
        Requirement named = new Requirement(
                1,
                "somebody",
                Set.of(new Principal(Principal.Kind.USER, "other"), new Principal(Principal.Kind.GROUP, "team-leads")));
        ChangeRecord record = Changes.needing(List.of(), named);
        assertThat(told(record)).as("leads come after all the others").containsExactly("other");
        realm.tellingMembers();
        assertThat(told(record)).containsExactlyInAnyOrder("other", "lead", "lead2");
        assertThat(User.getById("never-came", false)).isNull();
    }
}
