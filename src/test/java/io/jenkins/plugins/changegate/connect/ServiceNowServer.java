package io.jenkins.plugins.changegate.connect;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Table API of a ServiceNow, as far as change requests need it: the documented paths, parameters, fields, choices
 * and the state model of normal, standard and emergency changes.
 */
final class ServiceNowServer extends SystemServer {

    static final String SERVICE = "a".repeat(32);
    static final String GROUP = "b".repeat(32);

    private static final String TABLE = "/api/now/table/";
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}");
    private static final Pattern SYS_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Set<String> TIMES = Set.of("start_date", "end_date", "work_start", "work_end");
    private static final Set<String> REFERENCES =
            Set.of("business_service", "cmdb_ci", "assignment_group", "chg_model");
    private static final Map<String, Set<String>> CHOICES = Map.of(
            "type", Set.of("normal", "standard", "emergency"),
            "risk", Set.of("2", "3", "4"),
            "state", Set.of("-5", "-4", "-3", "-2", "-1", "0", "3", "4"),
            "approval", Set.of("not requested", "requested", "approved", "rejected"),
            "close_code", Set.of("successful", "successful_issues", "unsuccessful"));
    private static final Map<String, Integer> TEXTS = Map.of(
            "short_description", 160,
            "description", 4000,
            "justification", 4000,
            "correlation_id", 100,
            "correlation_display", 100,
            "work_notes", 4000,
            "close_notes", 4000);
    /** From, to, by type; any state before review can be cancelled. */
    private static final Map<String, List<String>> WAYS = Map.of(
            "normal", List.of("-5,-4", "-4,-3", "-3,-2", "-2,-1", "-1,0", "0,3"),
            "standard", List.of("-5,-2", "-2,-1", "-1,0", "0,3"),
            "emergency", List.of("-5,-3", "-3,-2", "-2,-1", "-1,0", "0,3"));

    private final Map<String, ObjectNode> requests = new ConcurrentHashMap<>();
    private final List<String> states = new CopyOnWriteArrayList<>();
    private final AtomicInteger last = new AtomicInteger();

    ServiceNowServer(int port) throws IOException {
        super(port);
    }

    /** Returns the change requests that there are. */
    List<ObjectNode> requests() {
        return List.copyOf(requests.values());
    }

    /** Returns the states that change requests went to, in order. */
    List<String> states() {
        return List.copyOf(states);
    }

    @Override
    Answer answer(Call call) {
        if (!expect(call.path().startsWith(TABLE), "no path of the Table API: " + call.path())) {
            return error(404, "path");
        }
        String[] parts = call.path().substring(TABLE.length()).split("/");
        return switch (call.method()) {
            case "GET" -> find(parts[0], call.query());
            case "POST" -> create(parts[0], call.body());
            case "PATCH" -> change(parts, call.body());
            default -> error(405, "method");
        };
    }

    private Answer find(String table, Map<String, String> query) {
        expect(
                Set.of("sysparm_query", "sysparm_fields", "sysparm_limit").containsAll(query.keySet()),
                "parameters " + query.keySet());
        ArrayNode result = mapper.createArrayNode();
        switch (table) {
            case "change_request" ->
                requests.values().stream()
                        .filter(request -> matches(request, query.get("sysparm_query")))
                        .limit(Integer.parseInt(query.get("sysparm_limit")))
                        .forEach(result::add);
            case "cmdb_ci_service" -> known(result, query, "shop", SERVICE);
            case "sys_user_group" -> known(result, query, "Change managers", GROUP);
            case "chg_model" -> known(result, query, "", "");
            default -> expect(false, "table " + table);
        }
        ObjectNode body = mapper.createObjectNode();
        body.set("result", result);
        return new Answer(200, body);
    }

    private static void known(ArrayNode result, Map<String, String> query, String name, String id) {
        if (query.get("sysparm_query").equals("name=" + name)) {
            result.addObject().put("sys_id", id).put("name", name);
        }
    }

    /** As a real one does, it passes over conditions of fields that it does not know. */
    private static boolean matches(ObjectNode request, String query) {
        for (String condition : query.split("\\^")) {
            String[] pair = condition.split("=", 2);
            if (pair.length == 2
                    && request.has(pair[0])
                    && !request.path(pair[0]).asString("").equals(pair[1])) {
                return false;
            }
        }
        return true;
    }

    private Answer create(String table, JsonNode sent) {
        expect(table.equals("change_request"), "POST to " + table);
        if (!isWellFormed(sent)) {
            return error(400, "fields");
        }
        boolean whole = expect(sent.has("short_description") && sent.has("type"), "mandatory fields are missing")
                & expect(!sent.has("state"), "a new one is in state New")
                & expect(
                        sent.path("start_date")
                                        .asString("")
                                        .compareTo(sent.path("end_date").asString(""))
                                < 0,
                        "planned end before start");
        if (!whole) {
            return error(400, "fields");
        }
        int number = last.incrementAndGet();
        ObjectNode request = (ObjectNode) sent.deepCopy();
        request.put("sys_id", String.format("%032x", number));
        request.put("number", String.format("CHG%07d", 30_000 + number));
        request.put("state", "-5");
        requests.put(request.get("sys_id").asString(), request);
        return result(201, request);
    }

    private Answer change(String[] parts, JsonNode sent) {
        expect(parts[0].equals("change_request") && parts.length == 2, "PATCH to " + String.join("/", parts));
        ObjectNode request = requests.get(parts[1]);
        if (request == null) {
            return error(404, "No Record found");
        }
        if (!isWellFormed(sent)) {
            return error(400, "fields");
        }
        String from = request.get("state").asString();
        String to = sent.path("state").asString(from);
        if (!to.equals(from)) {
            boolean may = to.equals("4")
                    ? Set.of("-5", "-4", "-3", "-2", "-1").contains(from)
                    : WAYS.get(request.get("type").asString()).contains(from + "," + to);
            if (!expect(may, "from state " + from + " to " + to)) {
                return error(403, "Operation against file 'change_request' was aborted by Business Rule");
            }
            if (to.equals("3")
                    && !expect(sent.has("close_code") && sent.has("close_notes"), "closed without code or notes")) {
                return error(403, "Data Policy Exception");
            }
            states.add(to);
        }
        for (String name : sent.propertyNames()) {
            String value = sent.get(name).asString();
            boolean journal = name.equals("work_notes") && request.has(name);
            request.put(name, journal ? request.get(name).asString() + "\n" + value : value);
        }
        return result(200, request);
    }

    private boolean isWellFormed(JsonNode sent) {
        boolean well = expect(sent.isObject(), "no object");
        for (String name : sent.propertyNames()) {
            JsonNode value = sent.get(name);
            boolean fits = value.isString() && fits(name, value.asString());
            well &= expect(fits, name + "=" + value);
        }
        return well;
    }

    private static boolean fits(String name, String value) {
        if (CHOICES.containsKey(name)) {
            return CHOICES.get(name).contains(value);
        }
        if (TIMES.contains(name)) {
            return TIME.matcher(value).matches();
        }
        if (REFERENCES.contains(name)) {
            return SYS_ID.matcher(value).matches();
        }
        return TEXTS.containsKey(name) && !value.isEmpty() && value.length() <= TEXTS.get(name);
    }

    private Answer result(int status, JsonNode result) {
        ObjectNode body = mapper.createObjectNode();
        body.set("result", result);
        return new Answer(status, body);
    }
}
