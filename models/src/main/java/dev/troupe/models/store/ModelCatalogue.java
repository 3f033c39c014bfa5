package dev.troupe.models.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The models that can be pulled by name, as {@code catalogue.json} lists them. */
public record ModelCatalogue(List<CatalogueModel> models) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public ModelCatalogue {
        models = List.copyOf(models);
    }

    /** The catalogue that comes with Troupe. */
    public static ModelCatalogue builtIn() {
        try (InputStream in =
                Objects.requireNonNull(ModelCatalogue.class.getResourceAsStream("catalogue.json"), "catalogue.json")) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a catalogue in the form of {@code catalogue.json}; unknown fields are errors. */
    public static ModelCatalogue read(InputStream in) throws IOException {
        return MAPPER.readValue(in, ModelCatalogue.class);
    }

    /**
     * The model of that name or alias.
     *
     * @throws TroupeException {@code NOT_FOUND}, with the name that was probably meant
     */
    public CatalogueModel find(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        return models.stream()
                .filter(model -> model.name().equals(wanted) || model.aliases().contains(wanted))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private TroupeException unknown(String name) {
        String known =
                String.join(", ", models.stream().map(CatalogueModel::name).toList());
        String wanted = name.toLowerCase(Locale.ROOT);
        String hint = models.stream()
                .map(CatalogueModel::name)
                .filter(candidate ->
                        !wanted.isBlank() && (candidate.contains(wanted) || commonPrefix(candidate, wanted) >= 4))
                .findFirst()
                .map(candidate -> "did you mean " + candidate + "?")
                .orElse("`./troupe models list` shows the catalogue");
        return new TroupeException(ErrorCode.NOT_FOUND, "model: %s (expected: %s)".formatted(name, known), hint);
    }

    private static int commonPrefix(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }
}
