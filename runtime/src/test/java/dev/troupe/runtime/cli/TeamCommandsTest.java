package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.runtime.team.TeamSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeamCommandsTest {
    private static final String TEAM = """
            team: t
            models:
              small: { provider: local, model: smollm2 }
              large: { provider: openai, model: gpt-5-mini, key: "${OPENAI_API_KEY:-}" }
            agents:
              a:
                kind: assistant
                instructions: i
                tools: [python]
                ladder: [{ name: quick, model: small }, { name: large, model: large }]
            tools: { python: {} }
            """;

    @TempDir
    Path temporary;

    private Path file;

    @BeforeEach
    void file() {
        file = temporary.resolve("team.yaml");
    }

    @Test
    void validate_goodFile_saysWhatTheTeamDoesAndWhatIsLeftOut() throws IOException {
        Files.writeString(file, TEAM);

        CommandLineRun run = CommandLineRun.in(temporary).run("validate", temporary.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                notice: models.large: left out, OPENAI_API_KEY is not set
                notice: agents.a.ladder[1]: rung large is left out with the model large
                valid: %s
                  a (entry): tries quick; with python
                """.formatted(temporary));
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void validate_goodFileAsJson_isOneObject() throws IOException {
        Files.writeString(file, TEAM);

        CommandLineRun run = CommandLineRun.in(temporary)
                .with("OPENAI_API_KEY", "sk-1234567890")
                .run("validate", file.toString(), "--json");

        assertThat(run.json().get("valid").asBoolean()).isTrue();
        assertThat(run.json().get("notices")).isEmpty();
        assertThat(run.out()).doesNotContain("sk-12345").hasLineCount(1);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void validate_badFile_showsAllOnStandardErrorAndEndsWith3() throws IOException {
        Files.writeString(file, TEAM.replace("model: small }", "model: smal }").replace("i\n", "i\n    kin: d\n"));

        CommandLineRun run = CommandLineRun.in(temporary).run("validate", file.toString());

        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith(
                        file + ": 2 problems\n\n" + file + ":9:5  agents.a: unknown key \"kin\" (did you mean kind?)\n")
                .contains("(did you mean small? expected: small or large)");
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void validate_badFileAsJson_listsProblemsWithPlaces() throws IOException {
        Files.writeString(file, TEAM.replace("model: small }", "model: smal }"));

        CommandLineRun run = CommandLineRun.in(temporary).run("validate", file.toString(), "--json");

        JsonNode problem = run.json().get("problems").get(0);
        assertThat(run.json().get("valid").asBoolean()).isFalse();
        assertThat(problem.get("line").asInt()).isEqualTo(10);
        assertThat(problem.get("path").asText()).isEqualTo("agents.a.ladder[0].model");
        assertThat(problem.get("suggestion").asText()).isEqualTo("small");
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void validate_missingFile_endsWith3() {
        CommandLineRun run = CommandLineRun.in(temporary).run("validate", file.toString());

        assertThat(run.err())
                .isEqualTo(file + ": 1 problem\n\n" + file
                        + "  no such file (expected: a team file, or a folder with one)\n");
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void schema_isPrintedAsItIs_orOnOneLine() {
        assertThat(CommandLineRun.in(temporary).run("schema").out()).isEqualTo(TeamSchema.text());
        CommandLineRun machine = CommandLineRun.in(temporary).run("schema", "--json");
        assertThat(machine.out()).hasLineCount(1);
        assertThat(machine.json().get("title").asText()).isEqualTo("Troupe team file");
    }

    @Test
    void help_ofBoth_hasExamplesAndExitCodes() {
        for (String command : new String[] {"validate", "schema"}) {
            CommandLineRun run = CommandLineRun.in(temporary).run(command, "--help");
            assertThat(run.out()).contains("Examples:", "troupe " + command, "Exit codes:");
            assertThat(run.exitCode()).isZero();
        }
    }
}
