package io.jenkins.plugins.changegate.engine.record;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own for tests, in a temporary directory and on a free port of the loopback interface. It
 * refuses to run as root; the user that Debian's package makes for it has it run then.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String USER = "changegate";

    private final Path binaries;
    private final Path directory;
    private final String password = UUID.randomUUID().toString();
    private final int port;

    private PostgresServer(Path binaries) throws IOException {
        this.binaries = binaries;
        this.directory = Files.createTempDirectory("changegate-postgres");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
    }

    /** Returns where its programs are; empty if it is not installed. */
    public static Optional<Path> installed() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparingInt(bin -> version(bin.getParent())));
        }
    }

    private static int version(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("\\d{1,3}") ? Integer.parseInt(name) : 0;
    }

    /**
     * Starts a server. What it is told is in the file as soon as it says so, as always.
     *
     * @param binaries where its programs are
     * @param settings further ones, as {@code name=value}
     */
    public static PostgresServer start(Path binaries, String... settings) throws IOException {
        PostgresServer server = new PostgresServer(binaries);
        Path secret = Files.writeString(server.directory.resolve("password"), server.password);
        if (isRoot()) {
            run(List.of("chown", "-R", "postgres", server.directory.toString()));
        }
        server.postgres("initdb", "-U", USER, "-A", "scram-sha-256", "--pwfile=" + secret, "-E", "UTF8", "--locale=C");
        server.begin(settings);
        return server;
    }

    /** Starts it again after {@link #kill}. */
    public void begin(String... settings) throws IOException {
        StringBuilder options = new StringBuilder(
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + directory);
        for (String setting : settings) {
            options.append(" -c ").append(setting);
        }
        postgres("pg_ctl", "-w", "-s", "-l", directory.resolve("log").toString(), "-o", options.toString(), "start");
    }

    /** Stops it without anything being told or written. */
    public void kill() throws IOException {
        postgres("pg_ctl", "-w", "-s", "-m", "immediate", "stop");
    }

    /** Returns the address of its database for JDBC, with user and password. */
    public String url() {
        return address() + "?user=" + USER + "&password=" + password;
    }

    /** Returns the address of its database for JDBC. */
    public String address() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Returns the name of its user. */
    public String user() {
        return USER;
    }

    /** Returns that user's password. */
    public String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        kill();
        if (isRoot()) {
            run(List.of("chown", "-R", "root", directory.toString()));
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void postgres(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.addAll(List.of(
                binaries.resolve(program).toString(),
                "-D",
                directory.resolve("data").toString()));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(List<String> command) throws IOException {
        Path output = Files.createTempFile("changegate-postgres", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(output);
        }
    }
}
