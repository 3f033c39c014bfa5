package dev.troupe.tools.egress;

import dev.troupe.models.call.Secret;
import java.util.Set;

/**
 * A secret that programs may use without seeing it.
 *
 * @param name the environment variable that holds its stand-in
 * @param value the real one: {@link #SHORTEST} to {@link #LONGEST} printable ASCII characters
 * @param hosts the granted hosts that get it
 */
public record SecretGrant(String name, Secret value, Set<String> hosts) {
    /** A shorter one would be found by chance in what comes back. */
    public static final int SHORTEST = 8;

    public static final int LONGEST = 4096;

    /** The form of a name. */
    public static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,63}";

    public SecretGrant {
        hosts = Set.copyOf(hosts);
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("secret: " + name + " (expected: an environment variable's name)");
        }
        if (!isUsable(value)) {
            throw new IllegalArgumentException(
                    "secret " + name + ": " + value.reveal().length() + " characters (expected: " + SHORTEST + " to "
                            + LONGEST + " printable ASCII ones)");
        }
    }

    /** Whether a value can be sent in a header and be found again in an answer. */
    public static boolean isUsable(Secret value) {
        String text = value.reveal();
        return text.length() >= SHORTEST
                && text.length() <= LONGEST
                && text.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
