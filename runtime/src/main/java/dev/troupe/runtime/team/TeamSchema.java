package dev.troupe.runtime.team;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The JSON Schema (2020-12) of the team file, for editors. */
public final class TeamSchema {
    private TeamSchema() {}

    /** Its text, ending with a line break. */
    public static String text() {
        try (InputStream in =
                Objects.requireNonNull(TeamSchema.class.getResourceAsStream("team.schema.json"), "team.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
