package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A team's folder, and team files that differ from the smallest one in one place. */
abstract class TeamFileFixture {
    @TempDir
    Path temporary;

    TeamFolderFixture team;

    @BeforeEach
    void folder() throws IOException {
        team = new TeamFolderFixture(temporary.resolve("team"));
    }

    static String openAi(String fields) {
        return TeamFolderFixture.SMALLEST.replace(
                "provider: local, model: smollm2-135m", "provider: openai, model: gpt-5-mini, " + fields);
    }

    static String replaced(String what, String by) {
        assertThat(TeamFolderFixture.SMALLEST).contains(what);
        return TeamFolderFixture.SMALLEST.replace(what, by);
    }
}
