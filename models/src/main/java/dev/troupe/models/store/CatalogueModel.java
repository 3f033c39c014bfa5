package dev.troupe.models.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue knows of a model.
 *
 * @param name lower case letters, digits, dots and dashes; names its file in the store
 * @param aliases shorter names that mean the same model
 * @param licence an SPDX identifier
 * @param home a page about the model
 * @param size of the file, in bytes
 * @param sha256 of the file, in lower case hexadecimal
 * @param contextTokens the most tokens that the model was made for; 0 where it reads no tokens
 * @param format of its file, which is the ending of the file's name too; {@code gguf} where none is given
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
        @Nullable String format,
        List<ModelSource> sources) {
    /** Of language models. */
    public static final String GGUF = "gguf";
    /** Of experts. */
    public static final String ONNX = "onnx";

    public CatalogueModel {
        aliases = List.copyOf(aliases);
        sources = List.copyOf(sources);
        format = format == null ? GGUF : format;
        require(name.matches("[a-z0-9][a-z0-9.-]*"), "name", name, "lower case letters, digits, dots and dashes");
        require(size > 0, "size", size, "bytes, more than 0");
        require(sha256.matches("[0-9a-f]{64}"), "sha256", sha256, "64 hexadecimal digits");
        require(contextTokens >= 0, "context_tokens", contextTokens, "0 or more");
        require(format.equals(GGUF) || format.equals(ONNX), "format", format, "gguf or onnx");
        require(!sources.isEmpty(), "sources", sources, "at least one");
    }

    private static void require(boolean holds, String field, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(field, value, expected));
        }
    }
}
