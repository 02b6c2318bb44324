package io.jenkins.plugins.changegate.connect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The service desk API of a Jira, as far as requests need it: paths, parameters, fields, and a workflow of changes. */
final class JiraServer extends SystemServer {

    private static final String REQUESTS = "/rest/servicedeskapi/request";
    /** By status: the transitions that there are, by their numbers, and where they lead. */
    private static final Map<String, Map<String, String>> WORKFLOW = Map.of(
            "Awaiting approval", Map.of("11", "Implementing", "21", "Declined"),
            "Implementing", Map.of("31", "Completed", "41", "Failed"),
            "Declined", Map.of(),
            "Completed", Map.of(),
            "Failed", Map.of());

    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** A request as it is there. */
    static final class Request {
        final String key;
        final JsonNode values;
        final List<String> comments = new CopyOnWriteArrayList<>();
        volatile String status = "Awaiting approval";

        Request(String key, JsonNode values) {
            this.key = key;
            this.values = values;
        }
    }

    JiraServer(int port) throws IOException {
        super(port);
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    Answer answer(Call call) {
        if (!expect(call.path().startsWith(REQUESTS), "no path of the service desk API: " + call.path())) {
            return error(404, "path");
        }
        String[] parts = call.path().substring(REQUESTS.length()).split("/");
        String what = call.method() + " " + (parts.length > 2 ? parts[2] : "");
        Request request = requests.stream()
                .filter(known -> parts.length > 1 && known.key.equals(parts[1]))
                .findFirst()
                .orElse(null);
        if (parts.length > 1 && !expect(request != null, "no request " + parts[1])) {
            return error(404, "request");
        }
        return switch (what) {
            case "GET " -> list(call.query());
            case "POST " -> create(call.body());
            case "GET comment" -> page(texts(request.comments));
            case "POST comment" -> comment(request, call.body());
            case "GET transition" -> page(transitions(request));
            case "POST transition" -> transition(request, call.body());
            default -> error(405, "method");
        };
    }

    private Answer list(Map<String, String> query) {
        expect(
                Set.of("searchTerm", "requestOwnership", "serviceDeskId", "requestTypeId", "limit", "start")
                                .containsAll(query.keySet())
                        && Set.of("OWNED_REQUESTS", "PARTICIPATED_REQUESTS", "ALL_REQUESTS")
                                .contains(query.get("requestOwnership")),
                "parameters " + query);
        List<ObjectNode> found = new ArrayList<>();
        for (Request request : requests) {
            if (request.values.path("summary").asString("").contains(query.get("searchTerm"))) {
                found.add(show(request));
            }
        }
        return page(found);
    }

    private Answer create(JsonNode sent) {
        JsonNode values = sent.path("requestFieldValues");
        boolean whole = expect(
                        sent.path("serviceDeskId").asString("").equals("3")
                                && sent.path("requestTypeId").asString("").equals("25")
                                && sent.size() == 3,
                        "fields " + sent)
                & expect(
                        values.path("summary").isString()
                                && values.path("summary").asString().length() <= 255
                                && !values.path("summary").asString().contains("\n"),
                        "summary")
                & expect(values.path("description").isString() && values.size() == 2, "values");
        if (!whole) {
            return error(400, "fields");
        }
        Request request = new Request("OPS-" + (requests.size() + 1), values);
        requests.add(request);
        return new Answer(201, show(request));
    }

    private ObjectNode show(Request request) {
        ObjectNode shown = mapper.createObjectNode();
        shown.put("issueId", "1000");
        shown.put("issueKey", request.key);
        ArrayNode fields = shown.putArray("requestFieldValues");
        for (String name : request.values.propertyNames()) {
            fields.addObject().put("fieldId", name).set("value", request.values.get(name));
        }
        shown.putObject("currentStatus").put("status", request.status);
        return shown;
    }

    private List<ObjectNode> texts(List<String> comments) {
        return comments.stream()
                .map(text -> mapper.createObjectNode().put("body", text).put("public", true))
                .toList();
    }

    private List<ObjectNode> transitions(Request request) {
        return WORKFLOW.get(request.status).entrySet().stream()
                .map(way -> mapper.createObjectNode().put("id", way.getKey()).put("name", way.getValue()))
                .toList();
    }

    private Answer comment(Request request, JsonNode sent) {
        if (!expect(sent.path("body").isString() && sent.path("public").isBoolean() && sent.size() == 2, "comment")) {
            return error(400, "comment");
        }
        request.comments.add(sent.get("body").asString());
        return new Answer(201, mapper.createObjectNode().put("id", "1"));
    }

    private Answer transition(Request request, JsonNode sent) {
        String to = WORKFLOW.get(request.status).get(sent.path("id").asString(""));
        if (!expect(
                to != null && sent.path("additionalComment").path("body").isString() && sent.size() == 2,
                "transition " + sent + " in " + request.status)) {
            return error(400, "transition");
        }
        request.status = to;
        request.comments.add(sent.path("additionalComment").path("body").asString());
        return new Answer(204, null);
    }

    private Answer page(List<ObjectNode> values) {
        ObjectNode page = mapper.createObjectNode();
        page.put("size", values.size()).put("start", 0).put("limit", 100).put("isLastPage", true);
        page.putArray("values").addAll(values);
        return new Answer(200, page);
    }
}
