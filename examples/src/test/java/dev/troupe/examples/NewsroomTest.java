package dev.troupe.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.agents.graph.GraphFiles;
import dev.troupe.planner.graph.Candidate;
import dev.troupe.planner.graph.PlanExample;
import dev.troupe.planner.graph.Resource;
import dev.troupe.planner.stages.StagesPlan;
import dev.troupe.runtime.bench.BenchCase;
import dev.troupe.runtime.bench.CaseFile;
import dev.troupe.runtime.team.AgentPlans;
import dev.troupe.runtime.team.PlannerSettings;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.TeamFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newsroom is what its page says it is. */
class NewsroomTest {
    private static final Path HERE = Path.of("newsroom").toAbsolutePath();

    @TempDir
    private Path folder;

    private static TeamFile team() {
        return new TeamFileReader(Map.of()).read(HERE).orThrow(false);
    }

    private static List<BenchCase> cases() {
        return CaseFile.read(HERE.resolve("cases.jsonl"));
    }

    @Test
    void team_hasFiveWeights_andTwoCandidatesForThreeTasks() {
        TeamFile team = team();
        assertThat(team.notices()).isEmpty();
        assertThat(team.experts().values().stream()
                        .map(expert -> expert.model())
                        .distinct())
                .hasSize(5);
        PlannerSettings desk = (PlannerSettings) team.entryAgent();
        StagesPlan plan = (StagesPlan) AgentPlans.of(team, desk, Map.of(), Map.of(), null);
        Map<String, Set<String>> weights = new TreeMap<>();
        for (Candidate candidate : plan.candidates()) {
            var expert = team.experts().get(candidate.name());
            if (expert != null) {
                weights.computeIfAbsent(expert.task().label(), task -> new HashSet<>())
                        .add(expert.model());
            }
        }
        assertThat(weights.values()).filteredOn(models -> models.size() > 1).hasSize(3);
        assertThat(plan.resources()).extracting(Resource::line).contains("data/expenses: a list of image (10 files)");
    }

    @Test
    void cases_haveFilesAndPlans_ofEverySort() {
        List<BenchCase> cases = cases();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(60).allSatisfy(one -> {
            assertThat(one.plans()).as(one.id()).isNotEmpty();
            one.files()
                    .forEach(
                            file -> assertThat(GraphFiles.checked(file).bytes()).isPositive());
        });
        assertThat(cases).anyMatch(one -> one.plans().getFirst().isEmpty());
        assertThat(cases.stream()
                        .filter(one -> one.plans().getFirst().size() > 1)
                        .count())
                .isGreaterThan(15);
    }

    @Test
    void solvedRequests_areOfManyShapes_andNoneIsATestsRequest() {
        PlannerSettings desk = (PlannerSettings) team().entryAgent();
        assertThat(desk.examples()).hasSizeGreaterThanOrEqualTo(15);
        Set<String> asked = cases().stream().map(one -> plain(one.question())).collect(Collectors.toSet());
        assertThat(desk.examples())
                .extracting(PlanExample::request)
                .noneMatch(request -> asked.contains(plain(request)));
        Set<String> files = new HashSet<>();
        cases().forEach(one -> one.files().forEach(file -> files.add(String.valueOf(file.getFileName()))));
        assertThat(desk.examples())
                .flatExtracting(PlanExample::resources)
                .extracting(Resource::name)
                .doesNotContainAnyElementsOf(files);
    }

    /** Without names of files, which would tell two requests of one pattern apart. */
    private static String plain(String request) {
        return request.replaceAll("\\S+\\.\\w+|data/\\w+|\"[^\"]*\"", "_").toLowerCase(java.util.Locale.ROOT);
    }

    @Test
    void textsAndSounds_areWhatTheirScriptWrites() throws Exception {
        assertThat(Python.run(HERE, Map.of(), "make_data.py", "--texts", folder.toString()))
                .isEmpty();
        List<Path> written = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(written::add);
        }
        assertThat(written).hasSize(21);
        for (Path file : written) {
            assertThat(HERE.resolve("data").resolve(folder.relativize(file).toString()))
                    .hasSameBinaryContentAs(file);
        }
    }

    @Test
    void pictures_areAllThere() throws IOException {
        for (String part : List.of("expenses", "incoming", "notices")) {
            try (Stream<Path> files = Files.list(HERE.resolve("data").resolve(part))) {
                assertThat(files)
                        .allSatisfy(file ->
                                assertThat(GraphFiles.checked(file).bytes()).isPositive());
            }
        }
    }
}
