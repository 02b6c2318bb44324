package io.jenkins.plugins.changegate.engine.terraform;

import io.jenkins.plugins.changegate.engine.terraform.PlannedChange.Action;
import io.jenkins.plugins.changegate.engine.terraform.PlannedChange.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The fields of one entry of a plan that matter; values of attributes are skipped. Not thread-safe. */
final class PlanFields {

    /** The keys of a plan that matter. If one of these is there twice, readers may differ on which one counts. */
    static final Set<String> KNOWN = Set.of(
            "format_version",
            "errored",
            "complete",
            "resource_changes",
            "resource_drift",
            "deferred_changes",
            "output_changes",
            "planned_values");

    private static final Map<List<String>, Action> ACTIONS = Map.ofEntries(
            Map.entry(List.of("no-op"), Action.NONE),
            Map.entry(List.of("read"), Action.READ),
            Map.entry(List.of("create"), Action.CREATE),
            Map.entry(List.of("update"), Action.UPDATE),
            Map.entry(List.of("delete"), Action.DELETE),
            Map.entry(List.of("delete", "create"), Action.REPLACE),
            Map.entry(List.of("create", "delete"), Action.REPLACE),
            Map.entry(List.of("forget"), Action.FORGET),
            // The old object stays, but the service moves to a new one.
            Map.entry(List.of("create", "forget"), Action.REPLACE),
            Map.entry(List.of("forget", "create"), Action.REPLACE));

    /** Longest list of actions, and longest text of a field in characters. */
    private static final int ACTIONS_LIMIT = 4;

    static final int TEXT_LIMIT = 50_000;

    private final Map<String, String> texts = new HashMap<>();
    private List<String> actions;
    private boolean importing;

    private PlanFields() {}

    /** Reads an object, at whose beginning the parser is. */
    static PlanFields of(JsonParser parser) throws IOException {
        PlanFields fields = new PlanFields();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "address", "previous_address", "type", "deposed" -> fields.text(name, text(parser, value, name));
                case "change" -> {
                    fields.once(fields.actions == null, name);
                    PlanReader.expect(value, JsonToken.START_OBJECT, name);
                    fields.change(parser);
                }
                default -> parser.skipChildren();
            }
        }
        return fields;
    }

    /** Reads what happens to an output, at the beginning of whose object the parser is. */
    static PlannedChange output(String name, JsonParser parser) throws IOException {
        PlanFields fields = new PlanFields();
        fields.change(parser);
        return new PlannedChange(Kind.OUTPUT, name, "output", fields.action(), "");
    }

    PlannedChange resource(boolean drift) throws IOException {
        String address = required("address");
        // A part of the path in which rules look for it.
        if (!required("type").matches("[\\w-]+")) {
            throw new IOException("This is no Terraform plan: type has another form");
        }
        Action action = action();
        if (action == Action.NONE && importing) {
            action = Action.IMPORT;
        } else if (action == Action.NONE
                && !texts.getOrDefault("previous_address", address).equals(address)) {
            action = Action.MOVE;
        }
        return new PlannedChange(
                drift ? Kind.DRIFT : Kind.RESOURCE,
                address,
                required("type"),
                action,
                texts.getOrDefault("deposed", ""));
    }

    private void change(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("actions")) {
                once(actions == null, name);
                actions = actions(parser, value);
            } else {
                importing |= name.equals("importing") && value == JsonToken.START_OBJECT;
                parser.skipChildren();
            }
        }
        if (actions == null) {
            throw new IOException("This is no Terraform plan: a change has no actions");
        }
    }

    private static List<String> actions(JsonParser parser, JsonToken value) throws IOException {
        PlanReader.expect(value, JsonToken.START_ARRAY, "actions");
        List<String> actions = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            actions.add(text(parser, token, "actions"));
            if (actions.size() > ACTIONS_LIMIT) {
                break;
            }
        }
        return actions;
    }

    private Action action() throws IOException {
        Action action = actions == null ? null : ACTIONS.get(actions);
        if (action == null) {
            // They are words of Terraform's own, but for in a file that somebody made up.
            throw new IOException("The plan has an action that is not known: " + shown(String.valueOf(actions)));
        }
        return action;
    }

    private static String shown(String text) {
        String plain = text.replaceAll("[^a-z, \\[\\]-]", "?");
        return plain.substring(0, Math.min(plain.length(), 60));
    }

    private void text(String name, String value) throws IOException {
        once(!texts.containsKey(name), name);
        texts.put(name, value);
    }

    private void once(boolean first, String name) throws IOException {
        if (!first) {
            throw new IOException("This is no Terraform plan: '" + name + "' is there twice");
        }
    }

    private String required(String name) throws IOException {
        String value = texts.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IOException("This is no Terraform plan: a change has no " + name);
        }
        return value;
    }

    static String text(JsonParser parser, JsonToken token, String name) throws IOException {
        PlanReader.expect(token, JsonToken.VALUE_STRING, name);
        String text = parser.getString();
        if (text.length() > TEXT_LIMIT) {
            throw new IOException("This is no Terraform plan: " + name + " has another form");
        }
        return text;
    }
}
