package dev.troupe.models.expert.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.store.CatalogueModel;
import dev.troupe.models.store.ModelSource;
import dev.troupe.models.task.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the catalogue knows of a model for experts.
 *
 * @param name lower case letters, digits, dots and dashes
 * @param aliases shorter names that mean the same
 * @param taskLabels what it can do; the first is what it does unless told otherwise
 * @param licence an SPDX identifier
 * @param home a page about the model
 * @param size of its weights, in bytes
 * @param files by the names of the standard export layout; at most one of them has to be fetched
 */
public record CatalogueExpert(
        String name,
        List<String> aliases,
        String description,
        @JsonProperty("tasks") List<String> taskLabels,
        String licence,
        String home,
        long size,
        Map<String, FileEntry> files) {
    public CatalogueExpert {
        aliases = List.copyOf(aliases);
        taskLabels = List.copyOf(taskLabels);
        files = Map.copyOf(files);
    }

    /** Where a file is, or is had from. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = OnClassPath.class, name = "class-path"),
        @JsonSubTypes.Type(value = Inline.class, name = "inline"),
        @JsonSubTypes.Type(value = Fetched.class, name = "python-package")
    })
    public sealed interface FileEntry {}

    /** It comes with Troupe. */
    public record OnClassPath(String resource) implements FileEntry {}

    /** It is written in the catalogue. */
    public record Inline(JsonNode content) implements FileEntry {}

    /** It is fetched, once, and checked. */
    public record Fetched(
            @JsonProperty("package") String distribution, String version, String member, long size, String sha256)
            implements FileEntry {}

    /** What it can do. */
    public List<Task> tasks() {
        return taskLabels.stream().map(Task::of).toList();
    }

    /** What the store fetches for it; empty when all of it comes with Troupe. */
    Optional<CatalogueModel> fetched() {
        return files.values().stream()
                .filter(Fetched.class::isInstance)
                .map(Fetched.class::cast)
                .map(this::stored)
                .findFirst();
    }

    private CatalogueModel stored(Fetched file) {
        ModelSource source = new ModelSource.PythonPackage(
                List.of(new ModelSource.Part(file.distribution(), file.version(), file.member(), file.size())));
        return new CatalogueModel(
                name,
                aliases,
                description,
                licence,
                home,
                file.size(),
                file.sha256(),
                0,
                CatalogueModel.ONNX,
                List.of(source));
    }
}
