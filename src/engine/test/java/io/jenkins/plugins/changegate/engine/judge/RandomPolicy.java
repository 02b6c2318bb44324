package io.jenkins.plugins.changegate.engine.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes random policies that use the whole language; the same ones for the same random numbers. */
final class RandomPolicy {

    private static final List<String> LEVELS = List.of("low", "moderate", "high", "very-high");
    private static final List<String> TIERS = List.of("development", "testing", "staging", "production");
    private static final List<String> NAMES = List.of("leads", "owners", "managers");

    private final Random random;

    RandomPolicy(Random random) {
        this.random = random;
    }

    /**
     * @param delegating whether it lets lower layers do something
     */
    String text(boolean delegating) {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(8) == 0) {
            text.append("mode: ").append(oneOf(List.of("observe", "enforce"))).append('\n');
        }
        text.append("models:\n");
        text.append("  routine: {type: standard, pass-up-to: ")
                .append(oneOf(LEVELS))
                .append(", approved-by: the board, because: It is done daily.");
        if (random.nextInt(4) == 0) {
            text.append(", retired: 2025-12-01");
        }
        text.append("}\n  special: {because: It has its own path., approvals: {low: ")
                .append(requirements())
                .append("}}\n  usual: {because: It is done often., promotion: {after: 3, pass-up-to: ")
                .append(oneOf(LEVELS))
                .append("}}\n");
        text.append("rules:\n");
        for (int n = random.nextInt(5); n > 0; n--) {
            text.append("  - ").append(rule("rule-" + n)).append('\n');
        }
        if (text.toString().endsWith("rules:\n")) {
            text.append("  []\n");
        }
        text.append("environments:\n  unused: {}\n");
        for (String name : RandomChanges.ENVIRONMENTS) {
            if (random.nextBoolean()) {
                text.append("  ")
                        .append(name)
                        .append(": ")
                        .append(environment())
                        .append('\n');
            }
        }
        if (random.nextInt(3) == 0) {
            text.append("identities: {")
                    .append(oneOf(List.of("ada", "bob", "eve")))
                    .append(": [")
                    .append(oneOf(List.of("a@x", "b@x", "Eve")))
                    .append("]}\n");
        }
        if (delegating) {
            text.append("delegates:\n  - ").append(delegation()).append('\n');
        }
        return text.toString();
    }

    private String rule(String name) {
        List<String> keys = new ArrayList<>(List.of("name: " + name, "because: Because."));
        boolean aboutRisk = random.nextInt(6) == 0;
        String when = oneOf(aboutRisk ? RandomChanges.ABOUT_RISK : RandomChanges.CONDITIONS);
        keys.add("when: \"" + when + "\"");
        if (!aboutRisk) {
            keys.add("risk: " + (random.nextInt(4) == 0 ? random.nextInt(201) - 100 : random.nextInt(60) - 20));
            maybe(4, keys, "level: " + oneOf(LEVELS));
            maybe(4, keys, "safe: true");
        }
        maybe(12, keys, "refuse: true");
        maybe(6, keys, "mode: " + oneOf(List.of("observe", "enforce")));
        maybe(6, keys, "require: " + requirements());
        maybe(3, keys, "model: " + oneOf(List.of("routine", "special", "usual")));
        maybe(5, keys, "label: " + oneOf(List.of("audit", "[pci, gdpr]")));
        if (keys.stream().noneMatch(key -> key.startsWith("label"))) {
            keys.add("label: seen");
        }
        return map(keys);
    }

    private String environment() {
        List<String> keys = new ArrayList<>();
        maybe(2, keys, "tier: " + oneOf(TIERS));
        maybe(2, keys, "pass-up-to: " + oneOf(List.of("none", "low", "moderate", "high", "very-high")));
        maybe(8, keys, "mode: " + oneOf(List.of("observe", "enforce")));
        List<String> approvals = new ArrayList<>();
        for (String level : LEVELS) {
            maybe(3, approvals, level + ": " + (random.nextInt(6) == 0 ? "[]" : requirements()));
        }
        keys.add("approvals: " + map(approvals));
        maybe(4, keys, "emergency: " + requirements());
        maybe(2, keys, "expire-after: " + (1 + random.nextInt(4)) + " days");
        maybe(2, keys, "remind-after: " + (1 + random.nextInt(4)) + " hours");
        maybe(
                2,
                keys,
                "escalate: {after: " + (1 + random.nextInt(3)) + " hours, to: 'user:" + oneOf(List.of("zoe", "yan"))
                        + "'}");
        maybe(3, keys, "unknown-authors: block");
        // One of its own, so that these are besides, and not in place of, what else there is.
        Random stopping = new Random(keys.hashCode());
        if (stopping.nextInt(6) == 0) {
            keys.add("audit: 30");
        }
        for (int level = 0; level < LEVELS.size(); level++) {
            String own = level == 0 ? "none" : LEVELS.get(level - 1);
            if (keys.contains("pass-up-to: " + own) && stopping.nextInt(3) > 0) {
                keys.add("promotion: {after: 3, over: 2 days, pass-up-to: " + LEVELS.get(level) + "}");
            }
        }
        if (stopping.nextInt(6) == 0) {
            keys.add("guarantee: " + (stopping.nextBoolean() ? "{miss-rate: 10}" : "{miss-rate: 5, confidence: 95}"));
        }
        return map(keys);
    }

    private String delegation() {
        List<String> keys = new ArrayList<>(List.of("risk: -" + random.nextInt(40), "models: " + random.nextBoolean()));
        maybe(3, keys, "to: " + oneOf(RandomChanges.FOLDERS));
        maybe(3, keys, "environments: [production, qa]");
        keys.add("pass-up-to: " + oneOf(LEVELS));
        maybe(2, keys, "safe: true");
        maybe(2, keys, "escalate: true");
        maybe(2, keys, "approvals: [low, high]");
        return map(keys);
    }

    private String requirements() {
        StringBuilder list = new StringBuilder("[");
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            list.append("{from: ").append(oneOf(NAMES));
            list.append(", at-least: ").append(1 + random.nextInt(2));
            list.append(", stage: ").append(1 + random.nextInt(2)).append("}").append(n > 1 ? ", " : "");
        }
        return list.append("]").toString();
    }

    private void maybe(int oneIn, List<String> keys, String key) {
        if (random.nextInt(oneIn) == 0) {
            keys.add(key);
        }
    }

    private static String map(List<String> keys) {
        return "{" + String.join(", ", keys) + "}";
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
