package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.policy.ParticularsPolicy;
import io.jenkins.plugins.changegate.engine.policy.WorkItems;

/** Checks what a policy says that changes are part of, and how they are to be done. */
final class ParticularsChecker {

    /** As much as the step takes. */
    private static final int TEXT_LIMIT = 4_000;

    private final PolicySource source;

    ParticularsChecker(PolicySource source) {
        this.source = source;
    }

    ParticularsPolicy particulars(Text product, PolicyFile.PlansEntry plans, PolicyFile.WorkItemsEntry items) {
        String pattern = "";
        String url = "";
        if (items != null && items.pattern() != null) {
            pattern = items.pattern().value();
            url = text(items.url());
            if (isPossible(items.pattern(), pattern, "")) {
                isPossible(items.url(), pattern, url);
            }
        }
        return new ParticularsPolicy(
                text(product),
                plans == null ? "" : text(plans.implementation()),
                plans == null ? "" : text(plans.test()),
                plans == null ? "" : text(plans.backOut()),
                pattern,
                url);
    }

    private boolean isPossible(Text written, String pattern, String url) {
        try {
            new WorkItems(pattern, url);
            return true;
        } catch (IllegalArgumentException e) {
            source.mistake(written, e.getMessage());
            return false;
        }
    }

    private String text(Text written) {
        if (written == null) {
            return "";
        }
        if (written.value().length() > TEXT_LIMIT) {
            source.mistake(written, "It may have at most " + TEXT_LIMIT + " characters; link what is longer");
        }
        return written.value().strip();
    }
}
