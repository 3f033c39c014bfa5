package dev.troupe.models.expert.catalogue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.store.ModelCatalogue;
import dev.troupe.models.task.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The models for experts that are known by name, as {@code experts.json} lists them. */
public record ExpertCatalogue(List<CatalogueExpert> experts) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public ExpertCatalogue {
        experts = List.copyOf(experts);
    }

    /** The catalogue that comes with Troupe. */
    public static ExpertCatalogue builtIn() {
        try (InputStream in =
                Objects.requireNonNull(ExpertCatalogue.class.getResourceAsStream("experts.json"), "experts.json")) {
            return MAPPER.readValue(in, ExpertCatalogue.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<CatalogueExpert> lookUp(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        return experts.stream()
                .filter(expert ->
                        expert.name().equals(wanted) || expert.aliases().contains(wanted))
                .findFirst();
    }

    /** @throws TroupeException {@code NOT_FOUND}, with the names that there are */
    public CatalogueExpert find(String name) {
        return lookUp(name)
                .orElseThrow(() -> new TroupeException(
                        ErrorCode.NOT_FOUND,
                        "expert model: %s (expected: %s, or a folder such as ./mine)".formatted(name, names(experts)),
                        "`./troupe experts list` shows the catalogue"));
    }

    /** Those that can do a task, in the catalogue's order. */
    public List<CatalogueExpert> candidates(Task task) {
        return experts.stream().filter(expert -> expert.tasks().contains(task)).toList();
    }

    /** What has to be fetched, for the store. */
    ModelCatalogue fetched() {
        return new ModelCatalogue(
                experts.stream().flatMap(expert -> expert.fetched().stream()).toList());
    }

    static String names(List<CatalogueExpert> experts) {
        return experts.stream().map(CatalogueExpert::name).collect(Collectors.joining(", "));
    }
}
