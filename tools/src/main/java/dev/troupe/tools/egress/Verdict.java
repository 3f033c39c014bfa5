package dev.troupe.tools.egress;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a request. */
sealed interface Verdict {
    /**
     * It goes there.
     *
     * @param addresses to be tried one after the other; checked, and never looked up again
     * @param tls the name that the server's certificate must have, or null for a plain connection
     */
    record Allowed(
            List<InetSocketAddress> addresses, @Nullable String tls) implements Verdict {
        public Allowed {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * It does not go anywhere.
     *
     * @param status the HTTP status that the program sees
     * @param message {@code name: value (expected: range)}
     * @param hint what would help
     * @param retryAfter seconds, or null
     */
    record Refused(
            int status,
            String message,
            String hint,
            @Nullable Long retryAfter) implements Verdict {
        Refused(int status, String message, String hint) {
            this(status, message, hint, null);
        }
    }
}
