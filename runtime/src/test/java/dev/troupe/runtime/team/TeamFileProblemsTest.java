package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Files that are no team files, and how problems are shown. */
class TeamFileProblemsTest extends TeamFileFixture {
    @Test
    void report_manyProblems_showsAllSortedWithSourceAndCaret() {
        String yaml = """
                team: t
                models:
                  small: { provider: local, model: smollm2-135m, temprature: 0 }
                agents:
                  a:
                    kind: assistant
                    instructions: i
                    tools: [pyhton]
                    ladder:
                      - { name: quick, model: smal, turns: 0 }
                tools:
                  python: { limits: { memory: 512 } }
                budget: { task: -1 USD }
                """;

        TeamReading.Invalid invalid = (TeamReading.Invalid) team.read(yaml, Map.of());

        String file = team.file().toString();
        assertThat(invalid.report().text(false)).isEqualTo("""
                %1$s: 6 problems

                %1$s:3:50  models.small: unknown key "temprature" (did you mean temperature?)
                    3 |   small: { provider: local, model: smollm2-135m, temprature: 0 }
                      |                                                  ^
                %1$s:8:13  agents.a.tools[0]: unknown tool "pyhton" (did you mean python? expected: python)
                    8 |     tools: [pyhton]
                      |             ^
                %1$s:10:31  agents.a.ladder[0].model: unknown model "smal" (did you mean small? expected: small)
                   10 |       - { name: quick, model: smal, turns: 0 }
                      |                               ^
                %1$s:10:44  agents.a.ladder[0].turns: "0" (expected: a whole number, 1 to 100)
                   10 |       - { name: quick, model: smal, turns: 0 }
                      |                                            ^
                %1$s:12:31  tools.python.limits.memory: "512" (expected: a size with its unit, KiB, MiB, GiB, KB, MB, GB or B: 16MiB to 1024GiB)
                   12 |   python: { limits: { memory: 512 } }
                      |                               ^
                %1$s:13:17  budget.task: "-1 USD" (expected: 0 USD or more, such as 0.05 USD)
                   13 | budget: { task: -1 USD }
                      |                 ^""".formatted(file));
    }

    @Test
    void colours_asked_areOnlyThen() {
        TeamReading.Invalid invalid = (TeamReading.Invalid) team.read("team: t\n", Map.of());

        assertThat(invalid.report().text(false)).doesNotContain("\u001b");
        assertThat(invalid.report().text(true)).contains("\u001b[31m^\u001b[0m");
    }

    @Test
    void missingFile_similarOneBeside_isSuggested() throws IOException {
        Files.writeString(team.folder().resolve("team.yml"), TeamFolderFixture.SMALLEST);

        assertThat(team.problems(new TeamFileReader(Map.of()).read(team.file())))
                .containsExactly(team.file()
                        + "  no such file (did you mean team.yml? expected: a team file, or a folder with one)");
    }

    @Test
    void folderWithoutTeamFile_isSaidToBeSo() {
        assertThat(team.problems(new TeamFileReader(Map.of()).read(team.folder())))
                .containsExactly(
                        team.file() + "  the folder has no team.yaml (expected: a team file, or a folder with one)");
    }

    @Test
    void invalidTeam_asException_hasCodeAndAllProblems() {
        TeamReading reading = team.read("team: t\n", Map.of());

        Assertions.assertThatThrownBy(() -> reading.orThrow(false))
                .isInstanceOfSatisfying(
                        TroupeException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TEAM_INVALID))
                .hasMessageContaining("models: missing")
                .hasMessageContaining("agents: missing");
    }

    @Test
    void emptyFiles_ofAllKinds_areSaidToBeEmpty() {
        for (String text : new String[] {"", "\n\n", "# nothing yet\n", "{}", "---\n"}) {
            assertThat(team.problems(text)).as(text).containsExactly("1:1  empty (expected: keys and values)");
        }
        assertThat(team.problems("- a\n")).containsExactly("1:1  not a mapping (expected: keys and values)");
    }

    @Test
    void yamlThatIsNone_hasItsPlace() {
        assertThat(team.problems("team: t\nmodels:\n\tsmall: x\n"))
                .containsExactly("3:1  a tab (expected: spaces: YAML takes no tabs for indentation)");
        assertThat(team.problems("team: 'open\n"))
                .containsExactly("2:1  not YAML: while scanning a quoted scalar: found unexpected end of stream");
        assertThat(team.problems("team: a: b\n")).containsExactly("1:8  not YAML: mapping values are not allowed here");
        assertThat(team.problems("team: a\n---\nteam: b\n"))
                .containsExactly("2:1  a second document (expected: one document)");
    }

    @Test
    void anchorsAliasesMergesTagsAndDepth_areRefused() {
        assertThat(team.problems("a: &x [*y]\nb: !!int 5\n<<: {c: d}\n"))
                .containsExactly(
                        "1:4  anchor &x (expected: the value without an anchor)",
                        "1:8  alias *y (expected: the value itself)",
                        "2:4  a tag (expected: the value without a tag)");
        assertThat(team.problems(TeamFolderFixture.SMALLEST + "<<: {c: d}\n"))
                .containsExactly("10:1  unknown key \"<<\" (expected: team, models, experts, tools, mcp, agents,"
                        + " entry, baseline, prices, budget)");
        assertThat(team.problems("a: " + "[".repeat(100_000)))
                .containsExactly("1:35  nested too deeply (expected: at most 32 levels)");
        assertThat(team.problems("&a [*a]")).contains("1:1  anchor &a (expected: the value without an anchor)");
    }

    @Test
    void bytesThatAreNoText_haveTheirPlace() throws IOException {
        Files.write(team.file(), "team: t\n# Köln\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(team.problems(new TeamFileReader(Map.of()).read(team.file())))
                .containsExactly("2:4  byte 0xf6, which is no UTF-8 (expected: a file in UTF-8)");
        Files.write(team.file(), "team: t\n".getBytes(StandardCharsets.UTF_16));
        assertThat(team.problems(new TeamFileReader(Map.of()).read(team.file())))
                .containsExactly("1:1  byte 0xfe, which is no UTF-8 (expected: a file in UTF-8)");
        assertThat(team.problems("team: t\nx: \u0007\n"))
                .containsExactly("2:4  character U+0007, which is not printable (expected: text)");
    }

    @Test
    void hugeFile_isNotRead() {
        assertThat(team.problems("#".repeat((1 << 20) + 1)))
                .containsExactly(team.file() + "  larger than 1MiB (expected: at most 1MiB)");
        assertThat(team.problems(TeamFolderFixture.SMALLEST + "#".repeat((1 << 20) - 1000)))
                .isEmpty();
    }

    @Test
    void duplicateKeys_anywhere_nameTheFirst() {
        assertThat(team.problems(TeamFolderFixture.SMALLEST + "team: u\n"))
                .containsExactly("10:1  duplicate key \"team\", first on line 1 (expected: each key once)");
        assertThat(team.problems(replaced("  small:", "  small: { provider: local, model: smollm2 }\n  small:")))
                .containsExactly("4:3  models: duplicate key \"small\", first on line 3 (expected: each key once)");
    }

    @Test
    void emptySections_areSaidToBeSo() {
        assertThat(team.problems("team: t\nmodels:\nagents: {}\n"))
                .containsExactly(
                        "2:8  models: empty (expected: a mapping of names to models)",
                        "3:9  agents: a mapping (expected: a mapping of names to agents)");
    }

    @Test
    void missingKeys_arePlacedAtTheirSection() {
        assertThat(team.problems("team: t\nmodels:\n  small: {}\nagents:\n  a: { ladder: [{}] }\n"))
                .containsExactly(
                        "3:3  models.small.model: missing (expected: the model as its provider names it)",
                        "3:3  models.small.provider: missing (expected: local, openai, recorded or java)",
                        "5:3  agents.a.instructions: missing (expected: what the assistant is for)",
                        "5:3  agents.a.kind: missing (expected: assistant or chat or planner)",
                        "5:17  agents.a.ladder[0].model: missing (expected: one of the file's models)",
                        "5:17  agents.a.ladder[0].name: missing (expected: a name)");
    }
}
