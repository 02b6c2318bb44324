package io.jenkins.plugins.changegate.connect;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.changegate.connect.CallException.Kind;
import io.jenkins.plugins.changegate.engine.record.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps changes as requests of a Jira Service Management, cloud or data centre, by its service desk API. Each step of a
 * change is a comment that begins with the step's own name, by which it is known whether it was taken already; a
 * transition goes with it if the workflow offers the one that is configured.
 */
public final class JiraServiceManagement extends ChangeSystem {

    private static final String REQUESTS = "/rest/servicedeskapi/request";
    private static final int PAGE = 100;
    private static final int PAGES = 10;
    private static final Pattern KEY = Pattern.compile("[A-Z][A-Z0-9_]{0,99}-[0-9]{1,12}");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final String serviceDeskId;
    private final String requestTypeId;
    private String allowTransition = "Implementing";
    private String declineTransition = "Declined";
    private String completeTransition = "Completed";
    private String failTransition = "Failed";

    /**
     * @param serviceDeskId the number of the service desk
     * @param requestTypeId the number of the type that requests are of
     * @throws IllegalArgumentException if one of them is no number
     */
    @DataBoundConstructor
    public JiraServiceManagement(String url, String credentialsId, String serviceDeskId, String requestTypeId) {
        super(address(url), credentialsId);
        this.serviceDeskId = number(serviceDeskId);
        this.requestTypeId = number(requestTypeId);
    }

    private static String number(String written) {
        String trimmed = Util.fixNull(written).trim();
        if (!ID.matcher(trimmed).matches()) {
            throw new IllegalArgumentException(Messages.JiraServiceManagement_noNumber());
        }
        return trimmed;
    }

    public String getServiceDeskId() {
        return serviceDeskId;
    }

    public String getRequestTypeId() {
        return requestTypeId;
    }

    /** Returns the transition of a change that may be deployed; empty for none. */
    public String getAllowTransition() {
        return Util.fixNull(allowTransition);
    }

    @DataBoundSetter
    public void setAllowTransition(String name) {
        this.allowTransition = Util.fixNull(name).trim();
    }

    /** Returns the transition of a change that may not; empty for none. */
    public String getDeclineTransition() {
        return Util.fixNull(declineTransition);
    }

    @DataBoundSetter
    public void setDeclineTransition(String name) {
        this.declineTransition = Util.fixNull(name).trim();
    }

    /** Returns the transition of one that was deployed well; empty for none. */
    public String getCompleteTransition() {
        return Util.fixNull(completeTransition);
    }

    @DataBoundSetter
    public void setCompleteTransition(String name) {
        this.completeTransition = Util.fixNull(name).trim();
    }

    /** Returns the transition of one whose deployment was unsuccessful; empty for none. */
    public String getFailTransition() {
        return Util.fixNull(failTransition);
    }

    @DataBoundSetter
    public void setFailTransition(String name) {
        this.failTransition = Util.fixNull(name).trim();
    }

    @Override
    public Link keep(KeptChange change, Calls calls) throws CallException, InterruptedException {
        Optional<Link> known = change.link(getUrl());
        String key = known.isPresent() ? known.get().key() : findOrCreate(change, calls);
        if (!KEY.matcher(key).matches()) {
            throw new CallException(Kind.UNAVAILABLE, "what came is no request");
        }
        List<JiraStep> steps = JiraStep.of(change.record(), this);
        if (!steps.isEmpty()) {
            List<String> comments = comments(key, calls);
            for (JiraStep step : steps) {
                if (comments.stream().noneMatch(step::isSaidBy)) {
                    take(key, step, calls);
                }
            }
        }
        return new Link(Link.Kind.CHANGE_REQUEST, key, getUrl() + "/browse/" + key);
    }

    private String findOrCreate(KeptChange change, Calls calls) throws CallException, InterruptedException {
        String summary = JiraStep.summary(change);
        String search = REQUESTS + "?searchTerm=" + change.record().id() + "&requestOwnership=OWNED_REQUESTS"
                + "&serviceDeskId=" + serviceDeskId + "&requestTypeId=" + requestTypeId + "&limit=" + PAGE + "&start=";
        for (JsonNode request : all(search, calls)) {
            for (JsonNode field : request.path("requestFieldValues")) {
                if (field.path("fieldId").asString("").equals("summary")
                        && field.path("value").asString("").equals(summary)) {
                    return request.path("issueKey").asString("");
                }
            }
        }
        ObjectNode body = calls.object();
        body.put("serviceDeskId", serviceDeskId);
        body.put("requestTypeId", requestTypeId);
        ObjectNode values = body.putObject("requestFieldValues");
        values.put("summary", summary);
        values.put("description", JiraStep.description(change));
        return calls.post(REQUESTS, body).path("issueKey").asString("");
    }

    private static List<String> comments(String key, Calls calls) throws CallException, InterruptedException {
        return all(REQUESTS + "/" + key + "/comment?limit=" + PAGE + "&start=", calls).stream()
                .map(comment -> comment.path("body").asString(""))
                .toList();
    }

    /** Returns what is on the first pages of a list. */
    private static List<JsonNode> all(String path, Calls calls) throws CallException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        for (int page = 0; page < PAGES; page++) {
            JsonNode answer = calls.get(path + all.size());
            JsonNode values = answer.path("values");
            if (!values.isArray()) {
                throw new CallException(Kind.UNAVAILABLE, "what came is no list");
            }
            values.forEach(all::add);
            if (values.isEmpty() || answer.path("isLastPage").asBoolean(true)) {
                break;
            }
        }
        return all;
    }

    private static void take(String key, JiraStep step, Calls calls) throws CallException, InterruptedException {
        for (JsonNode transition :
                calls.get(REQUESTS + "/" + key + "/transition?limit=" + PAGE).path("values")) {
            String id = transition.path("id").asString("");
            if (transition.path("name").asString("").equalsIgnoreCase(step.transition())
                    && ID.matcher(id).matches()) {
                ObjectNode body = calls.object();
                body.put("id", id);
                body.putObject("additionalComment").put("body", step.comment());
                calls.post(REQUESTS + "/" + key + "/transition", body);
                return;
            }
        }
        ObjectNode body = calls.object();
        body.put("body", step.comment());
        body.put("public", true);
        calls.post(REQUESTS + "/" + key + "/comment", body);
    }

    /** The form. */
    @Extension
    @Symbol("changeGateJira")
    public static class DescriptorImpl extends ChangeSystemDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.JiraServiceManagement_displayName();
        }
    }
}
