package io.jenkins.plugins.changegate.people;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.User;
import hudson.tasks.Mailer;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.approval.Separation;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Of which authors it is known which user they are. */
@WithJenkins
class AuthorsTest {

    private static final Person STRANGER = new Person("Somebody Strange", "strange@elsewhere.example");

    private static User user(String id, String name, String mail) throws Exception {
        User user = Objects.requireNonNull(User.getById(id, true));
        user.setFullName(name);
        user.addProperty(new Mailer.UserProperty(mail));
        return user;
    }

    private static List<Person> unknown(Person... authors) {
        return unknown(Map.of(), authors);
    }

    private static List<Person> unknown(Map<String, Set<String>> identities, Person... authors) {
        return Authors.unknown(Changes.by(List.of(authors), identities));
    }

    @Test
    void knownByMailIdAndName(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(new TestRealm().with("ada"));
        user("ada", "Ada Author", "a.author@example.org");
        for (Person known : List.of(
                new Person("A.", "A.Author@Example.org"),
                new Person("A.", "ada@anywhere.example"),
                new Person("A.", "4711+Ada@users.noreply.example"),
                new Person("A.", "ada"),
                new Person(" ADA author ", "x@example.org"),
                new Person("ada", ""))) {
            assertThat(unknown(known)).as(known.display()).isEmpty();
        }
        for (Person unknown : List.of(
                STRANGER,
                new Person("", ""),
                new Person("Ada", "4711+adam@users.noreply.example"),
                new Person("Ada A.", "author@example.org"))) {
            // Of "Ada" only the id is a user's.
            boolean expected = !unknown.name().equals("Ada");
            assertThat(unknown(unknown).contains(unknown)).as(unknown.display()).isEqualTo(expected);
        }
    }

    @Test
    void eachIsSaidOnceInTheOrderOfTheRecord(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(new TestRealm().with("ada"));
        user("ada", "Ada Author", "");
        Person second = new Person("B", "b@example.org");
        assertThat(unknown(
                        STRANGER,
                        new Person("Ada Author", "x@y"),
                        new Person(STRANGER.name().toUpperCase(), " " + STRANGER.email() + " "),
                        second,
                        second))
                .containsExactly(STRANGER, second);
        assertThat(unknown()).isEmpty();
    }

    /** Jenkins makes a user of everybody in a change log; who cannot log in is none. */
    @Test
    void usersWhomTheRealmDoesNotKnowAreAuthorsOnly(JenkinsRule jenkins) throws Exception {
        TestRealm realm = new TestRealm().with("ada").breakingDownAbout("bob");
        jenkins.jenkins.setSecurityRealm(realm);
        user("strange", STRANGER.name(), STRANGER.email());
        user("bob", "Bob", "bob@example.org");
        Person bob = new Person("Bob", "bob@example.org");
        assertThat(unknown(STRANGER, bob)).containsExactly(STRANGER, bob);
        realm.with("strange");
        assertThat(unknown(STRANGER, bob)).containsExactly(bob);
    }

    private static List<Person> unknownIfTheOrganisationSays(String identities) {
        ChangeGateConfiguration.get().setPolicy("identities: { " + identities + " }");
        return unknown(STRANGER);
    }

    @Test
    void knownByTheOrganisationsIdentitiesIfThatUserExists(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(new TestRealm().with("ada").with("new"));
        user("ada", "Ada Author", "");
        assertThat(unknownIfTheOrganisationSays("ADA: ['STRANGE@elsewhere.example ']"))
                .isEmpty();
        assertThat(unknownIfTheOrganisationSays("ada: [somebody strange]")).isEmpty();
        assertThat(unknownIfTheOrganisationSays("ada: [else]")).containsExactly(STRANGER);
        assertThat(unknownIfTheOrganisationSays("nobody: [strange@elsewhere.example]"))
                .as("nobody has this id")
                .containsExactly(STRANGER);
        assertThat(unknownIfTheOrganisationSays("new: [strange@elsewhere.example]"))
                .as("has not logged in yet")
                .isEmpty();
        assertThat(User.getById("new", false)).as("not made by asking").isNull();
    }

    @Test
    void aRepositoryCannotMakeItsAuthorsKnown(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(new TestRealm().with("ada"));
        user("ada", "Ada Author", "");
        assertThat(unknown(Map.of("ada", Set.of(STRANGER.email())), STRANGER)).containsExactly(STRANGER);
    }

    @Test
    void knownByADirectory(JenkinsRule jenkins) throws Exception {
        TestRealm realm = new TestRealm();
        jenkins.jenkins.setSecurityRealm(realm);
        user("ada", "Ada Author", "");
        Person listed = new Person("Listed", "listed@example.org");
        assertThat(unknown(listed, STRANGER)).as("there is no ada").containsExactly(listed, STRANGER);
        realm.with("ada");
        assertThat(unknown(listed, STRANGER)).containsExactly(STRANGER);
    }

    /** Says who Listed is. */
    @TestExtension("knownByADirectory")
    public static final class Directory implements AuthorDirectory {
        @Override
        public Optional<String> userOf(Person author) {
            return author.name().equals("Listed") ? Optional.of("ada") : Optional.empty();
        }
    }

    /** The tables must find what the rule finds, whatever people write. */
    @Test
    void agreesWithSeparation(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        // Letters whose upper and lower case are not each other's are among them.
        String[] parts = {"a", "A", "i", "I", "\u0130", "\u0131", "k", "\u212a", "s", "\u017f", "\u00df", "b c", " b c "
        };
        String[] forms = {"%s", "%s@x.org", "7+%s@x.org", " %s@X.org", "@%s", "7+%s", ""};
        Random random = new Random(20261104);
        for (int i = 0; i < 8; i++) {
            user("u" + parts[i], parts[(i * 5) % parts.length], mail(random, parts, forms));
        }
        user("a", "nobody in particular", "");
        user("\u0131", "nobody either", "");
        int found = 0;
        for (int round = 0; round < 3000; round++) {
            Person author = new Person(mail(random, parts, forms), mail(random, parts, forms));
            Map<String, Set<String>> identities = new HashMap<>();
            if (random.nextInt(4) == 0) {
                identities.put(random.nextBoolean() ? "ua" : "U\u0130", Set.of(mail(random, parts, forms)));
            }
            Separation separation = new Separation("", List.of(STRANGER, author), identities);
            List<User> users = new ArrayList<>(User.getAll());
            boolean known = users.stream()
                    .map(user -> new Voter(user.getId(), user.getFullName(), Voters.mail(user), Set.of(), false))
                    .anyMatch(voter -> separation.same(author, voter));
            found += known ? 1 : 0;
            assertThat(Authors.unknown(separation).contains(author))
                    .as(author + " with " + identities)
                    .isEqualTo(!known);
        }
        assertThat(found).isBetween(300, 2700);
    }

    private static String mail(Random random, String[] parts, String[] forms) {
        return forms[random.nextInt(forms.length)].formatted(
                (random.nextBoolean() ? "u" : "") + parts[random.nextInt(parts.length)]);
    }

    @Test
    void manyOfBothAreNoProduct(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(new TestRealm());
        for (int i = 0; i < 10_000; i++) {
            User.getById("user" + i, true);
        }
        List<Person> authors = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            authors.add(new Person("Author " + i, i + "@example.org"));
        }
        ChangeRecord record = Changes.by(authors, Map.of());
        long start = System.nanoTime();
        assertThat(Authors.unknown(record)).hasSize(10_000);
        long millis = (System.nanoTime() - start) / 1_000_000;
        // A product takes minutes.
        assertThat(millis).isLessThan(10_000);
    }
}
