package dev.troupe.runtime.http;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.host.AccessKey;
import dev.troupe.runtime.host.TlsFiles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a team is served.
 *
 * @param host the name or address that is listened on; without keys one of loopback
 * @param port 0 for any that is free
 * @param keys whom it serves; nobody but this machine when there are none
 * @param tls what it proves itself with, or null without TLS
 * @param origins whose pages may use it, beside its own
 */
public record ServeSettings(
        String host,
        int port,
        List<AccessKey> keys,
        Limits limits,
        @Nullable TlsFiles tls,
        List<String> origins) {
    /** @throws TroupeException {@code INPUT_INVALID} when the port is none, or keys are needed and there are none, or the files of TLS
     *     cannot be used
     */
    public ServeSettings {
        keys = List.copyOf(keys);
        origins = List.copyOf(origins);
        if (tls != null) {
            // What is wrong with the files is told before a team is made ready.
            Tls.context(tls);
        }
        if (port < 0 || port > 65_535) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID, "port: " + port + " (expected: 0 to 65535; 0 for any that is free)", null);
        }
        if (keys.isEmpty() && !loopback(host)) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "host: " + host + " (expected: 127.0.0.1, ::1 or localhost while there are no keys)",
                    "without keys whoever reaches it could use it: `troupe keys add <name>` makes one");
        }
    }

    /** Without TLS, and for no other pages. */
    public ServeSettings(String host, int port, List<AccessKey> keys, Limits limits) {
        this(host, port, keys, limits, null, List.of());
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "host: " + host + " (expected: a name or address of this machine)",
                    null,
                    e);
        }
    }

    /**
     * What no client can exceed.
     *
     * @param body bytes of a request's body
     * @param bodyTime until a request's body is there
     * @param quiet how long a connection may be open without a whole request, or with a reader who takes nothing
     * @param working requests for work at the same time, over all clients
     * @param perKey of these, with the same key
     * @param artifacts how long after its task's end a file can be fetched
     * @param beat how long a stream may be silent before a comment shows that it lives
     */
    public record Limits(
            int body, Duration bodyTime, Duration quiet, int working, int perKey, Duration artifacts, Duration beat) {
        public static final Limits USUAL = new Limits(
                8 << 20,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                64,
                32,
                Duration.ofHours(24),
                Duration.ofSeconds(10));
    }
}
