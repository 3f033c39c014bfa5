package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.team.ModelSettings.Recorded;
import dev.troupe.runtime.team.ModelSettings.Recorded.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recorded models in team files. */
class RecordedModelsTest extends TeamFileFixture {
    private static final String LIVE = "provider: openai, model: gpt-5-mini, key: \"${KEY:-}\", temperature: 0.5";

    @BeforeEach
    void recording() throws IOException {
        Files.writeString(team.folder().resolve("small.jsonl"), "");
    }

    /** A team whose rung asks {@code small}; it stands before the model that it is a recording of. */
    private static String recorded(String fields) {
        return TeamFolderFixture.SMALLEST.replace(
                "small: { provider: local, model: smollm2-135m }",
                "small: { provider: recorded, " + fields + " }\n  live: { " + LIVE + " }");
    }

    @Test
    void recorded_nothingSaid_isReplayed_withoutTheOthersKeyAndWithItsSampling() {
        TeamFile file = team.valid(recorded("of: live, file: small.jsonl"), Map.of());
        assertThat(file.models()).containsOnlyKeys("small");
        assertThat(file.models().get("small")).isInstanceOfSatisfying(Recorded.class, model -> {
            assertThat(model.mode()).isEqualTo(Mode.REPLAY);
            assertThat(model.file()).isEqualTo(team.folder().resolve("small.jsonl"));
            assertThat(model.of().name()).isEqualTo("live");
            assertThat(model.sampling().temperature()).isEqualTo(0.5);
            assertThat(model.model()).isEqualTo("gpt-5-mini");
        });
        assertThat(file.entryAssistant().ladder()).hasSize(1);
    }

    @Test
    void recorded_toBeRecorded_needsNoFileButAKey() {
        TeamFile file = team.valid(recorded("of: live, file: data/new.jsonl, mode: record"), Map.of("KEY", "k"));
        assertThat(file.models().get("small")).isInstanceOfSatisfying(Recorded.class, model -> {
            assertThat(model.mode()).isEqualTo(Mode.RECORD);
            assertThat(model.file()).isEqualTo(team.folder().resolve("data/new.jsonl"));
        });
        assertThat(team.problems(recorded("of: live, file: data/new.jsonl, mode: auto")))
                .containsExactly("10:7  agents.a.ladder: no rung is left: KEY is not set"
                        + " (expected: a model that can be asked)");
    }

    @Test
    void recorded_problems_eachWithItsPlace() {
        assertThat(team.problems(recorded("of: lvie, file: smal.jsonl")))
                .containsExactly(
                        "3:36  models.small.of: unknown model \"lvie\" (did you mean live? expected: live)",
                        "3:48  models.small.file: \"smal.jsonl\": no such file (did you mean small.jsonl? expected: a"
                                + " path inside the team's folder, relative to it)");
        assertThat(team.problems(recorded("file: ../small.jsonl, mode: play, model: m")))
                .containsExactly(
                        "3:3  models.small.of: missing (expected: the model that is recorded, one of the file's)",
                        "3:38  models.small.file: \"../small.jsonl\" (expected: a path inside the team's folder,"
                                + " relative to it)",
                        "3:60  models.small.mode: \"play\" (expected: replay or record or auto)",
                        "3:66  models.small: unknown key \"model\" (did you mean mode?)");
        assertThat(team.problems(recorded("of: small, file: none/new.jsonl, mode: record")))
                .containsExactly(
                        "3:36  models.small.of: unknown model \"small\" (expected: live)",
                        "3:49  models.small.file: \"none/new.jsonl\": no such file (expected: a path inside the"
                                + " team's folder, relative to it)");
    }
}
