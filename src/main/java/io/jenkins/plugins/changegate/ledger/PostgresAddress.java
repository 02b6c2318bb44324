package io.jenkins.plugins.changegate.ledger;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the address of a PostgreSQL database may be. Its parameters are chosen from a list: among the driver's others are
 * some that hold a password, and some that name classes to run.
 */
final class PostgresAddress {

    private static final Pattern FORM = Pattern.compile(
            "jdbc:postgresql://[A-Za-z0-9.\\-_]+(:\\d{1,5})?(,[A-Za-z0-9.\\-_]+(:\\d{1,5})?)*/[A-Za-z0-9_\\-.]+(\\?(.*))?");

    /** Where the query is in {@link #FORM}. */
    private static final int QUERY = 5;

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_\\-./]*");

    private static final Set<String> PARAMETERS = Set.of(
            "ssl",
            "sslmode",
            "sslrootcert",
            "sslNegotiation",
            "channelBinding",
            "gssEncMode",
            "currentSchema",
            "targetServerType",
            "loadBalanceHosts",
            "hostRecheckSeconds",
            "connectTimeout",
            "loginTimeout",
            "socketTimeout",
            "tcpKeepAlive",
            "ApplicationName");

    private PostgresAddress() {}

    /** Returns what is wrong with an address, by its looks; nothing is called. */
    static Optional<String> mistake(String url) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            return Optional.of(Messages.PostgresAddress_form());
        }
        String query = form.group(QUERY);
        return query == null || query.isEmpty()
                ? Optional.empty()
                : Stream.of(query.split("&", -1))
                        .map(PostgresAddress::mistakeIn)
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    private static Optional<String> mistakeIn(String parameter) {
        String[] parts = parameter.split("=", 2);
        if (Set.of("user", "password", "sslpassword").contains(parts[0])) {
            return Optional.of(Messages.PostgresAddress_secret());
        }
        if (parts.length < 2
                || !PARAMETERS.contains(parts[0])
                || !VALUE.matcher(parts[1]).matches()) {
            // A value may be a secret under another name.
            return Optional.of(Messages.PostgresAddress_parameter(
                    String.join(", ", PARAMETERS.stream().sorted().toList())));
        }
        return Optional.empty();
    }
}
