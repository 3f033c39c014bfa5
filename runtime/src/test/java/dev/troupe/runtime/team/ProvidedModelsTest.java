package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.team.ModelSettings.Provided;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Models of the program that runs the team, and of providers on its class path. */
class ProvidedModelsTest extends TeamFileFixture {
    private static final String LOCAL = "small: { provider: local, model: smollm2-135m }";

    private static String with(String fields) {
        return TeamFolderFixture.SMALLEST.replace(LOCAL, "small: { provider: java" + fields + " }");
    }

    @Test
    void fromAProvider_isReadWithAllThatItIsTold() {
        String fields = ", from: langchain4j, model: claude, url: \"http://x/v1\", key: \"${KEY}\", temperature: 0.5,"
                + " context: 9000, options: { class: a.B, retries: 3, thinking: true, text: \"${TEXT}\" }";
        TeamFile file = team.valid(with(fields), Map.of("KEY", "k", "TEXT", "t"));
        assertThat(file.models().get("small")).isInstanceOfSatisfying(Provided.class, model -> {
            assertThat(model.sampling().temperature()).isEqualTo(0.5);
            assertThat(model.wanted().provider()).isEqualTo("langchain4j");
            assertThat(model.wanted().qualifiedName()).isEqualTo("langchain4j/claude");
            assertThat(model.wanted().url()).hasToString("http://x/v1");
            assertThat(model.wanted().contextTokens()).isEqualTo(9000);
            assertThat(model.wanted().options())
                    .isEqualTo(Map.of("class", "a.B", "retries", "3", "thinking", "true", "text", "t"));
            assertThat(model.wanted().key()).hasToString("***");
        });
    }

    @Test
    void nobodysModel_isAProblem_unlessTheProgramBringsIt() throws Exception {
        assertThat(team.problems(with("")))
                .containsExactly(
                        "3:3  models.small.from: missing (expected: a provider's name, or a program that brings"
                                + " this model)");
        java.nio.file.Files.writeString(team.file(), with(""));
        TeamReading reading = new TeamFileReader(Map.of(), Set.of("small")).read(team.file());
        assertThat(reading).isInstanceOf(TeamReading.Valid.class);
        assertThat(reading.orThrow(false).models().get("small"))
                .isInstanceOfSatisfying(
                        Provided.class, model -> assertThat(model.from()).isEmpty());
    }

    @Test
    void modelWithoutItsKey_isLeftOut_unlessTheProgramBringsIt() throws Exception {
        String keyed = TeamFolderFixture.SMALLEST.replace(
                LOCAL, "small: { provider: openai, model: gpt-5-mini, key: \"${KEY:-}\" }");
        assertThat(team.problems(keyed)).isNotEmpty();
        java.nio.file.Files.writeString(team.file(), keyed);
        assertThat(new TeamFileReader(Map.of(), Set.of("small"))
                        .read(team.file())
                        .orThrow(false)
                        .models())
                .containsOnlyKeys("small");
    }

    @Test
    void wrongKeys_areProblems() {
        assertThat(team.problems(with(", from: langchain4j")))
                .anyMatch(problem -> problem.contains("models.small.model: missing"));
        assertThat(team.problems(with(", from: langchain4j, model: m, keep_alive: 5m")))
                .anyMatch(problem -> problem.contains("unknown key \"keep_alive\""));
        assertThat(team.problems(with(", from: langchain4j, model: m, options: { a: [1] }")))
                .anyMatch(problem -> problem.contains("models.small.options.a"));
    }
}
