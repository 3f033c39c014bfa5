package dev.troupe.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.CallContext;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.runtime.bench.BenchCase;
import dev.troupe.runtime.bench.BenchCase.Split;
import dev.troupe.runtime.bench.CaseFile;
import dev.troupe.runtime.bench.Check;
import dev.troupe.runtime.bench.ConfigurationFile;
import dev.troupe.runtime.team.AssistantSettings.RungSettings;
import dev.troupe.runtime.team.ModelSettings;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.TeamFileReader;
import dev.troupe.tools.call.CallLimits;
import dev.troupe.tools.call.Toolbox;
import dev.troupe.tools.function.FunctionTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are what they say they are. Runs with the module's folder as its working folder, as Maven has it. */
class ExamplesTest {
    private static final Path HERE = Path.of("").toAbsolutePath();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "coder"})
    void team_asItStands_valid(String example) {
        TeamFile team = new TeamFileReader(Map.of()).read(HERE.resolve(example)).orThrow(false);
        assertThat(team.team()).isEqualTo(example);
        assertThat(team.notices()).isEmpty();
        assertThat(team.baseline()).isEqualTo("openai/gpt-5");
        assertThat(team.models().get("small")).isInstanceOfSatisfying(ModelSettings.Local.class, model -> {
            assertThat(model.model()).isEqualTo("qwen2.5-coder-1.5b-instruct");
            assertThat(model.sampling().temperature()).isEqualTo(0.0);
            assertThat(model.sampling().seed()).isEqualTo(7);
        });
        assertThat(team.entryAssistant().ladder())
                .extracting(RungSettings::docs)
                .satisfiesExactly(
                        docs -> assertThat(docs).isNull(),
                        docs -> assertThat(docs).isNotEmpty(),
                        docs -> assertThat(docs).isNotEmpty());
        assertThat(team.entryAssistant().demonstrations().show()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"team.yaml", "compared.yaml"})
    void eco_asItStands_valid(String file) {
        TeamFile team = new TeamFileReader(Map.of())
                .read(HERE.resolve("eco").resolve(file))
                .orThrow(false);
        assertThat(team.notices()).allMatch(notice -> notice.toString().contains("large"));
        assertThat(team.entryAssistant().ladder())
                .extracting(RungSettings::name)
                .contains("documented");
    }

    @Test
    void eco_configurations_valid() {
        TeamFile team = new TeamFileReader(Map.of())
                .read(HERE.resolve("eco/compared.yaml"))
                .orThrow(false);
        assertThat(ConfigurationFile.read(HERE.resolve("eco/configurations.yaml"), team, List.of())
                        .configurations())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"team.yaml", "reviewer.yaml"})
    void pair_asItStands_valid(String file) {
        TeamFile team = new TeamFileReader(Map.of())
                .read(HERE.resolve("pair").resolve(file))
                .orThrow(false);
        assertThat(team.notices()).isEmpty();
        // The same reviewer in both: what is measured is what works.
        TeamFile whole = new TeamFileReader(Map.of()).read(HERE.resolve("pair")).orThrow(false);
        assertThat(team.agents().get("reviewer")).isEqualTo(whole.agents().get("reviewer"));
        assertThat(whole.entryAssistant().verify()).isEqualTo(new Verifier.Reviewer("reviewer"));
        assertThat(ConfigurationFile.read(HERE.resolve("pair/configurations.yaml"), whole, List.of())
                        .configurations())
                .hasSize(2);
    }

    @Test
    void tools_asItStands_valid_andItsFunctionIsFound() {
        TeamFile team = new TeamFileReader(Map.of()).read(HERE.resolve("tools")).orThrow(false);
        assertThat(team.notices()).isEmpty();
        assertThat(team.mcp()).containsKey("time");
        String units = team.functions().get("units").className();
        try (Toolbox toolbox = new Toolbox(FunctionTools.open("units", units, CallLimits.USUAL))) {
            CallContext context = CallContext.standalone(Duration.ofMinutes(1));
            String marathon = "{\"amount\": 26.2, \"from\": \"MILE\", \"to\": \"KILOMETRE\"}";
            assertThat(toolbox.call("units", marathon, context).text()).isEqualTo("42.16481 KILOMETRE");
            assertThat(toolbox.call("units", marathon.replace("KILOMETRE", "STONE"), context)
                            .told())
                    .isEqualTo("ERROR bad_arguments: to: STONE (expected: a unit of length, as MILE is)");
        }
    }

    @Test
    void pair_reviews_haveARightAndAWrongAnswerToEachQuestion() {
        List<BenchCase> reviews = CaseFile.read(HERE.resolve("pair/reviews.jsonl"));
        assertThat(reviews).hasSizeGreaterThanOrEqualTo(40);
        Map<String, Long> kinds =
                reviews.stream().collect(Collectors.groupingBy(BenchCase::skill, Collectors.counting()));
        assertThat(kinds.get("planted")).isEqualTo(kinds.get("right"));
        BenchCase planted = reviews.stream()
                .filter(one -> one.skill().equals("planted"))
                .findFirst()
                .orElseThrow();
        assertThat(planted.check().accepts("no: it is 5", planted.question())).isTrue();
        assertThat(planted.check().accepts("yes", planted.question())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "coder", "newsroom", "pair"})
    void cases_asFrozen_areWhatTheirScriptComputes(String example) throws Exception {
        assertThat(python(HERE.resolve(example), "make_cases.py", "--check")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "coder"})
    void cases_halves_areDisjointByTemplateAndAlikeInSkills(String example) {
        List<BenchCase> cases = cases(example); // which refuses an id that occurs twice and a template in both halves
        assertThat(cases).hasSizeGreaterThanOrEqualTo(60);
        assertThat(cases).extracting(BenchCase::question).doesNotHaveDuplicates();
        List<BenchCase> learn = half(cases, Split.LEARN);
        List<BenchCase> test = half(cases, Split.TEST);
        assertThat((double) learn.size() / test.size()).isBetween(0.8, 1.25);
        assertThat(skills(learn)).isEqualTo(skills(test));
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "coder"})
    void checks_rightAnswer_acceptedAndAnswersToOtherQuestionsRefused(String example) {
        List<BenchCase> cases = cases(example);
        for (BenchCase one : cases) {
            for (String right : Wordings.of(one.check())) {
                assertThat(one.check().accepts(right, one.question()))
                        .as("%s: %s", one.id(), right)
                        .isTrue();
            }
            assertThat(one.check().accepts("", one.question())).as(one.id()).isFalse();
            assertThat(one.check().accepts("I do not know", one.question()))
                    .as(one.id())
                    .isFalse();
            assertThat(one.check().accepts(one.question(), one.question()))
                    .as("%s: the question", one.id())
                    .isFalse();
        }
        // An answer that all but a few questions of the file take would mean that checks are lax.
        for (BenchCase one : cases) {
            String right = Wordings.of(one.check()).getFirst();
            long takers = cases.stream()
                    .filter(other -> other.check().accepts(right, other.question()))
                    .count();
            assertThat(takers).as("%s: %s", one.id(), right).isBetween(1L, cases.size() / 8L);
        }
    }

    @Test
    void cases_questionsOfTheReadme_answered() {
        Map<String, Check> checks =
                cases("analyst").stream().collect(Collectors.toMap(BenchCase::question, BenchCase::check));
        String highest = "Which region had the highest revenue in 2025?";
        String lowest = "Which region had the lowest revenue in 2024?";
        assertThat(checks.get(highest).accepts("West", highest)).isTrue();
        assertThat(checks.get(highest).accepts("South", highest)).isFalse();
        assertThat(checks.get(lowest).accepts("East", lowest)).isTrue();
        assertThat(checks.get(lowest).accepts("Central", lowest)).isFalse();
    }

    @Test
    void data_asItLies_isWhatItsScriptWrites() throws Exception {
        assertThat(python(HERE.resolve("analyst"), "make_data.py", folder.toString()))
                .isEmpty();
        assertThat(contents(folder))
                .isEqualTo(contents(HERE.resolve("analyst/data")))
                .hasSize(5);
    }

    @Test
    void documentation_everyColumn_isNamed() throws IOException {
        String tables = Files.readString(HERE.resolve("analyst/tables.py"));
        String documentation = Files.readString(HERE.resolve("analyst/data.md")) + tables;
        for (Map.Entry<String, String> file :
                contents(HERE.resolve("analyst/data")).entrySet()) {
            String header = file.getValue().lines().findFirst().orElseThrow();
            assertThat(tables).contains("\"data/" + file.getKey() + "\"");
            for (String column : header.split("[,;]")) {
                assertThat(documentation).containsPattern("\\b" + column + "\\b");
            }
        }
    }

    private static List<BenchCase> cases(String example) {
        return CaseFile.read(HERE.resolve(example).resolve("cases.jsonl"));
    }

    private static List<BenchCase> half(List<BenchCase> cases, Split split) {
        return cases.stream().filter(one -> one.split() == split).toList();
    }

    private static List<String> skills(List<BenchCase> cases) {
        return cases.stream().map(BenchCase::skill).distinct().sorted().toList();
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private String python(Path where, String... command) throws Exception {
        List<String> line = new ArrayList<>(List.of("python3", "-B"));
        line.addAll(List.of(command));
        Path output = folder.resolveSibling(folder.getFileName() + "-output");
        Process process = new ProcessBuilder(line)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", line).isTrue();
        String text = Files.readString(output);
        Files.delete(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
