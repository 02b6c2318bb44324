package io.jenkins.plugins.changegate.view;

import hudson.model.ModelObject;
import hudson.model.Run;
import jakarta.servlet.http.HttpServletResponse;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The page that says why an act on a change had no effect. It has no address: it is only ever an answer. */
@Restricted(NoExternalUse.class)
public final class Refusal implements ModelObject {

    private final ChangePage page;
    private final Act act;
    private final String comment;
    private final Result result;
    private final ClosingView closing;

    Refusal(ChangePage page, Act act, String comment, Result result) {
        this(page, act, comment, result, null);
    }

    /**
     * Nothing was said of a deployment.
     *
     * @param closing with what was written
     */
    Refusal(ChangePage page, Result result, ClosingView closing) {
        this(page, null, "", result, closing);
    }

    private Refusal(ChangePage page, Act act, String comment, Result result, ClosingView closing) {
        this.page = page;
        this.act = act;
        this.comment = comment;
        this.result = result;
        this.closing = closing;
    }

    @Override
    public String getDisplayName() {
        return page.getDisplayName();
    }

    /** Returns the build; the name is what the layout of a build's pages asks for. */
    public Run<?, ?> getObject() {
        return page.getObject();
    }

    public ChangePage getChange() {
        return page;
    }

    public String getMessage() {
        return result.getMessage();
    }

    /** Returns what kind of refusal it is, in a few words. */
    public String getTitle() {
        return switch (result.status()) {
            case HttpServletResponse.SC_BAD_REQUEST -> Messages.Refusal_incomplete();
            case HttpServletResponse.SC_FORBIDDEN -> Messages.Refusal_forbidden();
            case HttpServletResponse.SC_CONFLICT -> Messages.Refusal_late();
            default -> Messages.Refusal_failed();
        };
    }

    /** Whether the user can try again with another comment; what was written is kept. */
    public boolean isCorrectable() {
        return act != null && result.status() == HttpServletResponse.SC_BAD_REQUEST;
    }

    /** Returns the form with what was written after a deployment, to try again; {@code null} if that helps nobody. */
    public ClosingView getClosing() {
        return result.status() == HttpServletResponse.SC_BAD_REQUEST ? closing : null;
    }

    /** Returns what was written for a vote; empty if it was the reason of an override. */
    public String getComment() {
        return act == Act.OVERRIDE ? "" : comment;
    }

    /** Returns what was written as the reason of an override. */
    public String getReason() {
        return act == Act.OVERRIDE ? comment : "";
    }

    public boolean isOverriding() {
        return act == Act.OVERRIDE;
    }
}
