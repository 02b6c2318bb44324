package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.policy.PolicyFile.ModelEntry;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks a policy's change models. */
final class ModelChecker {

    private final PolicySource source;
    private final RequirementChecker requirements;

    ModelChecker(PolicySource source, RequirementChecker requirements) {
        this.source = source;
        this.requirements = requirements;
    }

    /**
     * @throws PolicyException if a model has no reason, or what it has does not fit to its type
     */
    Map<String, ChangeModel> models(Map<String, ModelEntry> written) throws PolicyException {
        Map<String, ChangeModel> models = new TreeMap<>();
        for (Map.Entry<String, ModelEntry> entry : written.entrySet()) {
            String path = "/models/" + entry.getKey();
            models.put(entry.getKey(), model(entry.getKey(), source.written(entry.getValue(), path), path));
        }
        return models;
    }

    private ChangeModel model(String name, ModelEntry entry, String path) throws PolicyException {
        if (entry.because() == null || entry.because().isBlank()) {
            throw source.mistake(
                    path, "The model '" + name + "' has no reason: add 'because: ...', people will read it");
        }
        ChangeType type = entry.type() == null ? ChangeType.NORMAL : entry.type();
        String approvedBy =
                entry.approvedBy() == null ? "" : entry.approvedBy().value().strip();
        switch (type) {
            case EMERGENCY ->
                throw source.mistake(
                        path + "/type",
                        "An emergency is claimed by the pipeline for one change, and has no model; say who authorises"
                                + " it with 'emergency: [...]' in the environment");
            case STANDARD -> {
                if (entry.passUpTo() == null) {
                    throw source.mistake(
                            path, "The standard change '" + name + "' passes up to no level: add 'pass-up-to: ...'");
                }
                if (approvedBy.isEmpty()) {
                    throw source.mistake(
                            path,
                            "Nobody has approved the standard change '" + name
                                    + "': add 'approved-by: ...', the change authority that did");
                }
            }
            case NORMAL -> {
                if (entry.passUpTo() != null) {
                    throw source.mistake(
                            path + "/pass-up-to",
                            "Only a standard change passes by its model: add 'type: standard', or leave this out");
                }
            }
        }
        return new ChangeModel(
                name,
                type,
                Optional.ofNullable(entry.passUpTo()),
                requirements.approvals(entry.approvals(), path + "/approvals"),
                approvedBy,
                day(entry.retired()),
                entry.because().strip());
    }

    private Optional<LocalDate> day(Text written) throws PolicyException {
        if (written == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(written.value().strip()));
        } catch (DateTimeParseException e) {
            throw source.mistake(written, "'" + written.value() + "' is no day; write '2026-12-31'");
        }
    }
}
