package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.policy.ChangeModel;
import io.jenkins.plugins.changegate.engine.policy.Promotion;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.ModelEntry;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.PromotionEntry;
import io.jenkins.plugins.changegate.engine.text.Pointer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks a policy's change models. */
final class ModelChecker {

    private final PolicySource source;
    private final RequirementChecker requirements;
    private final PromotionChecker promotions;

    ModelChecker(PolicySource source, RequirementChecker requirements) {
        this.source = source;
        this.requirements = requirements;
        this.promotions = new PromotionChecker(source);
    }

    /** Returns the models; what has no reason, or does not fit to its type, is a mistake. */
    Map<String, ChangeModel> models(Map<String, ModelEntry> written) {
        Map<String, ChangeModel> models = new TreeMap<>();
        written.forEach((name, entry) -> models.put(name, model(name, entry, Pointer.to("/models", name))));
        return models;
    }

    private ChangeModel model(String name, ModelEntry entry, String path) {
        if (Text.isBlank(entry.because()) && (entry.because() != null || !source.holds(path + "/because"))) {
            source.mistake(path, "The model '" + name + "' has no reason: add 'because: ...', people will read it");
        }
        if (entry.type() != null || !source.holds(path + "/type")) {
            type(name, entry, path);
        }
        return new ChangeModel(
                name,
                entry.type() == null ? ChangeType.NORMAL : entry.type(),
                Optional.ofNullable(entry.passUpTo()),
                promotion(name, entry, path),
                requirements.approvals(entry.approvals(), path + "/approvals"),
                Text.isBlank(entry.approvedBy())
                        ? ""
                        : entry.approvedBy().value().strip(),
                day(entry.retired()),
                entry.because() == null ? "" : entry.because().value().strip());
    }

    private void type(String name, ModelEntry entry, String path) {
        switch (entry.type() == null ? ChangeType.NORMAL : entry.type()) {
            case EMERGENCY ->
                source.mistake(
                        path + "/type",
                        "An emergency is claimed by the pipeline for one change, and has no model; say who authorises"
                                + " it with 'emergency: [...]' in the environment");
            case STANDARD -> {
                if (!source.holds(path + "/pass-up-to")) {
                    source.mistake(
                            path, "The standard change '" + name + "' passes up to no level: add 'pass-up-to: ...'");
                }
                if (entry.approvedBy() == null
                        ? !source.holds(path + "/approved-by")
                        : Text.isBlank(entry.approvedBy())) {
                    source.mistake(
                            path,
                            "Nobody has approved the standard change '" + name
                                    + "': add 'approved-by: ...', the change authority that did");
                }
            }
            case NORMAL -> {
                if (entry.passUpTo() != null) {
                    source.mistake(
                            path + "/pass-up-to",
                            "Only a standard change passes by its model: add 'type: standard', or leave this out");
                }
            }
        }
    }

    /** Only what is complete and in its place; the rest was said. */
    private Optional<Promotion> promotion(String name, ModelEntry entry, String path) {
        PromotionEntry promotion = entry.promotion();
        if (promotion == null) {
            return Optional.empty();
        }
        String place = path + "/promotion";
        if (entry.type() == ChangeType.STANDARD) {
            source.mistake(
                    place, "The standard change '" + name + "' is one already: leave this out, or 'type: standard'");
            return Optional.empty();
        }
        return promotions.promotion(promotion, place, false);
    }

    private Optional<LocalDate> day(Text written) {
        if (written == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(written.value().strip()));
        } catch (DateTimeParseException e) {
            source.mistake(written, "'" + written.value() + "' is no day; write '2026-12-31'");
            return Optional.empty();
        }
    }
}
