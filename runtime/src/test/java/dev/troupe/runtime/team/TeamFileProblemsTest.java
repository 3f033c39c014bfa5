package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TeamFileProblemsTest {
    private static final String NAMES = "a name of letters, digits, '.', '-' and '_', at most 64 long";

    @TempDir
    Path temporary;

    private TeamFolderFixture team;

    @BeforeEach
    void folder() throws IOException {
        team = new TeamFolderFixture(temporary.resolve("team"));
    }

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
    void rung_withALikenessButNoNeedOfADemonstration_isRefused() {
        String yaml = TeamFolderFixture.SMALLEST.replace("model: small }\n", "model: small, similarity: 0.9 }\n");

        assertThat(team.problems(yaml))
                .singleElement()
                .asString()
                .contains("ladder[0].similarity: a rung that always tries (expected: `when: demonstrated` beside it)");
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
                .containsExactly("10:1  unknown key \"<<\" (expected: team, models, tools, agents, entry, baseline,"
                        + " prices, budget)");
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
                        "3:3  models.small.provider: missing (expected: local or openai)",
                        "5:3  agents.a.instructions: missing (expected: what the assistant is for)",
                        "5:3  agents.a.kind: missing (expected: assistant)",
                        "5:17  agents.a.ladder[0].model: missing (expected: one of the file's models)",
                        "5:17  agents.a.ladder[0].name: missing (expected: a name)");
    }

    @Test
    void whatLaterVersionsHave_isRefusedByName() {
        String yaml = """
                team: t
                experts: { reader: { task: image-to-text } }
                models:
                  small: { provider: local, model: smollm2, keep_alive: 5m }
                tools:
                  python:
                    network: [{ host: example.com }]
                    secrets: { KEY: { value: x } }
                  convert: { function: com.example.Currency }
                agents:
                  a:
                    kind: assistant
                    instructions: i
                    uses: [desk]
                    ladder:
                      - replay
                      - { name: quick, model: small }
                  desk: { kind: planner, model: small, uses: [a] }
                  reviewer: { kind: chat, model: small }
                entry: desk
                """;

        assertThat(team.problems(yaml))
                .containsExactly(
                        "2:1  experts: not in this version",
                        "4:45  models.small.keep_alive: not in this version",
                        "7:5  tools.python.network: not in this version",
                        "8:5  tools.python.secrets: not in this version",
                        "9:3  tools.convert: not in this version",
                        "14:5  agents.a.uses: not in this version",
                        "16:9  agents.a.ladder[0]: \"replay\": not in this version",
                        "18:17  agents.desk.kind: \"planner\": not in this version (expected: assistant)",
                        "19:21  agents.reviewer.kind: \"chat\": not in this version (expected: assistant)");
    }

    @Test
    void fileGrants_outsideOrMissing_areRefused() throws IOException {
        Files.writeString(temporary.resolve("secret.txt"), "x");
        Files.createSymbolicLink(team.folder().resolve("out"), temporary.resolve("secret.txt"));
        Files.createSymbolicLink(team.folder().resolve("round"), team.folder().resolve("round"));
        String expected = " (expected: a path inside the team's folder, relative to it)";

        assertThat(
                        team.problems(
                                TeamFolderFixture.SMALLEST
                                        + "tools: { python: { files: [../secret.txt, /etc/passwd, out, dat, round, ., data/../..] } }\n"))
                .containsExactly(
                        "10:28  tools.python.files[0]: \"../secret.txt\"" + expected,
                        "10:43  tools.python.files[1]: \"/etc/passwd\"" + expected,
                        "10:56  tools.python.files[2]: \"out\" leads out of the team's folder by a link" + expected,
                        "10:61  tools.python.files[3]: \"dat\": no such file (did you mean data? expected: a path inside"
                                + " the team's folder, relative to it)",
                        "10:66  tools.python.files[4]: \"round\" is a link that leads nowhere" + expected,
                        "10:73  tools.python.files[5]: \".\"" + expected,
                        "10:76  tools.python.files[6]: \"data/../..\"" + expected);
    }

    @Test
    void documents_missingOrNoText_areRefused() throws IOException {
        Files.write(team.folder().resolve("bad.md"), new byte[] {'a', '\n', (byte) 0xff});
        Files.writeString(team.folder().resolve("blank.md"), " \n");
        String rung = "- { name: quick, model: small";

        assertThat(team.problems(replaced(rung, rung + ", docs: bad.md")))
                .containsExactly("9:44  agents.a.ladder[0].docs: \"bad.md\": byte 0xff, which is no UTF-8 (line 2)"
                        + " (expected: a file in UTF-8)");
        assertThat(team.problems(replaced(rung, rung + ", docs: blank.md")))
                .containsExactly("9:44  agents.a.ladder[0].docs: \"blank.md\": empty (expected: a text file)");
        assertThat(team.problems(replaced(rung, rung + ", docs: data")))
                .containsExactly("9:44  agents.a.ladder[0].docs: \"data\": not a regular file (expected: a text file)");
    }

    @Test
    void preludes_missingOrNoText_areRefused() throws IOException {
        Files.write(team.folder().resolve("bad.py"), new byte[] {'a', '\n', (byte) 0xff});
        Files.writeString(team.folder().resolve("blank.py"), "\n");
        Files.writeString(team.folder().resolve("large.py"), "#".repeat((256 << 10) + 1));
        String inside = " (expected: a path inside the team's folder, relative to it)";

        assertThat(preludeProblem("bad.py"))
                .isEqualTo("\"bad.py\": byte 0xff, which is no UTF-8 (line 2) (expected: a file in UTF-8)");
        assertThat(preludeProblem("blank.py")).isEqualTo("\"blank.py\": empty (expected: a text file)");
        assertThat(preludeProblem("large.py")).isEqualTo("\"large.py\": larger than 256KiB (expected: at most 256KiB)");
        assertThat(preludeProblem("data")).isEqualTo("\"data\": not a regular file (expected: a text file)");
        assertThat(preludeProblem("../x.py")).isEqualTo("\"../x.py\"" + inside);
        assertThat(preludeProblem("table.py"))
                .isEqualTo("\"table.py\": no such file (did you mean tables.py? expected: a path inside the team's"
                        + " folder, relative to it)");
    }

    /** The one problem of a team with this prelude, without its place. */
    private String preludeProblem(String path) {
        String place = "10:29  tools.python.prelude: ";
        List<String> problems =
                team.problems(TeamFolderFixture.SMALLEST + "tools: { python: { prelude: " + path + " } }\n");
        assertThat(problems).hasSize(1).first().asString().startsWith(place);
        return problems.getFirst().substring(place.length());
    }

    @Test
    void key_unset_isNamed() {
        String yaml = openAi("key: \"${OPENAI_API_KEY}\"");

        assertThat(team.problems(yaml))
                .containsExactly(
                        "3:54  models.small.key: OPENAI_API_KEY is not set (expected: an environment variable with"
                                + " the secret)");
        assertThat(team.problems(team.read(yaml, Map.of("OPENAI_API_KEY", ""))))
                .containsExactly(
                        "3:54  models.small.key: OPENAI_API_KEY is empty (expected: an environment variable with the"
                                + " secret)");
        assertThat(team.problems(team.read(yaml, Map.of("OPENAI_API_KEY", "sk-1"))))
                .isEmpty();
    }

    @Test
    void key_leftOutForAllRungs_leavesNothingToTry() {
        assertThat(team.problems(openAi("key: \"${OPENAI_API_KEY:-}\"")))
                .containsExactly(
                        "9:7  agents.a.ladder: no rung is left: OPENAI_API_KEY is not set (expected: a model that"
                                + " can be asked)");
    }

    @Test
    void key_missingOrWrittenOut_isRefusedAndNotShown() {
        assertThat(team.problems(openAi("temperature: 1")))
                .containsExactly(
                        "3:3  models.small.key: missing (expected: \"${OPENAI_API_KEY}\", or a url of an endpoint that"
                                + " needs no key)");
        String written = openAi("key: sk-abcdef123456, modle: x");
        TeamReading.Invalid invalid = (TeamReading.Invalid) team.read(written, Map.of());
        assertThat(invalid.report().text(false))
                .contains("models.small.key: a secret that is written in the file")
                .contains("key: ***************, modle")
                .doesNotContain("abcdef");
    }

    @Test
    void judge_leftOut_isAProblem() {
        String yaml = TeamFolderFixture.SMALLEST.replace(
                        "agents:", "  large: { provider: openai, model: m, key: \"${K:-}\" }\nagents:")
                + "    verify: { judge: large }\n";

        assertThat(team.problems(yaml))
                .containsExactly(
                        "11:22  agents.a.verify.judge: large is left out: K is not set (expected: a model that can be"
                                + " asked)");
    }

    @Test
    void environment_problems_quoteTheFileAndNeverTheValue() {
        String yaml = TeamFolderFixture.SMALLEST.replace("smollm2-135m }", "smollm2, temperature: \"${T}\" }");

        assertThat(team.problems(team.read(yaml, Map.of("T", "hidden-value"))))
                .containsExactly("3:58  models.small.temperature: \"${T}\" (expected: a number, 0 to 2)");
        assertThat(team.problems(yaml))
                .containsExactly(
                        "3:58  models.small.temperature: T is not set (expected: an environment variable: ${NAME}, or"
                                + " ${NAME:-default}; $${ for a literal ${)");
        assertThat(team.problems(replaced("instructions: i", "instructions: 'a ${b c}'")))
                .containsExactly(
                        "7:19  agents.a.instructions: a reference that is not complete (expected: an environment"
                                + " variable: ${NAME}, or ${NAME:-default}; $${ for a literal ${)");
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                arguments("team: t", "team: 12", "1:7  team: 12 (expected: NAME, in quotes)"),
                arguments("team: t", "team: a/b", "1:7  team: \"a/b\" (expected: NAME)"),
                arguments(
                        "provider: local",
                        "provider: lokal",
                        "3:22  models.small.provider: \"lokal\" (did you mean local? expected: local or openai)"),
                arguments(
                        "smollm2-135m",
                        "smolm2-135m",
                        "3:36  models.small.model: \"smolm2-135m\" (did you mean smollm2-135m? expected: a model of the catalogue: qwen2.5-coder, qwen2.5-coder-1.5b, qwen2.5-coder-1.5b-instruct, smollm2, smollm2-135m, smollm2-135m-instruct)"),
                arguments(
                        "smollm2-135m }",
                        "smollm2, seed: 1.5 }",
                        "3:51  models.small.seed: \"1.5\" (expected: a whole number, 0 to 2147483647)"),
                arguments(
                        "smollm2-135m }",
                        "smollm2, url: x }",
                        "3:45  models.small: unknown key \"url\" (expected: provider, model, temperature, top_p, seed, max_tokens, context)"),
                arguments(
                        "kind: assistant",
                        "kind: asistant",
                        "6:11  agents.a.kind: \"asistant\" (did you mean assistant? expected: assistant)"),
                arguments(
                        "instructions: i",
                        "instructions: i\n    carry_over: yes",
                        "8:17  agents.a.carry_over: \"yes\" (expected: true or false)"),
                arguments(
                        "instructions: i",
                        "instructions: ' '",
                        "7:19  agents.a.instructions: empty (expected: what the assistant is for)"),
                arguments(
                        "instructions: i",
                        "instructions: i\n    verify: {}",
                        "8:13  agents.a.verify: nothing (expected: judge, rule or person)"),
                arguments(
                        "instructions: i",
                        "instructions: i\n    verify: human",
                        "8:13  agents.a.verify: \"human\" (expected: person)"),
                arguments(
                        "instructions: i",
                        "instructions: i\n    verify: { rule: { output: \"(\" } }",
                        "8:31  agents.a.verify.rule.output: \"(\": Unclosed group (expected: a regular expression)"),
                arguments(
                        "instructions: i",
                        "instructions: i\n    demonstrations: { show: 11 }",
                        "8:29  agents.a.demonstrations.show: \"11\" (expected: a whole number, 0 to 10)"),
                arguments("name: quick", "name: 'a,b'", "9:17  agents.a.ladder[0].name: \"a,b\" (expected: NAME)"),
                arguments(
                        "model: small }",
                        "model: small, files: all }",
                        "9:45  agents.a.ladder[0].files: \"all\" (expected: described or named)"),
                arguments(
                        "team: t",
                        "team: t\nentry: b",
                        "2:8  entry: unknown agent \"b\" (did you mean a? expected: a)"),
                arguments(
                        "team: t",
                        "team: t\nbaseline: gpt-5",
                        "2:11  baseline: \"gpt-5\" (expected: a model of the price table, such as openai/gpt-5, or one of prices)"),
                arguments(
                        "team: t",
                        "team: t\nprices: { m: { input: 1, output: 1 } }",
                        "2:11  prices: \"m\" (expected: provider/model)"),
                arguments(
                        "team: t",
                        "team: t\nprices: { a/m: { input: 1 EUR, output: 1 } }",
                        "2:25  prices.a/m.input: \"1 EUR\" (expected: 0 USD or more, such as 0.05 USD)"),
                arguments(
                        "team: t",
                        "team: t\nbudget: { task_time: 30 }",
                        "2:22  budget.task_time: \"30\" (expected: a duration with its unit, ms, s, m or h: 1s to 24h)"),
                arguments(
                        "team: t",
                        "team: t\nbudget: { task_tokens: 0 }",
                        "2:24  budget.task_tokens: \"0\" (expected: a whole number, 1 to 2147483647)"),
                arguments(
                        "team: t",
                        "team: t\nbudget: { day: 1e400000000 USD }",
                        "2:16  budget.day: \"1e400000000 USD\" (expected: 0 USD or more, such as 0.05 USD)"),
                arguments(
                        "team: t",
                        "team: t\ntools: { python: { packages: [--index-url=x] } }",
                        "2:31  tools.python.packages[0]: \"--index-url=x\" (expected: a package such as pandas or pandas==2.3.1)"),
                arguments(
                        "team: t",
                        "team: t\ntools: { shell: { packages: [jq] } }",
                        "2:19  tools.shell: unknown key \"packages\" (expected: sandbox, files, limits)"),
                arguments(
                        "team: t",
                        "team: t\ntools: { shell: { prelude: tables.py } }",
                        "2:19  tools.shell: unknown key \"prelude\" (expected: sandbox, files, limits)"),
                arguments(
                        "team: t",
                        "team: t\ntools: { bash: {} }",
                        "2:10  tools: unknown key \"bash\" (expected: python, shell)"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void value_wrong_isToldWithPlaceAndExpectation(String right, String wrong, String message) {
        assertThat(team.problems(replaced(right, wrong))).containsExactly(message.replace("NAME", NAMES));
    }

    @Test
    void rungNames_twice_areRefused() {
        assertThat(team.problems(TeamFolderFixture.SMALLEST + "      - { name: quick, model: small }\n"))
                .containsExactly(
                        "10:17  agents.a.ladder[1].name: \"quick\" again (expected: a name that no other rung has)");
    }

    @Test
    void entry_missingWithTwoAgents_isAskedFor() {
        String second = "  b: { kind: assistant, instructions: i, ladder: [{ name: quick, model: small }] }\n";

        assertThat(team.problems(TeamFolderFixture.SMALLEST + second))
                .containsExactly("1:1  entry: missing (expected: a or b)");
    }

    @Test
    void url_notHttpOrWithAPassword_isRefused() {
        String expected = "(expected: an http or https address without a query, such as https://api.openai.com/v1)";
        assertThat(team.problems(openAi("url: 'ftp://x'")))
                .containsExactly("3:54  models.small.url: \"ftp://x\" " + expected);
        TeamReading.Invalid invalid =
                (TeamReading.Invalid) team.read(openAi("url: 'http://me:hunter22@x/v1'"), Map.of());
        assertThat(invalid.report().text(false)).contains(expected).doesNotContain("hunter22");
    }

    private static String openAi(String fields) {
        return TeamFolderFixture.SMALLEST.replace(
                "provider: local, model: smollm2-135m", "provider: openai, model: gpt-5-mini, " + fields);
    }

    private static String replaced(String what, String by) {
        assertThat(TeamFolderFixture.SMALLEST).contains(what);
        return TeamFolderFixture.SMALLEST.replace(what, by);
    }
}
