package io.jenkins.plugins.changegate.connect;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.changegate.connect.CallException.Kind;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Link;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps changes as {@code change_request}s of a ServiceNow, by its Table API. A change is found again by its {@code
 * correlation_id}, and taken on along the documented states, one by one.
 */
public final class ServiceNow extends ChangeSystem {

    private static final String TABLE = "/api/now/table/";
    private static final String REQUESTS = TABLE + "change_request";
    private static final String FIELDS = "sys_id,number,state,approval,close_code,correlation_id,correlation_display";
    private static final Pattern SYS_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    private String assignmentGroup = "";
    private String changeModel = "";

    @DataBoundConstructor
    public ServiceNow(String url, String credentialsId) {
        super(address(url), credentialsId);
    }

    /** Returns the name of the group that change requests are assigned to; empty for none. */
    public String getAssignmentGroup() {
        return Util.fixNull(assignmentGroup);
    }

    @DataBoundSetter
    public void setAssignmentGroup(String name) {
        this.assignmentGroup = Util.fixNull(name).trim();
    }

    /** Returns the name of the change model that change requests are of; empty for the one ServiceNow chooses. */
    public String getChangeModel() {
        return Util.fixNull(changeModel);
    }

    @DataBoundSetter
    public void setChangeModel(String name) {
        this.changeModel = Util.fixNull(name).trim();
    }

    /** A change request as it is there. */
    private record Request(String sysId, String number, String state, String closeCode) {}

    @Override
    public Link keep(KeptChange change, Calls calls) throws CallException, InterruptedException {
        ServiceNowFields fields = new ServiceNowFields(change);
        Optional<Request> found = find(fields, calls);
        Request request = found.isPresent() ? found.get() : create(change.record(), fields, calls);
        advance(request, change.record(), fields, calls);
        return new Link(
                Link.Kind.CHANGE_REQUEST, request.number(), getUrl() + "/change_request.do?sys_id=" + request.sysId());
    }

    private static Optional<Request> find(ServiceNowFields fields, Calls calls)
            throws CallException, InterruptedException {
        Map<String, String> correlation = fields.correlation();
        String query = "correlation_id=" + correlation.get("correlation_id") + "^correlation_display="
                + correlation.get("correlation_display") + "^ORDERBYsys_created_on";
        JsonNode found = calls.get(REQUESTS + "?sysparm_query=" + Calls.escaped(query) + "&sysparm_fields=" + FIELDS
                        + "&sysparm_limit=1")
                .path("result");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        // ServiceNow passes over parts of a query that it does not know, and then gives any change request at all.
        for (Map.Entry<String, String> field : correlation.entrySet()) {
            if (!text(found.path(0), field.getKey()).equals(field.getValue())) {
                throw new CallException(Kind.REFUSED, "another change request came than was asked for");
            }
        }
        return Optional.of(request(found.path(0)));
    }

    private Request create(ChangeRecord record, ServiceNowFields fields, Calls calls)
            throws CallException, InterruptedException {
        ObjectNode body = calls.object();
        fields.created().forEach(body::put);
        String service = record.opened().judgement().target().service();
        identify("cmdb_ci_service", service, calls).ifPresent(id -> {
            body.put("business_service", id);
            body.put("cmdb_ci", id);
        });
        identify("sys_user_group", getAssignmentGroup(), calls).ifPresent(id -> body.put("assignment_group", id));
        identify("chg_model", getChangeModel(), calls).ifPresent(id -> body.put("chg_model", id));
        return request(calls.post(REQUESTS, body).path("result"));
    }

    /** Returns what another table has by a name; empty if it has nothing. */
    private static Optional<String> identify(String table, String name, Calls calls)
            throws CallException, InterruptedException {
        // A caret would begin another part of the query.
        if (name.isEmpty() || name.contains("^")) {
            return Optional.empty();
        }
        JsonNode found = calls.get(TABLE + table + "?sysparm_query=" + Calls.escaped("name=" + name)
                        + "&sysparm_fields=sys_id,name&sysparm_limit=1")
                .path("result")
                .path(0);
        String id = text(found, "sys_id");
        return SYS_ID.matcher(id).matches() && text(found, "name").equalsIgnoreCase(name)
                ? Optional.of(id)
                : Optional.empty();
    }

    private static void advance(Request request, ChangeRecord record, ServiceNowFields fields, Calls calls)
            throws CallException, InterruptedException {
        Optional<ServiceNowState> known = ServiceNowState.of(request.state());
        if (known.isEmpty()) {
            // Its owner has states of their own, and takes it on from there.
            return;
        }
        ChangeType type = record.opened().judgement().type();
        ServiceNowState there = known.get();
        for (ServiceNowState state : there.way(type, ServiceNowState.of(record))) {
            Request moved = patch(request, fields.entering(state), calls);
            if (!moved.state().equals(state.value())) {
                throw new CallException(
                        Kind.REFUSED,
                        request.number() + " did not go to state "
                                + state.name().toLowerCase(Locale.ROOT));
            }
            there = state;
        }
        boolean ended = there == ServiceNowState.REVIEW || there == ServiceNowState.CLOSED;
        boolean said = known.get() != there
                || record.outcome().isEmpty()
                || request.closeCode().equals(fields.closing().get("close_code"));
        if (ended && !said) {
            patch(request, fields.closing(), calls);
        }
    }

    private static Request patch(Request request, Map<String, String> fields, Calls calls)
            throws CallException, InterruptedException {
        ObjectNode body = calls.object();
        fields.forEach(body::put);
        return request(calls.patch(REQUESTS + "/" + request.sysId(), body).path("result"));
    }

    private static Request request(JsonNode node) throws CallException {
        Request request =
                new Request(text(node, "sys_id"), text(node, "number"), text(node, "state"), text(node, "close_code"));
        if (!SYS_ID.matcher(request.sysId()).matches()
                || !NUMBER.matcher(request.number()).matches()) {
            throw new CallException(Kind.UNAVAILABLE, "what came is no change request");
        }
        return request;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /** The form. */
    @Extension
    @Symbol("changeGateServiceNow")
    public static class DescriptorImpl extends ChangeSystemDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.ServiceNow_displayName();
        }
    }
}
