package dev.troupe.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the optional fields a model takes. Endpoints differ: some do not know {@code stream_options}, some want the
 * limit on tokens under another name, some models refuse a temperature. What a refusal names is left out from then on.
 *
 * @param maxTokens the field for the limit on tokens
 * @param without optional fields that are not sent
 */
record Dialect(String maxTokens, Set<String> without) {
    static final String STREAM_OPTIONS = "stream_options";
    static final Dialect FULL = new Dialect("max_tokens", Set.of());

    private static final String NEWER_MAX_TOKENS = "max_completion_tokens";
    /** Only hints on how to answer: an answer without them is still an answer to the question. */
    private static final Set<String> DISPENSABLE = Set.of(STREAM_OPTIONS, "temperature", "top_p", "seed");

    Dialect {
        without = Set.copyOf(without);
    }

    boolean has(String field) {
        return !without.contains(field);
    }

    /** How to ask instead, when the refusal names a field that can be done without. */
    Optional<Dialect> after(int status, JsonNode error) {
        if (status != 400 && status != 422 && status != 501) {
            return Optional.empty();
        }
        String text = error.toString();
        if (text.contains("max_tokens") && maxTokens.equals("max_tokens") && text.contains(NEWER_MAX_TOKENS)) {
            return Optional.of(new Dialect(NEWER_MAX_TOKENS, without));
        }
        String named = error.path("error").path("param").asText("");
        for (String field : DISPENSABLE) {
            if (has(field) && (named.isEmpty() ? text.contains(field) : named.startsWith(field))) {
                Set<String> more = new HashSet<>(without);
                more.add(field);
                return Optional.of(new Dialect(maxTokens, more));
            }
        }
        return Optional.empty();
    }
}
