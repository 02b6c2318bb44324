package io.jenkins.plugins.changegate.people;

import hudson.model.User;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** Users of this Jenkins who may be absent, in whatever time zone it is. */
final class Absences {

    static final String YESTERDAY = LocalDate.now().minusDays(1).toString();
    static final String TOMORROW = LocalDate.now().plusDays(1).toString();

    private Absences() {}

    /** Makes all users whom the tests' permissions name known to Jenkins. */
    static void users() {
        List.of("dev", "lead", "lead2", "manager", "other", "reader", "approver", "admin")
                .forEach(Absences::user);
    }

    static User user(String id) {
        return Objects.requireNonNull(User.getById(id, true));
    }

    /** Somebody is absent now. */
    static void absent(String id, String deputy) throws Exception {
        user(id).addProperty(new Absence(YESTERDAY, TOMORROW, deputy));
    }
}
