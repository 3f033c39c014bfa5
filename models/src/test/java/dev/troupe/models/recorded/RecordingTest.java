package dev.troupe.models.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.price.ModelPrice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are missing, torn, changed or something else. */
class RecordingTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void record() {
        file = folder.resolve("r.jsonl");
        ask("One?");
        ask("Two?");
    }

    private void ask(String question) {
        RecordedChatModel.recording(new Parrot(), ModelPrice.FREE, Recording.openToAdd(file))
                .chat(Parrot.full(question), text -> {}, CallContext.standalone(Duration.ofMinutes(1)));
    }

    private void refused(ErrorCode code, String message) {
        assertThatThrownBy(() -> Recording.open(file))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageStartingWith("recording: " + file + message);
    }

    @Test
    void open_missing_saysHowToRecord() throws IOException {
        Files.delete(file);
        refused(ErrorCode.NOT_FOUND, " (expected: a file)");
    }

    @Test
    void open_tornAtAnyPlace_namesTheLine_andIsMendedByGoingOn() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        byte[] first = Arrays.copyOf(whole, Files.readString(file).indexOf('\n') + 1);
        int secondLine = new String(whole, java.nio.charset.StandardCharsets.UTF_8).indexOf("\n", first.length) + 1;
        long seed = 20261125;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            int cut = random.nextInt(secondLine + 1, whole.length - 1);
            Files.write(file, Arrays.copyOf(whole, cut));
            try {
                refused(ErrorCode.INPUT_INVALID, ":3: the line ends in the middle (expected: a whole exchange)");
                Recording.openToAdd(file);
            } catch (TroupeException e) {
                // A character was cut through.
                assertThat(e).as("cut %d, seed %d", cut, seed).hasMessageContaining("UTF-8");
                continue;
            }
            ask("Two?");
            assertThat(Files.readAllLines(file)).hasSize(3);
            Recording.open(file);
        }
    }

    @Test
    void open_tornFirstLine_isBegunAnew() throws IOException {
        Files.writeString(file, Recording.HEADER.substring(0, 9));
        refused(ErrorCode.INPUT_INVALID, ":1: not a recording");
        ask("One?");
        Recording.open(file);
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void open_foreign_isRefusedAndNotTouched() throws IOException {
        for (String foreign : new String[] {"{\"team\": 1}\n", "hello", "{\"troupe_recording\":2}\n"}) {
            Files.writeString(file, foreign);
            refused(ErrorCode.INPUT_INVALID, ":1: not a recording (expected: {\"troupe_recording\":1})");
            assertThatThrownBy(() -> Recording.openToAdd(file)).hasMessageContaining(":1: not a recording");
            assertThat(file).hasContent(foreign);
        }
    }

    @Test
    void open_changedByHand_namesTheLine() throws IOException {
        String whole = Files.readString(file);
        Files.writeString(file, whole.replace("Two?", "Three?"));
        refused(ErrorCode.INPUT_INVALID, ":3: key: not that of its request");
        Files.writeString(file, whole.replaceFirst("\"output_tokens\":9", "\"output_tokens\":-9"));
        refused(ErrorCode.INPUT_INVALID, ":2: output_tokens: missing (expected: a number, 0 or more)");
        Files.writeString(file, whole.replaceFirst("\"finish_reason\":\"tool_calls\"", "\"finish_reason\":\"tired\""));
        refused(ErrorCode.INPUT_INVALID, ":2: finish_reason: tired");
        Files.writeString(file, whole.replaceFirst("\\{\"key\"", "{key"));
        refused(ErrorCode.INPUT_INVALID, ":2: not JSON");
    }

    @Test
    void add_whereNothingCanBeWritten_isSaidAndNothingFollows() throws IOException {
        Files.delete(file);
        Recording recording = Recording.openToAdd(file);
        RecordedChatModel model = RecordedChatModel.recording(new Parrot(), ModelPrice.FREE, recording);
        Files.createDirectory(file);
        CallContext context = CallContext.standalone(Duration.ofMinutes(1));
        assertThatThrownBy(() -> model.chat(Parrot.full("One?"), text -> {}, context))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORAGE);
                    assertThat(e.spent().totalTokens()).isEqualTo(26);
                });
        Files.delete(file);
        assertThatThrownBy(() -> model.chat(Parrot.full("One?"), text -> {}, context))
                .hasMessageEndingWith(": a write has failed before");
    }
}
