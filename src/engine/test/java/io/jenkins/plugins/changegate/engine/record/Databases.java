package io.jenkins.plugins.changegate.engine.record;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests empty databases, of H2 and of PostgreSQL. One server serves all tests of a run: the one that
 * {@code -Dchangegate.postgres=JDBC_URL} names, or one that is started for them. Without either, tests that need one are
 * skipped, unless {@code -Dchangegate.postgres=required}.
 */
public final class Databases implements ParameterResolver, AfterEachCallback {

    private static final String SERVER = System.getProperty("changegate.postgres", "");

    /** What there is. */
    enum Kind {
        H2,
        POSTGRESQL
    }

    /** Empty databases, for one test. */
    static final class Source {

        private final ExtensionContext context;
        private final List<HikariDataSource> pools = new ArrayList<>();

        Source(ExtensionContext context) {
            this.context = context;
        }

        /** Returns one; the test is skipped if there cannot be any. */
        DataSource empty(Kind kind) throws SQLException {
            return kind == Kind.H2 ? memory() : pool(schema(), 4);
        }

        static JdbcDataSource memory() {
            return h2("mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }

        static JdbcDataSource h2(String url) {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:" + url);
            return database;
        }

        /** Returns the address of an empty schema of PostgreSQL. */
        String schema() throws SQLException {
            String server = server();
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            try (HikariDataSource pool = open(server, 1);
                    Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA " + name);
            }
            return server + "&currentSchema=" + name;
        }

        /** Returns a pool of connections, closed when the test ends. */
        HikariDataSource pool(String url, int connections) {
            HikariDataSource pool = open(url, connections);
            pools.add(pool);
            return pool;
        }

        private static HikariDataSource open(String url, int connections) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(url);
            pool.setMaximumPoolSize(connections);
            return pool;
        }

        private String server() {
            if (!SERVER.isEmpty() && !SERVER.equals("required")) {
                return SERVER;
            }
            return context.getRoot()
                    .getStore(Namespace.create(Databases.class))
                    .computeIfAbsent(PostgresServer.class, key -> start(), PostgresServer.class)
                    .url();
        }

        private static PostgresServer start() {
            try {
                return PostgresServer.start(binaries(), "fsync=off");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns where PostgreSQL's programs are; skips the test if it is not installed. */
    public static Path binaries() {
        try {
            Optional<Path> binaries = PostgresServer.installed();
            if (!SERVER.equals("required")) {
                Assumptions.assumeTrue(binaries.isPresent(), "PostgreSQL is not installed");
            }
            return binaries.orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Source.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return store(context).computeIfAbsent(Source.class, key -> new Source(context), Source.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Source source = store(context).get(Source.class, Source.class);
        if (source != null) {
            source.pools.forEach(HikariDataSource::close);
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(Namespace.create(Databases.class, context.getUniqueId()));
    }
}
