package io.jenkins.plugins.changegate.config;

import hudson.util.AtomicFileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where the last policy that could be read is kept: it outlives a restart without the network. */
final class KeptPolicyFile {

    private static final Logger LOGGER = Logger.getLogger(KeptPolicyFile.class.getName());

    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final Path directory;
    private final Path file;

    /**
     * @param directory is made when something is kept
     */
    KeptPolicyFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("organisation-policy.json");
    }

    /** Returns what was kept; empty if nothing was, or it cannot be read. */
    Optional<KeptPolicy> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(mapper.readValue(Files.readString(file), KeptPolicy.class));
        } catch (IOException | JacksonException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read");
            return Optional.empty();
        }
    }

    /** Keeps a policy. If that fails it is said, and what is in force stays in force until Jenkins stops. */
    void write(KeptPolicy policy) {
        try {
            Files.createDirectories(directory);
            try (AtomicFileWriter writer = new AtomicFileWriter(file, StandardCharsets.UTF_8)) {
                writer.write(mapper.writeValueAsString(policy));
                writer.commit();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be written");
        }
    }
}
