package dev.troupe.runtime.http;

import dev.troupe.runtime.host.AccessKey;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Who is served: whoever shows a key, or this machine alone. */
final class Access {
    private static final Set<String> OF_LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final String BEARER = "bearer ";

    private final List<AccessKey> keys;

    Access(ServeSettings settings) {
        this.keys = settings.keys();
    }

    /**
     * A page from elsewhere whose name was made to mean this machine still says its own name. Where keys are needed it
     * has none, and proxies may hand on the name that they were asked by.
     *
     * @throws ApiException 403
     */
    void checkHost(HttpRequest request) {
        if (keys.isEmpty() && !OF_LOOPBACK.contains(host(request))) {
            throw ApiException.refused(
                    403,
                    "host_not_allowed",
                    null,
                    "host: not a name of this machine (expected: localhost or 127.0.0.1)");
        }
    }

    private static String host(HttpRequest request) {
        String host = request.getUri().getHost().address().toLowerCase(Locale.ROOT);
        String header = request.getHeader("Host").map(HttpHeader::value).orElse(host);
        int port = header.lastIndexOf(':');
        boolean hasPort = port > 0
                && header.indexOf(']') < port
                && header.substring(port + 1).matches("[0-9]*");
        return (hasPort ? header.substring(0, port) : header).toLowerCase(Locale.ROOT);
    }

    /** @throws ApiException 401 */
    Caller caller(HttpRequest request) {
        if (keys.isEmpty()) {
            return Caller.LOCAL;
        }
        String shown = request.getHeader("Authorization").map(HttpHeader::value).orElse("");
        boolean bearer = shown.regionMatches(true, 0, BEARER, 0, BEARER.length());
        String hash = AccessKey.hash(bearer ? shown.substring(BEARER.length()).strip() : "");
        AccessKey found = null;
        // All of them are looked at, so that the time tells nothing of where one stands.
        for (AccessKey key : keys) {
            if (key.has(hash)) {
                found = key;
            }
        }
        if (found == null) {
            throw ApiException.refused(
                            401,
                            "invalid_api_key",
                            null,
                            bearer
                                    ? "key: not one of this server's"
                                    : "key: none (expected: the header `Authorization: Bearer <key>`)")
                    .with("WWW-Authenticate", "Bearer");
        }
        return new Caller(found);
    }
}
