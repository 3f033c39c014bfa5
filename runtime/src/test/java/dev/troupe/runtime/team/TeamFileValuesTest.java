package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and values that a team file may not have. */
class TeamFileValuesTest extends TeamFileFixture {
    private static final String NAMES = "a name of letters, digits, '.', '-' and '_', at most 64 long";

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                arguments("team: t", "team: 12", "1:7  team: 12 (expected: NAME, in quotes)"),
                arguments("team: t", "team: a/b", "1:7  team: \"a/b\" (expected: NAME)"),
                arguments(
                        "provider: local",
                        "provider: lokal",
                        "3:22  models.small.provider: \"lokal\" (did you mean local? expected: local or openai or recorded or java)"),
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
                        "3:45  models.small: unknown key \"url\" (expected: provider, model, temperature, top_p, seed, max_tokens, context, keep_alive)"),
                arguments(
                        "kind: assistant",
                        "kind: asistant",
                        "6:11  agents.a.kind: \"asistant\" (did you mean assistant? expected: assistant or chat or planner)"),
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
                        "2:19  tools.shell: unknown key \"packages\" (expected: sandbox, files, network, secrets, limits)"),
                arguments(
                        "team: t",
                        "team: t\ntools: { shell: { prelude: tables.py } }",
                        "2:19  tools.shell: unknown key \"prelude\" (expected: sandbox, files, network, secrets, limits)"),
                arguments(
                        "team: t",
                        "team: t\ntools: { bash: {} }",
                        "2:10  tools.bash: unknown tool \"bash\" (expected: python, shell, node, or a name of yours with"
                                + " `function:`)"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void value_wrong_isToldWithPlaceAndExpectation(String right, String wrong, String message) {
        assertThat(team.problems(replaced(right, wrong))).containsExactly(message.replace("NAME", NAMES));
    }

    @Test
    void rung_withSectionsButNoDocumentation_isRefused() {
        String yaml = TeamFolderFixture.SMALLEST.replace("model: small }\n", "model: small, sections: 2 }\n");

        assertThat(team.problems(yaml))
                .singleElement()
                .asString()
                .contains("ladder[0].sections: a rung without documentation (expected: `docs:` beside it)");
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
    void replay_inEitherForm_isARungWithoutAModel() {
        for (String form : List.of("replay", "{ name: replay }")) {
            String yaml = TeamFolderFixture.SMALLEST.replace("ladder:\n", "ladder:\n      - " + form + "\n");
            assertThat(team.valid(yaml, Map.of()).entryAssistant().ladder().getFirst())
                    .satisfies(rung -> assertThat(rung.isReplay()).isTrue())
                    .satisfies(rung -> assertThat(rung.name()).isEqualTo("replay"));
        }
    }

    @Test
    void replay_twiceOrAlone_isRefused() {
        String both = "ladder:\n      - replay\n      - { name: replay }\n";
        String twice = TeamFolderFixture.SMALLEST.replace("ladder:\n", both);
        assertThat(team.problems(twice))
                .singleElement()
                .asString()
                .contains("\"replay\" again (expected: a name that no other rung has)");
        String alone = TeamFolderFixture.SMALLEST.replace("{ name: quick, model: small }", "replay");
        assertThat(team.problems(alone))
                .singleElement()
                .asString()
                .contains("ladder: only replay (expected: a rung with a model beside it)");
    }

    @Test
    void whatLaterVersionsHave_isRefusedByName() {
        String yaml = """
                team: t
                models:
                  small: { provider: openai, model: smollm2, url: 'http://localhost/v1', keep_alive: 5m }
                tools:
                  python: {}
                agents:
                  a:
                    kind: assistant
                    instructions: i
                    cache: {}
                    ladder:
                      - replay
                      - { name: quick, model: small }
                  desk: { kind: planner, model: small, uses: [a], memory: { tokens: 10 } }
                  reviewer: { kind: chat, model: small, memory: { tokens: 10 } }
                entry: desk
                """;

        assertThat(team.problems(yaml))
                .containsExactly(
                        "3:74  models.small.keep_alive: not in this version",
                        "10:5  agents.a.cache: not in this version",
                        "14:51  agents.desk.memory: not in this version",
                        "15:41  agents.reviewer.memory: not in this version");
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
}
