package io.jenkins.plugins.changegate.people;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.User;
import hudson.model.UserProperty;
import hudson.model.UserPropertyDescriptor;
import hudson.model.userproperty.UserPropertyCategory;
import hudson.util.FormValidation;
import java.io.Serial;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import jenkins.model.IdStrategy;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * When a user is absent, and who votes in their place meanwhile. Users set it for themselves, among their preferences.
 * Days are whole days where the user is. Immutable.
 *
 * <p>What is asked here is read anew each time and may be asked on any thread; it needs no permission, since it serves
 * to find out what somebody else may.
 */
public final class Absence extends UserProperty {

    private static final Logger LOGGER = Logger.getLogger(Absence.class.getName());

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final String from;
    private final String until;
    private final String deputy;

    /**
     * @param from the first day, as {@code YYYY-MM-DD}; empty for somebody who is present
     * @param until the last day, likewise; empty if it is not known
     * @param deputy the id of the user who votes meanwhile; empty for nobody
     * @throws IllegalArgumentException if these are no days, or not in this order
     */
    @DataBoundConstructor
    public Absence(String from, String until, String deputy) {
        this.from = Util.fixNull(from).strip();
        this.until = Util.fixNull(until).strip();
        this.deputy = Util.fixNull(deputy).strip();
        wrong(this.from, this.until).ifPresent(because -> {
            throw new IllegalArgumentException(because);
        });
    }

    public String getFrom() {
        return from;
    }

    public String getUntil() {
        return until;
    }

    public String getDeputy() {
        return deputy;
    }

    /** Whoever wrote nonsense into the user's file by hand gives nobody a right by it, and loses nothing else. */
    @Serial
    private Object readResolve() {
        try {
            return new Absence(from, until, deputy);
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "Ignoring an absence: {0}", e.getMessage());
            return new Absence("", "", deputy);
        }
    }

    /** Returns the users who are absent now and have named this one as their deputy. */
    static List<User> representedBy(User deputy) {
        return representedBy(deputy, Instant.now());
    }

    static List<User> representedBy(User deputy, Instant moment) {
        IdStrategy ids = User.idStrategy();
        List<User> represented = new ArrayList<>();
        for (User user : User.getAll()) {
            Absence absence = user.getProperty(Absence.class);
            // Of most users this says no already; what day it is where a user is takes longest to find out.
            if (absence != null
                    && ids.equals(absence.deputy, deputy.getId())
                    && !ids.equals(user.getId(), deputy.getId())
                    && absence.covers(user, moment)) {
                represented.add(user);
            }
        }
        return represented;
    }

    /** Returns by the key of a user's id whom that user represents: {@link #representedBy} for everybody at once. */
    static Map<String, List<User>> byDeputy(Instant moment) {
        IdStrategy ids = User.idStrategy();
        Map<String, List<User>> represented = new HashMap<>();
        for (User user : User.getAll()) {
            deputy(user, moment)
                    .ifPresent(deputy -> represented
                            .computeIfAbsent(ids.keyFor(deputy), key -> new ArrayList<>())
                            .add(user));
        }
        return represented;
    }

    /** Whether a user is absent now. */
    public static boolean isAbsent(User user) {
        return isAbsent(user, Instant.now());
    }

    static boolean isAbsent(User user, Instant moment) {
        Absence absence = user.getProperty(Absence.class);
        return absence != null && absence.covers(user, moment);
    }

    /** Returns who votes in a user's place now; empty if the user is present, or has no deputy whom Jenkins knows. */
    public static Optional<User> deputyOf(User user) {
        return deputyOf(user, Instant.now());
    }

    static Optional<User> deputyOf(User user, Instant moment) {
        return deputy(user, moment).map(id -> User.getById(id, false));
    }

    private static Optional<String> deputy(User user, Instant moment) {
        return Optional.ofNullable(user.getProperty(Absence.class))
                .filter(absence -> !absence.deputy.isEmpty()
                        && !same(absence.deputy, user.getId())
                        && absence.covers(user, moment))
                .map(absence -> absence.deputy);
    }

    private boolean covers(User user, Instant moment) {
        if (from.isEmpty()) {
            return false;
        }
        LocalDate today = LocalDate.ofInstant(moment, UserZone.of(user));
        return !today.isBefore(LocalDate.parse(from)) && (until.isEmpty() || !today.isAfter(LocalDate.parse(until)));
    }

    private static boolean same(String a, String b) {
        return User.idStrategy().equals(a, b);
    }

    /** Returns what is wrong with two days, if something is. */
    private static Optional<String> wrong(String from, String until) {
        return wrongDay(from).or(() -> wrongUntil(from, until));
    }

    private static Optional<String> wrongDay(String text) {
        return text.isEmpty() || day(text).isPresent() ? Optional.empty() : Optional.of(Messages.Absence_noDay(text));
    }

    private static Optional<String> wrongUntil(String from, String until) {
        if (until.isEmpty() || day(until).isEmpty()) {
            return wrongDay(until);
        }
        if (from.isEmpty()) {
            return Optional.of(Messages.Absence_noFrom());
        }
        return day(from)
                .filter(first -> day(until).orElseThrow().isBefore(first))
                .map(first -> Messages.Absence_untilBeforeFrom(until, from));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return DAY.matcher(text).matches() ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Shows and checks a user's absence. */
    @Extension
    @Symbol("changeGateAbsence")
    public static final class DescriptorImpl extends UserPropertyDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.Absence_displayName();
        }

        @NonNull
        @Override
        public UserPropertyCategory getUserPropertyCategory() {
            return UserPropertyCategory.get(UserPropertyCategory.Preferences.class);
        }

        /** Whoever has said nothing is present. */
        @Override
        public UserProperty newInstance(User user) {
            return null;
        }

        @Override
        public Absence newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            String from = form.optString("from").strip();
            String until = form.optString("until").strip();
            String deputy = form.optString("deputy").strip();
            refuse("from", wrongDay(from));
            refuse("until", wrongUntil(from, until));
            User user = request == null ? null : request.findAncestorObject(User.class);
            if (user != null) {
                refuse("deputy", wrongDeputy(user, deputy));
                refuse("deputy", selfService(user, from, until, deputy));
            }
            return new Absence(from, until, deputy);
        }

        private static void refuse(String field, Optional<String> wrong) throws FormException {
            if (wrong.isPresent()) {
                throw new FormException(wrong.get(), field);
            }
        }

        /** Checks the first day while it is being written. */
        @POST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckFrom(@AncestorInPath User user, @QueryParameter String value) {
            return answer(user, () -> wrongDay(Util.fixNull(value).strip()));
        }

        /** Checks the last day while it is being written. */
        @POST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckUntil(
                @AncestorInPath User user, @QueryParameter String value, @QueryParameter String from) {
            return answer(
                    user,
                    () -> wrongUntil(
                            Util.fixNull(from).strip(), Util.fixNull(value).strip()));
        }

        /** Checks the deputy while it is being written. */
        @POST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckDeputy(@AncestorInPath User user, @QueryParameter String value) {
            return answer(user, () -> wrongDeputy(user, Util.fixNull(value).strip()));
        }

        /** Tells only those who could set it: the answer says whether a user exists. */
        private static FormValidation answer(User user, Supplier<Optional<String>> wrong) {
            if (user == null || !user.hasPermission(Jenkins.ADMINISTER)) {
                return FormValidation.ok();
            }
            return wrong.get().map(FormValidation::error).orElseGet(FormValidation::ok);
        }

        private static Optional<String> wrongDeputy(User user, String deputy) {
            if (deputy.isEmpty()) {
                return Optional.empty();
            }
            if (same(deputy, user.getId())) {
                return Optional.of(Messages.Absence_ownDeputy());
            }
            User known = User.isIdOrFullnameAllowed(deputy) ? User.getById(deputy, false) : null;
            // Jenkins also keeps users that it has seen in a change log only.
            return known != null && Voters.account(known).isPresent()
                    ? Optional.empty()
                    : Optional.of(Messages.Absence_unknownDeputy(deputy));
        }

        /** Being an administrator makes nobody an approver, so it must not make somebody an approver's deputy. */
        private static Optional<String> selfService(User user, String from, String until, String deputy) {
            String me = Jenkins.getAuthentication2().getName();
            Absence now = user.getProperty(Absence.class);
            boolean changes =
                    now == null || !now.from.equals(from) || !now.until.equals(until) || !same(now.deputy, deputy);
            return changes && same(me, deputy) && !same(me, user.getId())
                    ? Optional.of(Messages.Absence_selfService(user.getFullName()))
                    : Optional.empty();
        }
    }
}
