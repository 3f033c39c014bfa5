package dev.troupe.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.bench.Configuration.Demonstrations;
import dev.troupe.runtime.team.TeamFile;
import dev.troupe.runtime.team.TeamFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
    private static final String TEAM = """
            team: t
            models:
              small: { provider: local, model: smollm2-135m }
              large: { provider: openai, model: gpt-5, key: "${KEY:-}" }
            agents:
              a:
                kind: assistant
                instructions: i
                ladder:
                  - { name: quick, model: small }
                  - { name: documented, model: small }
                  - { name: strong, model: large }
            """;
    private static final String FILE = """
            alone: { ladder: [quick] }
            all: { demonstrations: learn, feedback: gold }
            autonomous: { ladder: [quick, strong], demonstrations: learn, feedback: judge, judge: small }
            top: { ladder: [strong] }
            """;

    @TempDir
    private Path folder;

    private ConfigurationFile.Read read(String text, Map<String, String> environment, String... names)
            throws IOException {
        Files.writeString(folder.resolve("team.yaml"), TEAM);
        TeamFile team = new TeamFileReader(environment).read(folder).orThrow(false);
        return ConfigurationFile.read(Files.writeString(folder.resolve("c.yaml"), text), team, List.of(names));
    }

    @Test
    void read_all_inTheFilesOrder() throws IOException {
        ConfigurationFile.Read read = read(FILE, Map.of("KEY", "k"));
        assertThat(read.notices()).isEmpty();
        assertThat(read.configurations())
                .containsExactly(
                        new Configuration("alone", List.of("quick"), Demonstrations.OFF, false, null, null),
                        new Configuration(
                                "all",
                                List.of("quick", "documented", "strong"),
                                Demonstrations.LEARN,
                                false,
                                Feedback.GOLD,
                                null),
                        new Configuration(
                                "autonomous",
                                List.of("quick", "strong"),
                                Demonstrations.LEARN,
                                false,
                                Feedback.JUDGE,
                                "small"),
                        new Configuration("top", List.of("strong"), Demonstrations.OFF, false, null, null));
        assertThat(read.configurations().get(2).setting()).isEqualTo("quick,strong +learn judge small");
    }

    @Test
    void read_withoutAKey_rungsAreLeftOutAndThatIsSaid() throws IOException {
        ConfigurationFile.Read read = read(FILE, Map.of());
        assertThat(read.configurations())
                .extracting(Configuration::setting)
                .containsExactly("quick", "quick,documented +learn gold", "quick +learn judge small");
        assertThat(read.notices())
                .containsExactly(
                        "configuration autonomous goes without the rung strong, which is left out",
                        "configuration top goes without the rung strong, which is left out",
                        "configuration top is left out: none of its rungs can try here");
    }

    @Test
    void read_names_onlyThese() throws IOException {
        assertThat(read(FILE, Map.of(), "all", "alone").configurations())
                .extracting(Configuration::name)
                .containsExactly("all", "alone");
        assertThatThrownBy(() -> read(FILE, Map.of(), "none"))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
                .hasMessage("--configuration: none (expected: of alone, all, autonomous, top)");
    }

    @Test
    void read_problems_allWithTheirPlaces() {
        assertThatThrownBy(() -> read("""
                        a: { ladder: [quik], feedback: golden }
                        b: { judge: tiny, rungs: [quick] }
                        c: { ladder: [] }
                        """, Map.of()))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID))
                .hasMessageContaining("c.yaml: 6 problems")
                .hasMessageContaining("c.yaml:1:15  a.ladder[0]: unknown rung \"quik\" (did you mean quick?")
                .hasMessageContaining("c.yaml:1:32  a.feedback: \"golden\" (did you mean gold?")
                .hasMessageContaining("c.yaml:2:13  b.judge: unknown model \"tiny\"")
                .hasMessageContaining("c.yaml:2:13  b.judge: nobody to judge (expected: `feedback: judge` beside it)")
                .hasMessageContaining("c.yaml:2:19  b: unknown key \"rungs\"")
                .hasMessageContaining("c.yaml:3:14  c.ladder: no rung (expected: at least one rung)");
    }
}
