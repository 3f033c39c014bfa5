package dev.troupe.runtime.team;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A team's folder on the disk, with data and documents, and ways of reading what is written into it. */
final class TeamFolderFixture {
    static final String SMALLEST = """
            team: t
            models:
              small: { provider: local, model: smollm2-135m }
            agents:
              a:
                kind: assistant
                instructions: i
                ladder:
                  - { name: quick, model: small }
            """;
    private final Path folder;

    TeamFolderFixture(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/sales.csv"), "region,revenue\nnorth,1\n");
        Files.writeString(folder.resolve("tables.py"), "sales = open('data/sales.csv')\n");
        Files.writeString(folder.resolve("api.md"), "# The data\nRevenue is in euros.\n");
    }

    static String full() {
        try (InputStream in = TeamFolderFixture.class.getResourceAsStream("full.yaml")) {
            if (in == null) {
                throw new IllegalStateException("full.yaml: not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    Path file() {
        return folder.resolve("team.yaml");
    }

    TeamReading read(String yaml, Map<String, String> environment) {
        try {
            Files.writeString(file(), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TeamFileReader(environment).read(file());
    }

    TeamFile valid(String yaml, Map<String, String> environment) {
        return read(yaml, environment).orThrow(false);
    }

    /** The problems as {@code line:column  text}, without the file's name. */
    List<String> problems(String yaml) {
        return problems(read(yaml, Map.of()));
    }

    List<String> problems(TeamReading reading) {
        return switch (reading) {
            case TeamReading.Valid valid -> List.of();
            case TeamReading.Invalid invalid ->
                invalid.report().summaries().stream()
                        .map(line -> line.startsWith(file() + ":")
                                ? line.substring(file().toString().length() + 1)
                                : line)
                        .toList();
        };
    }
}
