package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.Money;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.planner.ladder.LadderPlan.Demonstrations;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import dev.troupe.runtime.team.CodeToolSettings.FileGrant;
import dev.troupe.runtime.team.ModelSettings.Local;
import dev.troupe.runtime.team.ModelSettings.OpenAi;
import dev.troupe.runtime.team.ModelSettings.Timeouts;
import dev.troupe.runtime.team.yaml.Units.Rate;
import dev.troupe.tools.sandbox.Limits;
import dev.troupe.tools.sandbox.Prelude;
import dev.troupe.tools.sandbox.SandboxConfig.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeamFileReaderTest {
    private static final Map<String, String> KEY =
            Map.of("OPENAI_API_KEY", "sk-1234567890", "WEATHER_KEY", "wk-1234567890");

    @TempDir
    Path temporary;

    private TeamFolderFixture team;

    @BeforeEach
    void folder() throws IOException {
        team = new TeamFolderFixture(temporary);
    }

    @Test
    void fullFile_everyKeySet_isReadAsWritten() throws IOException {
        TeamFile file = team.valid(TeamFolderFixture.full(), KEY);

        assertThat(file.team()).isEqualTo("newsroom");
        assertThat(file.models().get("small"))
                .isEqualTo(new Local(
                        "small",
                        "qwen2.5-coder-1.5b-instruct",
                        new Sampling(0.0, 0.9, 7, 800, List.of()),
                        8192,
                        Duration.ofMinutes(2)));
        OpenAi large = (OpenAi) file.models().get("large");
        assertThat(large.url()).isEqualTo(URI.create("https://gateway.example/v1"));
        assertThat(large.key().reveal()).isEqualTo("sk-1234567890");
        assertThat(large.contextTokens()).isEqualTo(128_000);
        assertThat(large.timeouts())
                .isEqualTo(new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMinutes(2)));
        assertThat(large.concurrency()).isEqualTo(4);
        assertThat(large.rate()).isEqualTo(new Rate(60, Duration.ofMinutes(1)));

        Path root = temporary.toRealPath();
        CodeToolSettings python = file.tools().get("python");
        assertThat(python.packages()).containsExactly("requests", "pandas==2.3.1");
        assertThat(python.files()).containsExactly(new FileGrant("data", root.resolve("data")));
        assertThat(python.prelude()).isEqualTo(new Prelude("tables.py", "sales = open('data/sales.csv')\n"));
        assertThat(python.limits())
                .isEqualTo(Limits.standard().withCpu(Duration.ofSeconds(20)).withDisk(128L << 20));
        CodeToolSettings shell = file.tools().get("shell");
        assertThat(shell.language()).isEqualTo("sh");
        assertThat(shell.prelude()).isNull();
        assertThat(shell.sandbox()).isEqualTo(Kind.NONE);
        assertThat(shell.files()).containsExactly(new FileGrant("data/sales.csv", root.resolve("data/sales.csv")));

        AssistantSettings analyst = file.entryAssistant();
        assertThat(analyst.instructions()).isEqualTo("You answer questions about sales.\nWrite ${HOME} as it is.");
        assertThat(analyst.ladder()).extracting("name").containsExactly("quick", "documented", "large");
        assertThat(analyst.ladder().get(1).docs()).isEqualTo("# The data\nRevenue is in euros.\n");
        assertThat(analyst.ladder()).extracting("describeFiles").containsExactly(false, true, true);
        assertThat(analyst.ladder()).extracting("turns").containsExactly(3, 5, 3);
        assertThat(analyst.demonstrations()).isEqualTo(new Demonstrations(2, 0.7));
        assertThat(analyst.verify()).isEqualTo(new Verifier.Rule("ANSWER: .+"));
        assertThat(analyst.carryOver()).isFalse();
        assertThat(file.agents().get("second"))
                .isInstanceOfSatisfying(
                        AssistantSettings.class,
                        second -> assertThat(second.verify()).isEqualTo(new Verifier.Judge("small")));

        assertThat(file.prices())
                .isEqualTo(Map.of(
                        "openai/gpt-5-mini",
                        ModelPrice.perMillion(
                                new BigDecimal("0.250000000000"),
                                new BigDecimal("0.025000000000"),
                                new BigDecimal("2.000000000000"))));
        assertThat(file.budget())
                .isEqualTo(new Budget(Money.parse("0.05"), Money.parse("5"), 50_000L, Duration.ofMinutes(3)));
        assertThat(file.notices()).isEmpty();
    }

    @Test
    void smallestFile_everythingElseLeftOut_hasTheDefaults() {
        TeamFile file = team.valid(TeamFolderFixture.SMALLEST, Map.of());

        assertThat(file.entry()).isEqualTo("a");
        assertThat(file.baseline()).isEqualTo("openai/gpt-5");
        assertThat(file.budget()).isEqualTo(Budget.DEFAULT);
        assertThat(file.tools()).isEmpty();
        assertThat(file.entryAssistant().verify()).isEqualTo(new Verifier.None());
        assertThat(file.entryAssistant().demonstrations().show()).isZero();
        assertThat(file.entryAssistant().carryOver()).isTrue();
    }

    @Test
    void folder_givenInsteadOfAFile_itsTeamYamlIsRead() {
        team.valid(TeamFolderFixture.SMALLEST, Map.of());

        TeamReading reading = new TeamFileReader(Map.of()).read(temporary);

        assertThat(reading).isInstanceOf(TeamReading.Valid.class);
        assertThat(((TeamReading.Valid) reading).team().folder()).isEqualTo(temporary);
    }

    @Test
    void byteOrderMark_atTheStart_isTakenOff() {
        assertThat(team.problems("\ufeff" + TeamFolderFixture.SMALLEST)).isEmpty();
    }

    @Test
    void windowsLineEnds_everywhere_areTaken() {
        assertThat(team.problems(TeamFolderFixture.SMALLEST.replace("\n", "\r\n")))
                .isEmpty();
    }

    @Test
    void keyWithEmptyDefault_unset_leavesModelAndRungOutWithNotices() {
        TeamFile file = team.valid(TeamFolderFixture.full(), Map.of());

        assertThat(file.models()).containsOnlyKeys("small");
        assertThat(file.entryAssistant().ladder()).extracting("name").containsExactly("quick", "documented");
        assertThat(file.notices())
                .containsExactly(
                        "models.large: left out, OPENAI_API_KEY is not set",
                        "tools.python.secrets.WEATHER_KEY: left out, WEATHER_KEY is not set",
                        "mcp.search: left out, OPENAI_API_KEY is not set",
                        "agents.analyst.ladder[2]: rung large is left out with the model large");
    }

    @Test
    void environment_inNumbersAndText_isReplacedWithDefaults() {
        String yaml = TeamFolderFixture.SMALLEST.replace(
                "model: smollm2-135m }", "model: \"${M}\", temperature: \"${T:-0.5}\", seed: \"${S:-1}\" }");

        TeamFile file = team.valid(yaml, Map.of("M", "smollm2-135m", "S", ""));

        assertThat(file.models().get("small").model()).isEqualTo("smollm2-135m");
        assertThat(file.models().get("small").sampling()).isEqualTo(new Sampling(0.5, null, 1, null, List.of()));
    }

    @Test
    void linkInsideTheFolder_toAnotherPartOfIt_isGranted() throws IOException {
        Files.createSymbolicLink(temporary.resolve("current"), Path.of("data"));

        TeamFile file = team.valid(TeamFolderFixture.SMALLEST + "tools: { python: { files: [current] } }\n", Map.of());

        assertThat(file.tools().get("python").files())
                .containsExactly(new FileGrant("current", temporary.toRealPath().resolve("data")));
    }

    @Test
    void rungs_chosenByName_keepTheFilesOrder() {
        AssistantSettings analyst = team.valid(TeamFolderFixture.full(), KEY).entryAssistant();

        assertThat(analyst.withRungs(List.of("large", "quick")).ladder())
                .extracting("name")
                .containsExactly("quick", "large");
    }
}
