package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import hudson.security.ACL;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** What somebody can do to a waiting change on a page or by REST. */
enum Act {
    APPROVE,
    REJECT,
    WITHDRAW,
    OVERRIDE;

    private static final Logger LOGGER = Logger.getLogger(Act.class.getName());

    /** Returns its name as it is in addresses. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Does it as the user whose request this is. Whoever may not see the change must not come here.
     *
     * @param comment what the user says; {@code null} for nothing
     */
    Result on(long number, Job<?, ?> job, String comment) {
        Authentication user = Jenkins.getAuthentication2();
        // Browsers send line ends as two characters, but count one when they keep to a limit.
        String said = comment == null ? "" : comment.replace("\r\n", "\n");
        try {
            Authorisation authorisation = new Authorisation(ChangeRecords.get().store(), number, job);
            Authorisation.Answer answer =
                    switch (this) {
                        case APPROVE -> authorisation.approve(user, said);
                        case REJECT -> authorisation.reject(user, said);
                        case WITHDRAW -> authorisation.withdraw(user);
                        case OVERRIDE -> authorisation.override(user, said);
                    };
            ChangeRecord record = answer.record();
            return answer.denied()
                    .map(because -> Result.of(record, refused(authorisation, record, user, said), because))
                    .orElseGet(() -> Result.of(record, HttpServletResponse.SC_OK, done(record)));
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> ChangeRecord.id(number) + " could not be recorded");
            return Result.of(number, HttpServletResponse.SC_SERVICE_UNAVAILABLE, Messages.Act_unrecorded());
        }
    }

    private String done(ChangeRecord record) {
        return record.decided().map(decided -> decided.because()).orElseGet(() -> {
            String missing = String.join(" and ", record.ballot().missing());
            return this == WITHDRAW ? Messages.Act_withdrawn(missing) : Messages.Act_counted(missing);
        });
    }

    /** Tells what kind of refusal it was: whose doing it is that nothing was recorded. */
    private int refused(Authorisation authorisation, ChangeRecord record, Authentication user, String said) {
        if (record.decided().isPresent()) {
            return HttpServletResponse.SC_CONFLICT;
        }
        if (said.length() > Authorisation.COMMENT_LIMIT) {
            return HttpServletResponse.SC_BAD_REQUEST;
        }
        return switch (this) {
            case APPROVE -> hasVoted(record, user) ? HttpServletResponse.SC_CONFLICT : HttpServletResponse.SC_FORBIDDEN;
            case REJECT -> allowed(authorisation.mayReject(record, user));
            case OVERRIDE -> allowed(authorisation.mayOverride(record, user));
            case WITHDRAW ->
                ACL.isAnonymous2(user) ? HttpServletResponse.SC_FORBIDDEN : HttpServletResponse.SC_CONFLICT;
        };
    }

    /** Whoever is allowed was refused for what is missing. */
    private static int allowed(boolean allowed) {
        return allowed ? HttpServletResponse.SC_BAD_REQUEST : HttpServletResponse.SC_FORBIDDEN;
    }

    private static boolean hasVoted(ChangeRecord record, Authentication user) {
        return record.ballot().votes().stream()
                .anyMatch(vote -> same(vote.voter(), user) || same(vote.standsInFor(), user));
    }

    private static boolean same(String id, Authentication user) {
        return Jenkins.get().getSecurityRealm().getUserIdStrategy().equals(id, user.getName());
    }
}
