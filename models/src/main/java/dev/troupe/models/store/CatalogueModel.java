package dev.troupe.models.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the catalogue knows of a model.
 *
 * @param name lower case letters, digits, dots and dashes; names its file in the store
 * @param aliases shorter names that mean the same model
 * @param licence an SPDX identifier
 * @param home a page about the model
 * @param size of the file, in bytes
 * @param sha256 of the file, in lower case hexadecimal
 * @param contextTokens the most tokens that the model was made for
 * @param sources tried in this order
 */
public record CatalogueModel(
        String name,
        List<String> aliases,
        String description,
        String licence,
        String home,
        long size,
        String sha256,
        @JsonProperty("context_tokens") int contextTokens,
        List<ModelSource> sources) {
    public CatalogueModel {
        aliases = List.copyOf(aliases);
        sources = List.copyOf(sources);
        require(name.matches("[a-z0-9][a-z0-9.-]*"), "name", name, "lower case letters, digits, dots and dashes");
        require(size > 0, "size", size, "bytes, more than 0");
        require(sha256.matches("[0-9a-f]{64}"), "sha256", sha256, "64 hexadecimal digits");
        require(contextTokens > 0, "context_tokens", contextTokens, "more than 0");
        require(!sources.isEmpty(), "sources", sources, "at least one");
    }

    private static void require(boolean holds, String field, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(field, value, expected));
        }
    }
}
