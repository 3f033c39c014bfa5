package dev.troupe.models.openai;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Secret;
import dev.troupe.models.call.TroupeException;
import java.net.URI;
import java.time.Duration;

/**
 * One model behind an OpenAI-compatible endpoint.
 *
 * @param name {@code provider/model} for the price table and the ledger
 * @param endpoint the address before {@code /chat/completions}: {@code https://api.openai.com/v1}
 * @param model the name by which the endpoint knows it
 * @param key sent as bearer token; nothing is sent when it is empty
 * @param contextTokens the most tokens that prompt and answer may have together
 */
public record OpenAiSettings(
        String name, URI endpoint, String model, Secret key, int contextTokens, Timeouts timeouts, Limits limits) {
    public OpenAiSettings {
        String scheme = String.valueOf(endpoint.getScheme());
        if ((!scheme.equals("https") && !scheme.equals("http")) || endpoint.getHost() == null) {
            // User information, if any, may be a password.
            throw new IllegalArgumentException("endpoint: " + scheme + "://" + endpoint.getHost()
                    + " (expected: an address such as https://api.openai.com/v1)");
        }
        if (!key.reveal().chars().allMatch(c -> c > 32 && c < 127)) {
            // A line break from a file, most likely. It must not come so far that a library quotes it.
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    "key of " + name + ": has a space or another character that no key has (expected: visible ASCII)",
                    "Was it copied with a line break or quotes?");
        }
        if (contextTokens < 1) {
            throw new IllegalArgumentException("contextTokens: " + contextTokens + " (expected: 1 or more)");
        }
    }

    /** A model with the usual time-outs and limits. */
    public static OpenAiSettings of(String name, URI endpoint, String model, Secret key, int contextTokens) {
        return new OpenAiSettings(name, endpoint, model, key, contextTokens, Timeouts.USUAL, Limits.USUAL);
    }

    public OpenAiSettings withTimeouts(Timeouts other) {
        return new OpenAiSettings(name, endpoint, model, key, contextTokens, other, limits);
    }

    public OpenAiSettings withLimits(Limits other) {
        return new OpenAiSettings(name, endpoint, model, key, contextTokens, timeouts, other);
    }

    /**
     * How long to wait; each is positive.
     *
     * @param connect for a connection, of each attempt
     * @param firstToken from sending the request to the first token, of each attempt
     * @param total for a call with all its attempts and waits
     */
    public record Timeouts(Duration connect, Duration firstToken, Duration total) {
        public static final Timeouts USUAL =
                new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(10));
    }

    /**
     * How much at once.
     *
     * @param concurrent calls that may run at the same time, 1 or more
     * @param queue calls that may wait for one of these to end, 0 or more; further ones are {@code OVERLOADED}
     * @param perMinute requests a minute, retries included; 0 for no limit
     * @param retries how often a failed attempt is repeated, 0 or more
     * @param backOff the longest wait before the first retry; doubles with each, up to 16 times
     */
    public record Limits(int concurrent, int queue, int perMinute, int retries, Duration backOff) {
        public static final Limits USUAL = new Limits(8, 64, 0, 4, Duration.ofMillis(500));

        public Limits {
            if (concurrent < 1 || queue < 0 || perMinute < 0 || retries < 0) {
                throw new IllegalArgumentException("limits: %d/%d/%d/%d (expected: at least 1/0/0/0)"
                        .formatted(concurrent, queue, perMinute, retries));
            }
        }
    }
}
