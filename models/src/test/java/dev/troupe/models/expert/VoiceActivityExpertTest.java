package dev.troupe.models.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Span;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VoiceActivityExpertTest {
    /** A window of the model, in seconds: probabilities near the threshold may move an end by one. */
    private static final double WINDOW = 512 / 16_000.0;

    private static Expert expert;

    @BeforeAll
    static void load() {
        expert = Reference.open(Task.VOICE_ACTIVITY_DETECTION, "silero-vad");
    }

    @AfterAll
    static void close() {
        expert.close();
    }

    private static List<Span> find(Value.Audio audio) {
        return ((Value.Spans) expert.apply(Inputs.of(Task.VOICE_ACTIVITY_DETECTION, audio))).spans();
    }

    @Test
    void speech_isFoundWhereTheReferenceFindsIt() {
        List<Span> found = find((Value.Audio) Reference.media("speech.wav"));
        JsonNode expected = Reference.VALUES.get("speech").get("segments");
        assertThat(found).hasSize(expected.size());
        for (int i = 0; i < found.size(); i++) {
            Span.Seconds seconds = (Span.Seconds) found.get(i).extent();
            assertThat(seconds.start()).isCloseTo(expected.get(i).get(0).asInt() / 16_000.0, within(WINDOW));
            assertThat(seconds.end()).isCloseTo(expected.get(i).get(1).asInt() / 16_000.0, within(WINDOW));
            assertThat(found.get(i).score()).isGreaterThan(0.9);
        }
    }

    @Test
    void speech_atAnotherRate_isFoundInTheSamePlaces() {
        Value.Audio audio = (Value.Audio) Reference.media("speech.wav");
        float[] faster = Resampling.CUBIC.rows(
                audio.samples(), audio.samples().length, 1, (int) (audio.samples().length * 2.75625));
        List<Span> found = find(new Value.Audio("44100.wav", 44_100, faster));
        List<Span> expected = find(audio);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(((Span.Seconds) found.get(i).extent()).start())
                    .isCloseTo(((Span.Seconds) expected.get(i).extent()).start(), within(2 * WINDOW));
        }
    }

    @Test
    void silence_hasNoSpeech() {
        assertThat(find(new Value.Audio("silence.wav", 16_000, new float[40_000])))
                .isEmpty();
    }

    @Test
    void aSoundOfOneSample_isSilence() {
        assertThat(find(new Value.Audio("click.wav", 16_000, new float[] {1}))).isEmpty();
    }
}
