package dev.troupe.tools.egress;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A host that programs may call, on ports 443 and 80.
 *
 * @param host its name, in lower case: no address, no pattern
 * @param methods what may be done there, in upper case
 * @param paths what a request's path must begin with; {@code /v1} covers {@code /v1} and {@code /v1/…}, not {@code /v10}.
 *     Empty for every path
 * @param rate the most calls in a time, all conversations of the team together; null for no such limit
 */
public record HostGrant(
        String host,
        Set<String> methods,
        List<String> paths,
        @Nullable Rate rate) {
    /** What may be done where the team file does not say. */
    public static final Set<String> READING = Set.of("GET", "HEAD");

    /** What a team file may name. CONNECT and TRACE are not for programs. */
    public static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    public HostGrant {
        methods = Set.copyOf(new TreeSet<>(methods));
        paths = List.copyOf(paths);
        if (!HostNames.isName(host)) {
            throw new IllegalArgumentException("host: " + host + " (expected: a host's name in lower case)");
        }
        if (methods.isEmpty() || !METHODS.containsAll(methods)) {
            throw new IllegalArgumentException("methods: " + methods + " (expected: some of " + METHODS + ")");
        }
    }

    /** A host where anything may be read. */
    public HostGrant(String host) {
        this(host, READING, List.of(), null);
    }

    /** So many calls in a time, both positive. */
    public record Rate(int calls, Duration per) {}

    boolean covers(String path) {
        return paths.isEmpty() || paths.stream().anyMatch(prefix -> begins(path, prefix));
    }

    private static boolean begins(String path, String prefix) {
        return path.startsWith(prefix)
                && (prefix.endsWith("/") || path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
}
