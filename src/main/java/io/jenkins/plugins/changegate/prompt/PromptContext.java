package io.jenkins.plugins.changegate.prompt;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.Util;
import hudson.model.Result;
import java.io.IOException;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The gate's own context, but for what happens when the prompt is answered: that goes to the gatekeeper, on the
 * answering user's request thread, and not straight to Pipeline.
 */
final class PromptContext extends StepContext {

    private static final long serialVersionUID = 1L;

    private final StepContext gate;
    private final Gatekeeper gatekeeper;

    PromptContext(StepContext gate, Gatekeeper gatekeeper) {
        this.gate = gate;
        this.gatekeeper = gatekeeper;
    }

    @Override
    public void onSuccess(Object result) {
        gatekeeper.approve(Jenkins.getAuthentication2(), comment());
    }

    @Override
    public void onFailure(Throwable cause) {
        gatekeeper.abort(Jenkins.getAuthentication2(), comment());
    }

    /** Input prompts have no room for a comment, but a script that answers one may send it along. */
    private static String comment() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null ? "" : Util.fixNull(request.getParameter("comment"));
    }

    @Override
    public <T> T get(Class<T> key) throws IOException, InterruptedException {
        return gate.get(key);
    }

    @Override
    public boolean isReady() {
        return gate.isReady();
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return gate.saveState();
    }

    @Override
    public void setResult(Result result) {
        gate.setResult(result);
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        return gate.newBodyInvoker();
    }

    @Override
    public boolean hasBody() {
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PromptContext that && gate.equals(that.gate);
    }

    @Override
    public int hashCode() {
        return Objects.hash(PromptContext.class, gate);
    }
}
