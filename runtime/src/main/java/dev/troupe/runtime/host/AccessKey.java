package dev.troupe.runtime.host;

import dev.troupe.models.call.Money;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows to be served. The key itself is nowhere: 256 random bits, of which a plain hash tells nothing.
 *
 * @param name its tenant: what is asked with it is kept apart from everybody else's
 * @param hash SHA-256 of the key, 64 hexadecimal digits
 * @param agents whom it may ask; empty for all
 * @param perMinute the most requests for work in a minute, or null for no limit
 * @param day the most that it may spend in a day (UTC), or null for no limit of its own
 * @param metrics whether it is shown the figures of the whole server
 */
public record AccessKey(
        String name,
        String hash,
        List<String> agents,
        @Nullable Integer perMinute,
        @Nullable Money day,
        boolean metrics) {
    public AccessKey {
        agents = List.copyOf(agents);
    }

    /** The hash of a key, as the configuration holds it. */
    public static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
        }
    }

    /** Whether it is the one with that hash; takes as long for a wrong one. */
    public boolean has(String otherHash) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), otherHash.getBytes(StandardCharsets.US_ASCII));
    }
}
