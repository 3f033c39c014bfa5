package dev.troupe.models.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Span;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureExpertsTest {
    private static Expert reader;

    @BeforeAll
    static void load() {
        reader = Reference.open(Task.IMAGE_TO_TEXT, "pp-ocrv4");
    }

    @AfterAll
    static void close() {
        reader.close();
    }

    private static Value.Text read(String name) {
        return (Value.Text) reader.apply(Inputs.of(Task.IMAGE_TO_TEXT, Reference.media(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"receipt.png", "upside-down.png", "slanted.png"})
    void imageToText_readsWhatTheReferenceReads_whereItReadsIt(String name) {
        List<Span> found = read(name).parts();
        List<JsonNode> expected = StreamSupport.stream(
                        Reference.VALUES.get("reading").get(name).spliterator(), false)
                .toList();
        assertThat(found).hasSameSizeAs(expected);
        for (JsonNode line : expected) {
            Span own = found.stream()
                    .filter(span -> span.text().equals(line.get("text").asText()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(line + " is missing in " + found));
            assertThat(own.score()).isCloseTo(line.get("score").asDouble(), within(0.03));
            Span.Area area = (Span.Area) own.extent();
            assertThat((area.topLeft().x() + area.bottomRight().x()) / 2)
                    .isCloseTo((corner(line, 0, 0) + corner(line, 2, 0)) / 2, within(3.0));
            assertThat((area.topLeft().y() + area.bottomRight().y()) / 2)
                    .isCloseTo((corner(line, 0, 1) + corner(line, 2, 1)) / 2, within(3.0));
        }
    }

    private static double corner(JsonNode line, int corner, int axis) {
        return line.get("box").get(corner).get(axis).asDouble();
    }

    @Test
    void imageToText_ofALevelPage_givesLinesFromTopToBottom() {
        assertThat(read("receipt.png").text())
                .isEqualTo("CORNERBAKERY\n2 Coffee 7.80\n1 Rye bread 4.25\nTOTAL12.05EUR\nThank you!");
    }

    @Test
    void imageToText_ofAPageOnItsHead_readsItFromItsTop() {
        assertThat(read("upside-down.png").text()).isEqualTo("Platform 9 closed\nUse the north exit");
    }

    @Test
    void imageToText_ofAnEmptyPage_isAnEmptyText() {
        Value.Image white = new Value.Image("white.png", 300, 200, filled(300 * 200, 0xFFFFFF));
        Value.Text text = (Value.Text) reader.apply(Inputs.of(Task.IMAGE_TO_TEXT, white));
        assertThat(text.text()).isEmpty();
    }

    @Test
    void imageToText_ofPicturesOfAnyForm_fails_never() {
        for (int[] size : new int[][] {{1, 1}, {2600, 3}, {3, 900}, {33, 33}}) {
            Value.Image picture = new Value.Image("odd.png", size[0], size[1], filled(size[0] * size[1], 0x808080));
            assertThat(reader.apply(Inputs.of(Task.IMAGE_TO_TEXT, picture))).isInstanceOf(Value.Text.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pattern.png", "receipt.png"})
    void imageClassification_givesTheReferencesScore(String name) {
        try (Expert expert = Reference.open(Task.IMAGE_CLASSIFICATION, "open-nsfw")) {
            Value.Labels labels =
                    (Value.Labels) expert.apply(Inputs.of(Task.IMAGE_CLASSIFICATION, Reference.media(name)));
            assertThat(labels.scores()).hasSize(2);
            assertThat(labels.scores().getFirst().label()).isEqualTo("safe");
            assertThat(labels.scores().getLast().score())
                    .isCloseTo(Reference.VALUES.get("classification").get(name).asDouble(), within(2e-4));
        }
    }

    private static int[] filled(int count, int colour) {
        int[] pixels = new int[count];
        java.util.Arrays.fill(pixels, colour);
        return pixels;
    }
}
