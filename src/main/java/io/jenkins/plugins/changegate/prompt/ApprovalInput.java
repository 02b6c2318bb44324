package io.jenkins.plugins.changegate.prompt;

import hudson.model.Failure;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStep;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.core.Authentication;

/**
 * The input step behind a prompt. It differs from an ordinary one in a single answer: whom it names as submitter.
 *
 * <p>Input asks for that before it writes "Approved by" anywhere, and lets administrators through whatever the answer
 * is. So whoever may not approve is turned away right there, while the request to approve is being handled; everywhere
 * else the answer is the user's own name, or words that are nobody's name.
 */
@ExportedBean(defaultVisibility = 2)
final class ApprovalInput extends InputStep {

    private static final long serialVersionUID = 1L;

    /** The input step's own ways to approve; rejecting is judged when it arrives. */
    private static final Set<String> APPROVE = Set.of("proceed", "proceedEmpty", "submit");

    private final Gatekeeper gatekeeper;
    private final String who;

    /**
     * @param id the prompt's id in URLs
     * @param message what people are asked
     * @param who who is needed, in words
     */
    ApprovalInput(String id, String message, String who, Gatekeeper gatekeeper) {
        super(message);
        this.gatekeeper = gatekeeper;
        // A comma would split it into something that may be somebody's name.
        this.who = who.replace(",", " or");
        setId(id);
        setOk(Messages.ApprovalInput_approve());
        setCancel(Messages.ApprovalInput_reject());
    }

    @Override
    public String getSubmitter() {
        Authentication user = Jenkins.getAuthentication2();
        Optional<String> denied = gatekeeper.denies(user);
        if (denied.isEmpty()) {
            return user.getName();
        }
        if (isApproving()) {
            gatekeeper.turnedAway(user, denied.get());
            throw new Failure(denied.get());
        }
        return who;
    }

    private static boolean isApproving() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        if (request == null) {
            return false;
        }
        String path = request.getRequestURI();
        String action = path.substring(path.lastIndexOf('/') + 1);
        return APPROVE.contains(action) && !(action.equals("submit") && request.getParameter("proceed") == null);
    }

    /** Input looks itself up by its class, and this class has no descriptor of its own. */
    @Override
    public DescriptorImpl getDescriptor() {
        return (DescriptorImpl) Jenkins.get().getDescriptorOrDie(InputStep.class);
    }
}
