package dev.troupe.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.examples.eco.StandInSettings;
import dev.troupe.examples.eco.StandIns;
import dev.troupe.knowledge.document.Sections;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.embedding.MiniLmEmbedder;
import dev.troupe.runtime.bench.BenchCase;
import dev.troupe.runtime.bench.CaseFile;
import dev.troupe.runtime.bench.Check;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeResult;
import dev.troupe.tools.python.PackageSet;
import dev.troupe.tools.python.PythonInterpreter;
import dev.troupe.tools.sandbox.Prelude;
import dev.troupe.tools.sandbox.Sandbox;
import dev.troupe.tools.sandbox.SandboxConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases of the eco example, and the programs that came with its questions, against the stand-ins. */
class EcoCasesTest {
    private static final Path HERE = Path.of("eco").toAbsolutePath();
    private static final List<BenchCase> CASES = CaseFile.read(HERE.resolve("cases.jsonl"));

    private static StandIns standIns;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        standIns = StandIns.start(StandInSettings.onFreePorts());
    }

    @AfterAll
    static void stop() {
        standIns.close();
    }

    @Test
    void questions_areGivenTheDocumentationOfTheirApi() throws Exception {
        Map<String, String> headings =
                Map.of("weather", "# WeatherAPI", "stock", "# Alpha Vantage", "places", "# Google Places");
        try (MiniLmEmbedder embedder = MiniLmEmbedder.open()) {
            Sections sections = new Sections(embedder, Files.readString(HERE.resolve("apis.md")), 1);
            List<BenchCase> wrong = CASES.stream()
                    .filter(one -> !sections.about(one.question()).startsWith(headings.get(one.skill())))
                    .toList();
            wrong.forEach(one -> System.out.println("another API's documentation: " + one.question()));
            assertThat(wrong).hasSizeLessThanOrEqualTo(CASES.size() / 20);
        }
    }

    private static Map<String, String> environment() {
        Map<String, URI> hosts = standIns.hosts();
        Map<String, String> environment = new HashMap<>();
        environment.put("ECO_WEATHER", String.valueOf(hosts.get("api.weatherapi.com")));
        environment.put("ECO_STOCK", String.valueOf(hosts.get("www.alphavantage.co")));
        environment.put("ECO_PLACES", String.valueOf(hosts.get("maps.googleapis.com")));
        environment.put("WEATHER_KEY", StandInSettings.DEFAULT_WEATHER_KEY);
        environment.put("STOCK_KEY", StandInSettings.DEFAULT_STOCK_KEY);
        environment.put("PLACES_KEY", StandInSettings.DEFAULT_PLACES_KEY);
        environment.put("ECO_CLOCK", StandInSettings.DEFAULT_CLOCK);
        return environment;
    }

    @Test
    void cases_asFrozen_areWhatTheGoldProgramsCompute() throws Exception {
        assertThat(Python.run(HERE, environment(), "make_cases.py", "--check")).isEmpty();
    }

    @Test
    void cases_ofEachApi_areEnoughAndAThirdOfTheSliceToTuneOn() {
        assertThat(CASES).hasSizeGreaterThanOrEqualTo(120);
        assertThat(CASES).extracting(BenchCase::question).doesNotHaveDuplicates();
        Map<String, Long> tuned = CASES.stream()
                .filter(one -> "tune".equals(one.slice()))
                .collect(Collectors.groupingBy(BenchCase::skill, Collectors.counting()));
        assertThat(tuned.keySet()).containsExactlyInAnyOrder("weather", "stock", "places");
        assertThat(tuned.values()).allSatisfy(count -> assertThat(count).isBetween(12L, 15L));
        assertThat(tuned.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(40);
        assertThat(CASES).extracting(BenchCase::slice).containsOnly("tune", "final");
    }

    @Test
    void checks_rightAnswer_acceptedAndAnswersToNothingRefused() {
        for (BenchCase one : CASES) {
            for (String right : Wordings.of(one.check())) {
                assertThat(one.check().accepts(right, one.question()))
                        .as("%s: %s", one.id(), right)
                        .isTrue();
            }
            for (String wrong : List.of("", "I do not know", one.question(), "KeyError: 'current'")) {
                assertThat(one.check().accepts(wrong, one.question()))
                        .as("%s: %s", one.id(), wrong)
                        .isFalse();
            }
        }
    }

    @Test
    void checks_answersToOtherQuestions_refusedByNearlyAll() {
        for (BenchCase one : CASES) {
            String right = Wordings.of(one.check()).getLast();
            long takers = CASES.stream()
                    .filter(other -> other.check().accepts(right, other.question()))
                    .count();
            assertThat(takers).as("%s: %s", one.id(), right).isBetween(1L, CASES.size() / 8L);
        }
    }

    @Test
    void documentation_ofEachApi_isShortAndTheThreeInARow() throws Exception {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("weather.md", "stock.md", "places.md")) {
            String text = Files.readString(HERE.resolve(name));
            assertThat(text.length()).as(name).isLessThan(4_500); // some three characters a token
            all.append(text);
        }
        assertThat(HERE.resolve("apis.md")).hasContent(all.toString());
    }

    @Test
    void today_inTheSandbox_isThatOfTheStandIns() throws Exception {
        SandboxConfig config = SandboxConfig.standard(HERE)
                .withFiles(List.of(Path.of("fixed_clock.py")))
                .withPrelude(new Prelude("today.py", Files.readString(HERE.resolve("today.py"))));
        String program = """
                import datetime, time
                from datetime import date, timedelta
                print(date.today(), date.today() + timedelta(days=3), f"{datetime.datetime.now():%A %H:%M}")
                print(isinstance(datetime.datetime(2020, 1, 1), date), time.strftime("%Y-%m-%d"), time.ctime())
                """;
        try (CodeExecutor executor = Sandbox.open(config)) {
            CodeResult result = executor.run(
                    new CodeExecutor.CodeRequest("python", program, folder.resolve("work")),
                    piece -> {},
                    CallContext.standalone(Duration.ofMinutes(1)));
            assertThat(result.output())
                    .isEqualTo("2023-09-14 2023-09-17 Thursday 13:45\nTrue 2023-09-14 Thu Sep 14 13:45:00 2023\n");
        }
        assertThat(StandInSettings.DEFAULT_CLOCK).isEqualTo("2023-09-14T13:45Z");
    }

    @Test
    void checks_whatCannotBeAnswered_areFew() {
        assertThat(CASES.stream().filter(one -> mayBeUnanswerable(one.check())).count())
                .isBetween(5L, 15L);
    }

    private static boolean mayBeUnanswerable(Check check) {
        return switch (check) {
            case Check.Unanswerable unanswerable -> true;
            case Check.Any any -> any.any().stream().anyMatch(EcoCasesTest::mayBeUnanswerable);
            default -> false;
        };
    }

    /** See "The programs that came with the questions" in the example's README. */
    @Test
    void programs_allOfThem_endAsTheReadmeSays() throws Exception {
        PackageSet packages = new PackageSet(
                PythonInterpreter.find("python3"),
                List.of("requests"),
                Path.of("target", "packages").toAbsolutePath());
        Map<String, String> environment = environment();
        environment.put(
                "PYTHONPATH",
                packages.install(line -> {}, CallContext.standalone(Duration.ofMinutes(2)))
                        .toString());
        List<JsonNode> programs = new ArrayList<>();
        for (String line :
                Python.run(HERE, environment, "run_programs.py").lines().toList()) {
            programs.add(new JsonMapper().readTree(line));
        }
        assertThat(programs).hasSize(67);
        Map<String, BenchCase> cases = CASES.stream().collect(Collectors.toMap(BenchCase::question, one -> one));
        TreeSet<Integer> failed = new TreeSet<>();
        TreeSet<String> wrong = new TreeSet<>();
        for (JsonNode program : programs) {
            BenchCase asked = cases.get(program.get("question").textValue());
            if (!program.get("ok").booleanValue()) {
                failed.add(program.get("number").intValue());
            } else if (asked != null
                    && !asked.check().accepts(program.get("output").textValue(), asked.question())) {
                wrong.add(asked.id());
            }
        }
        assertThat(failed).containsExactly(58);
        assertThat(wrong).containsExactly("weather-28", "weather-56");
    }
}
