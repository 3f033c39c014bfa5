package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, reading it gives a team or problems that have a place and can be shown. */
class TeamFileFuzzTest {
    private static final int ROUNDS = 600;
    private static final List<String> PIECES = List.of(
            ":", "- ", "{", "}", "[", "]", "\"", "'", "#", "&a ", "*a", "!!str ", "|", ">", "%", "@", "\t", "\n", "\r",
            "---", "${", "${X}", "$${", "~", "null", "-1", "1e9", "0x1f", "<<: ", "? ", "\u0000", "\ufeff", "é", "🎭",
            "\u2028", "../", "/", "python", "small", "replay", "true", ",", " ", "  ");

    @TempDir
    Path temporary;

    @Test
    void goodFile_mutated_neverThrows() throws IOException {
        long seed = 20261122;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        TeamFolderFixture team = new TeamFolderFixture(temporary);
        int valid = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutated(TeamFolderFixture.full(), random);
            Files.write(team.file(), bytes);

            TeamReading reading = new TeamFileReader(Map.of("X", "x")).read(team.file());

            switch (reading) {
                case TeamReading.Valid good -> {
                    valid++;
                    assertThat(good.team().agents()).containsKey(good.team().entry());
                    LadderPlans.of(good.team(), good.team().entryAssistant(), null);
                }
                case TeamReading.Invalid bad -> {
                    assertThat(bad.report().problems())
                            .as("round %d", round)
                            .isNotEmpty()
                            .isSorted();
                    assertThat(bad.report().text(true)).isNotBlank();
                    assertThat(bad.report().problems())
                            .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
                }
            }
        }
        // Comments and texts can be changed without harm: some files must have stayed good, most must not.
        assertThat(valid).isBetween(ROUNDS / 100, ROUNDS / 2);
    }

    private static byte[] mutated(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int change = 0; change <= random.nextInt(3); change++) {
            int line = random.nextInt(lines.size());
            String old = lines.get(line);
            int at = random.nextInt(old.length() + 1);
            switch (random.nextInt(6)) {
                case 0 ->
                    lines.set(
                            line, old.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + old.substring(at));
                case 1 -> lines.set(line, old.substring(0, at));
                case 2 -> lines.add(random.nextInt(lines.size()), old);
                case 3 -> Collections.swap(lines, line, random.nextInt(lines.size()));
                case 4 -> lines.set(line, "  ".repeat(random.nextInt(4)) + old.strip());
                default ->
                    lines.set(line, old.isEmpty() ? old : old.substring(0, Math.max(0, at - 1)) + old.substring(at));
            }
        }
        byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
