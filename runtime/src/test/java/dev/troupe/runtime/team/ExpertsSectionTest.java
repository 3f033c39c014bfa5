package dev.troupe.runtime.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpertsSectionTest extends TeamFileFixture {
    private static String with(String expert) {
        return replaced("agents:", "experts:\n  reader: { " + expert + " }\nagents:");
    }

    @Test
    void anExpert_isReadWithAllItsKeys() {
        TeamFile file = team.valid(
                with(
                        "task: image-to-text, model: ocr, device: cpu, isolation: process, batch: { size: 4, wait: 10ms }"),
                Map.of());
        assertThat(file.experts())
                .containsExactly(Map.entry(
                        "reader",
                        new ExpertSettings(
                                "reader",
                                Task.IMAGE_TO_TEXT,
                                "pp-ocrv4",
                                Device.Wish.CPU,
                                true,
                                4,
                                Duration.ofMillis(10))));
    }

    @Test
    void whatIsLeftOut_hasItsDefault() {
        ExpertSettings reader = team.valid(with("task: text-ranking, model: bge-small-en-v1.5"), Map.of())
                .experts()
                .get("reader");
        assertThat(reader)
                .isEqualTo(new ExpertSettings(
                        "reader",
                        Task.TEXT_RANKING,
                        "bge-small-en-v1.5",
                        Device.Wish.AUTO,
                        false,
                        ExpertSettings.DEFAULT_BATCH_SIZE,
                        ExpertSettings.DEFAULT_BATCH_WAIT));
    }

    @Test
    void aFolderOfTheTeams_isAModel() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("team/models/mine"));
        ExpertSettings reader = team.valid(with("task: text-classification, model: models/mine"), Map.of())
                .experts()
                .get("reader");
        assertThat(reader).isNotNull();
        assertThat(reader.model()).isEqualTo(folder.toRealPath().toString());
        assertThat(reader.isolated()).isTrue();
    }

    @Test
    void everyProblem_hasItsPlaceAndTheMend() {
        assertThat(team.problems(with("task: image-to-txt, model: pp-ocrv4")))
                .singleElement()
                .asString()
                .contains("experts.reader.task: \"image-to-txt\"")
                .contains("image-to-text");
        assertThat(team.problems(with("task: image-to-text, model: pp-ocrv3")))
                .singleElement()
                .asString()
                .contains("experts.reader.model: unknown model \"pp-ocrv3\"")
                .contains("pp-ocrv4");
        assertThat(team.problems(with("task: text-ranking, model: silero-vad")))
                .singleElement()
                .asString()
                .contains("\"silero-vad\" does not do text-ranking")
                .contains("all-minilm-l6-v2 or bge-small-en-v1.5");
        assertThat(team.problems(with("task: text-ranking, model: models/none")))
                .singleElement()
                .asString()
                .contains("no such file");
        assertThat(team.problems(with("task: text-ranking, model: ../elsewhere")))
                .singleElement()
                .asString()
                .contains("experts.reader.model");
        assertThat(team.problems(with(
                        "task: text-ranking, model: bge-small, device: gpu, batch: { size: 0, wait: 2s, pad: 1 }")))
                .hasSize(4);
        assertThat(team.problems(with("device: auto"))).hasSize(2);
    }
}
