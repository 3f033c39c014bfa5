package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.call.ErrorCode;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpertsCommandTest {
    @TempDir
    Path folder;

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.in(folder).run(arguments);
    }

    @Test
    void list_showsWhatComesWithTroupe_andWhatHasToBeFetched() {
        CommandLineRun run = run("experts", "list");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("pp-ocrv4", "image-to-text", "installed", "absent", "silero-vad");
        JsonNode experts = run("experts", "list", "--json").json().get("experts");
        assertThat(experts).hasSizeGreaterThanOrEqualTo(5);
        assertThat(run("experts", "list", "--task", "text-ranking", "--json")
                        .json()
                        .get("experts"))
                .hasSize(2);
    }

    @Test
    void try_ofATask_showsWhatTheExpertAnswers() {
        CommandLineRun run = run(
                "experts",
                "try",
                "minilm",
                "--task",
                "text-ranking",
                "--json",
                "When must I pay?",
                "Payment is due on Friday.",
                "The office is open daily.");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode labels = run.json().get("result").get("labels");
        assertThat(labels.get(0).get("label").asText()).isEqualTo("Payment is due on Friday.");
        assertThat(run.json().get("device").asText()).isEqualTo("cpu");
    }

    @Test
    void try_ofATeamsExpert_readsAPicture() throws IOException {
        Path picture = picture("Hello 42");
        Files.writeString(folder.resolve("team.yaml"), """
                team: t
                models: { small: { provider: local, model: smollm2 } }
                experts: { reader: { task: image-to-text, model: pp-ocrv4, device: cpu } }
                agents: { a: { kind: assistant, instructions: i, ladder: [{ name: q, model: small }] } }
                """);
        CommandLineRun run = run("experts", "try", "reader", picture.toString(), "--team", folder.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("42");
        assertThat(run.err()).contains("image-to-text, pp-ocrv4 on cpu");
        CommandLineRun unknown = run("experts", "try", "writer", picture.toString(), "--team", folder.toString());
        assertThat(unknown.exitCode()).isEqualTo(ErrorCode.NOT_FOUND.exitCode());
        assertThat(unknown.err()).contains("expert: writer (expected: one of the team's: reader)");
    }

    private Path picture(String text) throws IOException {
        BufferedImage picture = new BufferedImage(400, 120, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 400, 120);
        graphics.setColor(Color.BLACK);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 48));
        graphics.drawString(text, 40, 80);
        graphics.dispose();
        Path file = folder.resolve("picture.png");
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    @Test
    void try_withBadInput_namesTheFileAndTheMend_beforeAModelIsLoaded() throws IOException {
        Path none = Files.writeString(folder.resolve("page.png"), "<html>");
        CommandLineRun run = run("experts", "try", "pp-ocrv4", none.toString());
        assertThat(run.exitCode()).isEqualTo(ErrorCode.INPUT_INVALID.exitCode());
        assertThat(run.err()).contains("page.png: no picture", "convert it to PNG");
        assertThat(run("experts", "try", "pp-ocrv4", folder.resolve("no.png").toString())
                        .exitCode())
                .isEqualTo(ErrorCode.NOT_FOUND.exitCode());
    }

    @Test
    void try_ofWhatThereIsNot_saysWhatThereIs() throws IOException {
        assertThat(run("experts", "try", "pp-ocrv9", "x").err()).contains("pp-ocrv4");
        assertThat(run("experts", "try", "minilm", "--task", "reading", "x").err())
                .contains("task: reading (expected: one of feature-extraction");
        assertThat(run("experts", "try", "minilm", "--task", "image-to-text", "x")
                        .exitCode())
                .isNotZero();
        Path empty = Files.createDirectories(folder.resolve("mine"));
        CommandLineRun run = run("experts", "try", empty + "/", "--task", "feature-extraction", "text");
        assertThat(run.exitCode()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE.exitCode());
        assertThat(run.err()).contains("tokenizer.json: missing");
    }

    @Test
    void bench_measuresOneCallerAndMany() {
        CommandLineRun run = run(
                "experts",
                "bench",
                "minilm",
                "--task",
                "feature-extraction",
                "--callers",
                "8",
                "--seconds",
                "1",
                "--json",
                "a first text",
                "a second text");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("together").get("requests").asInt()).isPositive();
        assertThat(run.json().get("together").get("failed").asInt()).isZero();
        assertThat(run.json().get("alone").get("per_second").asDouble()).isPositive();
    }
}
