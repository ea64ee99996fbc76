package io.gatehouse.core.store;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL database is and who asks: {@code postgresql://user:password@host:port/database?option=value}, or
 * the driver's form {@code jdbc:postgresql://host:port/database?user=…&password=…}. Immutable; the password is in no
 * message and not in {@link #toString}.
 *
 * @param hosts    {@code host:port}, or several with commas
 * @param database its name
 * @param user     empty for the driver's default
 * @param password empty for none
 * @param options  passed on to the driver
 * @param pool     how many connections at most
 */
record PostgresUrl(String hosts, String database, String user, String password, Map<String, String> options, int pool) {
    private static final Pattern FORM = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?://(?:([^@/?#]*)@)?([A-Za-z0-9._,:\\[\\]-]*)/([^/?#]+)(?:\\?([^#]*))?",
            Pattern.CASE_INSENSITIVE);
    private static final int DEFAULT_POOL = 10;
    private static final int MAX_POOL = 100;

    PostgresUrl {
        options = Map.copyOf(options);
        if (pool < 2 || pool > MAX_POOL) {
            throw new IllegalArgumentException("poolSize is 2 to " + MAX_POOL + ", not " + pool);
        }
    }

    static boolean isOne(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return lower.startsWith("postgresql:") || lower.startsWith("postgres:") || lower.startsWith("jdbc:postgresql:");
    }

    static PostgresUrl parse(String url) {
        Matcher parts = FORM.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("the PostgreSQL URL is not of the form"
                    + " postgresql://<user>:<password>@<host>:<port>/<database>?<option>=<value>;"
                    + " write '@', ':', '/', '?' and '%' in a name or password as %40, %3A, %2F, %3F and %25");
        }
        Map<String, String> options = options(parts.group(4) == null ? "" : parts.group(4));
        String login = parts.group(1) == null ? "" : parts.group(1);
        int colon = login.indexOf(':');
        String user = decode(colon < 0 ? login : login.substring(0, colon));
        String password = colon < 0 ? "" : decode(login.substring(colon + 1));
        String userOption = options.remove("user");
        String passwordOption = options.remove("password");
        String pool = options.remove("poolSize");
        return new PostgresUrl(
                parts.group(2).isEmpty() ? "localhost" : parts.group(2),
                decode(parts.group(3)),
                user.isEmpty() && userOption != null ? userOption : user,
                password.isEmpty() && passwordOption != null ? passwordOption : password,
                options,
                pool == null ? DEFAULT_POOL : number(pool));
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new TreeMap<>();
        for (String option : query.split("&", -1)) {
            if (option.isEmpty()) {
                continue;
            }
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("an option of the PostgreSQL URL has no '=' or no name");
            }
            options.put(decode(option.substring(0, equals)), decode(option.substring(equals + 1)));
        }
        return options;
    }

    private static int number(String pool) {
        try {
            return Integer.parseInt(pool);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("poolSize of the PostgreSQL URL is no number", e);
        }
    }

    /** Percent signs only: a plus is a plus. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The cause would show the text, which may be the password.
            throw new IllegalArgumentException("the PostgreSQL URL has a '%' without two hexadecimal digits after it;"
                    + " write a '%' itself as %25");
        }
    }

    String jdbc() {
        return "jdbc:postgresql://" + hosts + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return hosts + "/" + database;
    }
}
