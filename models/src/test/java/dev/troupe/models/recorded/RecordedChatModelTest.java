package dev.troupe.models.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.Message;
import dev.troupe.models.price.ModelPrice;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedChatModelTest {
    /** 12 tokens computed, 5 cached, 9 written: 12 + 5 * 0.5 + 9 * 2 = 32.5 millionths of a dollar. */
    private static final ModelPrice PRICE =
            ModelPrice.perMillion(BigDecimal.ONE, new BigDecimal("0.5"), new BigDecimal(2));

    @TempDir
    private Path folder;

    private final Parrot parrot = new Parrot();

    private Path file() {
        return folder.resolve("parrot.jsonl");
    }

    private ChatModel recording() {
        return RecordedChatModel.recording(parrot, PRICE, Recording.openToAdd(file()));
    }

    private ChatModel completing() {
        return RecordedChatModel.completing(parrot, PRICE, Recording.openToAdd(file()));
    }

    private ChatModel replaying() {
        return RecordedChatModel.replaying("openai/parrot", 1000, Recording.open(file()));
    }

    private static ChatResponse ask(ChatModel model, ChatRequest request, List<String> chunks) {
        return model.chat(request, chunks::add, CallContext.standalone(Duration.ofMinutes(1)));
    }

    private static String ask(ChatModel model, String question) {
        return ask(model, Parrot.full(question), new ArrayList<>()).text();
    }

    @Test
    void replay_everythingOfAnAnswer_asItWasStreamedAndWithItsCostOfThen() {
        ChatResponse live = ask(recording(), Parrot.full("Hello?"), new ArrayList<>());
        assertThat(live.recorded()).isFalse();

        List<String> chunks = new ArrayList<>();
        ChatResponse replayed = ask(replaying(), Parrot.full("Hello?"), chunks);
        assertThat(chunks).containsExactly("Grüße ", "\n", "no. 1");
        assertThat(replayed)
                .isEqualTo(new ChatResponse(
                        live.text(),
                        live.toolCalls(),
                        live.finishReason(),
                        new Usage(17, 5, 9),
                        "parrot-2",
                        new Money(32_500_000),
                        true));
        assertThat(parrot.calls).hasValue(1);
    }

    @Test
    void replay_sameRequestSeveralTimes_answersInOrderAndThenNone() {
        ChatModel recording = recording();
        ask(recording, "Hello?");
        ask(recording, "Hello?");
        ChatModel replaying = replaying();
        assertThat(ask(replaying, "Hello?")).endsWith("no. 1");
        assertThat(ask(replaying, "Hello?")).endsWith("no. 2");
        assertThatThrownBy(() -> ask(replaying, "Hello?"))
                .hasMessage("recording " + file() + ": asked the same 3 times (expected: at most 2, as recorded)");
        assertThat(ask(replaying(), "Hello?")).endsWith("no. 1");
    }

    @Test
    void replay_unknownRequest_namesThePlaceThatDiffersAndNoText() {
        ChatModel recording = recording();
        ask(recording, "What is the weather in Oslo?");
        ask(recording, "Who?");
        ChatModel replaying = replaying();
        assertThatThrownBy(() -> ask(replaying, "What is the weather in Bergen?"))
                .isInstanceOfSatisfying(TroupeException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
                    assertThat(e)
                            .hasMessage("recording " + file() + ": no answer to this request of openai/parrot"
                                    + " (expected: one of the 2 recorded)");
                    assertThat(e.hint())
                            .isEqualTo("the nearest, on line 2, differs: messages[1].parts[0].text from character 24 on"
                                    + " (asked 30 characters, recorded 28)");
                });
        ChatRequest warmer = Parrot.full("Who?").withSampling(new Sampling(0.5, 0.9, null, 64, List.of("END")));
        assertThatThrownBy(() -> ask(replaying, warmer, new ArrayList<>()))
                .isInstanceOfSatisfying(
                        TroupeException.class,
                        e -> assertThat(e.hint())
                                .isEqualTo(
                                        "the nearest, on line 3, differs: sampling.temperature: asked 0.5, recorded 0.0;"
                                                + " sampling.seed is only recorded"));
        assertThat(parrot.calls).hasValue(2);
    }

    @Test
    void replay_anotherModelsAnswers_areNotTaken() {
        ask(recording(), "Hello?");
        ChatModel other = RecordedChatModel.replaying("openai/crow", 1000, Recording.open(file()));
        assertThatThrownBy(() -> ask(other, "Hello?"))
                .isInstanceOfSatisfying(
                        TroupeException.class, e -> assertThat(e.hint()).contains("differs: model from character 8"));
    }

    @Test
    void countTokens_replayed_isTheModelsOwnCountWhateverTheSampling() {
        ask(recording(), "Hello?");
        assertThat(replaying().countTokens(Parrot.full("Hello?").withSampling(Sampling.DEFAULT)))
                .isEqualTo(17);
        assertThat(replaying().countTokens(ChatRequest.of(Sampling.DEFAULT, Message.user("x".repeat(300)))))
                .isGreaterThan(100);
    }

    @Test
    void auto_asksOnlyWhatIsNotRecorded() {
        ask(recording(), "Hello?");
        ChatModel completing = completing();
        assertThat(ask(completing, "Hello?")).endsWith("no. 1");
        assertThat(ask(completing, "Who?")).endsWith("no. 2");
        // The one answer to it was given.
        assertThat(ask(completing, "Hello?")).endsWith("no. 3");
        ChatModel replaying = replaying();
        assertThat(ask(replaying, "Who?")).endsWith("no. 2");
        assertThat(ask(replaying, "Hello?")).endsWith("no. 1");
        assertThat(ask(replaying, "Hello?")).endsWith("no. 3");
    }

    @Test
    void record_asksAlwaysAndAdds() {
        ask(recording(), "Hello?");
        assertThat(ask(recording(), "Hello?")).endsWith("no. 2");
        ChatModel replaying = replaying();
        ask(replaying, "Hello?");
        assertThat(ask(replaying, "Hello?")).endsWith("no. 2");
    }

    @Test
    void record_failedCall_leavesNothing() {
        ChatModel recording = recording();
        ask(recording, "Hello?");
        parrot.failing = true;
        assertThatThrownBy(() -> ask(recording, "Who?")).hasMessage("parrot: asleep");
        assertThat(file()).content().hasLineCount(2);
    }

    @Test
    void record_manyAtATime_allWhole() throws IOException {
        ChatModel recording = recording();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                String question = "Question " + i;
                threads.execute(() -> ask(recording, question));
            }
        }
        assertThat(Files.readAllLines(file())).hasSize(41);
        ChatModel replaying = replaying();
        ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                String question = "Question " + i;
                threads.execute(() -> answers.add(ask(replaying, question)));
            }
        }
        assertThat(answers).hasSize(40).doesNotHaveDuplicates();
    }
}
