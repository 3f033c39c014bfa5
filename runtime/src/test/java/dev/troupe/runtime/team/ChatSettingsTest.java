package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.planner.chat.ChatPlan;
import dev.troupe.planner.ladder.Offer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatSettingsTest {
    static final String TEAM = """
            team: t
            models:
              small: { provider: local, model: smollm2-135m, temperature: 0, seed: 7 }
              large: { provider: openai, model: gpt-5-mini, key: "${LARGE_KEY:-}" }
            agents:
              desk: { kind: chat, model: small, instructions: You are brief., history_tokens: 500 }
              reviewer: { kind: chat, model: large }
            entry: desk
            """;

    @TempDir
    Path temporary;

    private TeamFolderFixture team;

    @BeforeEach
    void folder() throws IOException {
        team = new TeamFolderFixture(temporary);
    }

    @Test
    void chat_isAModelWithInstructions() {
        TeamFile file = team.valid(TEAM, Map.of("LARGE_KEY", "sk-1"));
        assertThat(file.entryAgent()).isEqualTo(new ChatSettings("desk", "You are brief.", "small", 500));
        assertThat(file.agents().get("reviewer")).isEqualTo(new ChatSettings("reviewer", "", "large", 2_000));
        assertThat(AgentPlans.of(file, file.entryAgent(), Map.of(), Map.of(), null))
                .isEqualTo(new ChatPlan(
                        "You are brief.",
                        "small",
                        new Sampling(0.0, null, 7, null, List.of()),
                        500,
                        Offer.NONE,
                        ChatPlan.DEFAULT_TURNS));
    }

    @Test
    void chat_withoutItsModelsKey_isLeftOut_andNoEntry() {
        TeamFile file = team.valid(TEAM, Map.of());
        assertThat(file.agents()).containsOnlyKeys("desk");
        assertThat(file.notices()).contains("agents.reviewer: agent reviewer is left out with the model large");
        assertThat(team.problems(TEAM.replace("entry: desk", "entry: reviewer")))
                .containsExactly("8:8  entry: reviewer is left out: LARGE_KEY is not set"
                        + " (expected: an agent whose model can be asked)");
        assertThat(team.problems(TEAM.replace("entry: desk\n", "").replaceAll("  desk: .*\n", "")))
                .singleElement()
                .asString()
                .contains("reviewer is left out: LARGE_KEY is not set");
    }

    @Test
    void chat_withWrongKeys_saysWhatItMayHave() {
        assertThat(team.problems(TEAM.replace("history_tokens: 500", "history_token: 500")))
                .singleElement()
                .asString()
                .contains("agents.desk: unknown key \"history_token\"")
                .contains("history_tokens");
        assertThat(team.problems(TEAM.replace("model: small,", "")))
                .singleElement()
                .asString()
                .contains("agents.desk.model: missing (expected: one of the file's models)");
        assertThat(team.problems(TEAM.replace("history_tokens: 500", "history_tokens: -1")))
                .singleElement()
                .asString()
                .contains("agents.desk.history_tokens: \"-1\" (expected: a whole number, 0 to 1000000)");
        assertThat(team.problems(TEAM.replace("history_tokens: 500", "tools: [python]") + "tools: { python: {} }\n"))
                .singleElement()
                .asString()
                .contains("agents.desk.tools[0]: \"python\" runs programs (expected: a tool with functions");
    }

    @Test
    void chat_whereALadderIsNeeded_isRefused() {
        TeamFile file = team.valid(TEAM, Map.of());
        assertThatThrownBy(file::entryAssistant).isInstanceOfSatisfying(TroupeException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.TEAM_INVALID);
            assertThat(e).hasMessage("agents.desk.kind: chat (expected: assistant)");
        });
    }
}
