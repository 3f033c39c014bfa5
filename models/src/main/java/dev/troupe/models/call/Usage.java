package dev.troupe.models.call;

/**
 * Tokens of one or more calls.
 *
 * @param inputTokens tokens of the prompt, cached ones included
 * @param cachedTokens of these, the ones that were not computed again; at most {@code inputTokens}
 * @param outputTokens tokens that the model wrote
 */
public record Usage(long inputTokens, long cachedTokens, long outputTokens) {
    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage {
        if (inputTokens < 0 || cachedTokens < 0 || outputTokens < 0 || cachedTokens > inputTokens) {
            throw new IllegalArgumentException("usage: %d/%d/%d (expected: none negative, cached at most input)"
                    .formatted(inputTokens, cachedTokens, outputTokens));
        }
    }

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens, cachedTokens + other.cachedTokens, outputTokens + other.outputTokens);
    }

    public long totalTokens() {
        return inputTokens + outputTokens;
    }
}
