package io.jenkins.plugins.changegate.calendar;

import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.changegate.engine.policy.Hashes;
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

/** Where what could last be read of addresses is kept: it outlives a restart while the other side is away. */
final class FeedFiles {

    private static final Logger LOGGER = Logger.getLogger(FeedFiles.class.getName());

    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final Path directory;

    /**
     * @param directory is made when something is kept
     */
    FeedFiles(Path directory) {
        this.directory = directory;
    }

    private Path file(String address) {
        return directory.resolve(Hashes.sha256(address) + ".json");
    }

    /** Returns what was kept; empty if nothing was, or it cannot be read. */
    Optional<KeptFeed> read(String address) {
        Path file = file(address);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(mapper.readValue(Files.readString(file), KeptFeed.class))
                    .filter(kept -> kept.address().equals(address));
        } catch (IOException | JacksonException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read");
            return Optional.empty();
        }
    }

    /** Keeps what was read. If that fails it is said, and it is known until Jenkins stops. */
    void write(KeptFeed feed) {
        Path file = file(feed.address());
        try {
            Files.createDirectories(directory);
            try (AtomicFileWriter writer = new AtomicFileWriter(file, StandardCharsets.UTF_8)) {
                writer.write(mapper.writeValueAsString(feed));
                writer.commit();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be written");
        }
    }

    /** Keeps nothing of an address any more. */
    void delete(String address) {
        try {
            Files.deleteIfExists(file(address));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file(address) + " cannot be deleted");
        }
    }
}
