package dev.troupe.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.ChatResponse;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.models.price.ModelPrice;
import dev.troupe.tools.code.CodeExecutor;
import dev.troupe.tools.code.CodeResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareAskerTest {
    @TempDir
    private Path folder;

    private final List<ChatRequest> requests = new ArrayList<>();
    private final List<String> programs = new ArrayList<>();

    @Test
    void ask_programPrintsAnswer_solved() {
        Asker.Asked asked = ask(List.of("Sure:\n```python\nprint('x')\n```\nThat prints it."), List.of("ANSWER: 42\n"));
        assertThat(asked.record().outcome()).isEqualTo("solved");
        assertThat(asked.record().answer()).isEqualTo("42");
        assertThat(asked.record().exitCode()).isZero();
        assertThat(asked.record().code()).isEqualTo("print('x')\n");
        assertThat(asked.record().receipt().modelCalls()).isEqualTo(1);
        assertThat(requests.getFirst().messages().getFirst().text())
                .contains("Count things.", "Files: data/a.csv, data/b.csv", "ANSWER:");
        assertThat(requests.getFirst().messages().getLast().text()).isEqualTo("How many?");
    }

    @Test
    void ask_programFails_shownTheRawOutputAndAskedAgain() {
        Asker.Asked asked =
                ask(List.of("```python\na\n```", "```python\nb\n```"), List.of("KeyError: 'region'\n", "ANSWER: 7"));
        assertThat(programs).containsExactly("a\n", "b\n");
        assertThat(requests.get(1).messages().getLast().text()).isEqualTo("Exit code 1, output:\nKeyError: 'region'\n");
        assertThat(asked.record().answer()).isEqualTo("7");
        assertThat(asked.record().receipt().usage()).isEqualTo(new Usage(20, 0, 10));
    }

    @Test
    void ask_answerPrintedByAProgramThatFails_doesNotCount() {
        Asker.Asked asked = ask(List.of("```python\na\n```"), List.of("KeyError, but ANSWER: 3\nANSWER: 3"));
        assertThat(asked.record().outcome()).isEqualTo("unsolved");
    }

    @Test
    void ask_neverAnswers_unsolvedAfterFiveTurns() {
        Asker.Asked asked = ask(List.of("```python\na\n```"), List.of("KeyError"));
        assertThat(asked.record().outcome()).isEqualTo("unsolved");
        assertThat(asked.record().receipt().modelCalls()).isEqualTo(BareAsker.TURNS);
    }

    @Test
    void ask_answersInWords_solvedWithoutCode() {
        Asker.Asked asked = ask(List.of("I think it is", "**ANSWER:** 12"), List.of());
        assertThat(asked.record().answer()).isEqualTo("12");
        assertThat(asked.record().exitCode()).isNull();
        assertThat(programs).isEmpty();
    }

    @Test
    void program_severalBlocks_runTogether() {
        assertThat(BareAsker.program("```python\nimport a\n```\nand\n```\nb\n```"))
                .isEqualTo("import a\n\nb\n");
        assertThat(BareAsker.program("no code")).isNull();
        // Inside a list, models indent it.
        assertThat(BareAsker.program("1. First:\n   ```python\n   import a\n   ```"))
                .isEqualTo("   import a\n");
    }

    /** The last reply and the last output repeat. An output with "Error" stands for exit code 1. */
    private Asker.Asked ask(List<String> replies, List<String> outputs) {
        BareAsker.Setting setting = new BareAsker.Setting(
                "team",
                "Count things.",
                List.of("data/a.csv", "data/b.csv"),
                "python",
                Sampling.DEFAULT,
                Duration.ofMinutes(1));
        return new BareAsker(setting, new Replying(replies), ModelPrice.FREE, new Printing(outputs), folder)
                .ask("How many?", answer -> false, new Cancellation());
    }

    private final class Replying implements ChatModel {
        private final List<String> replies;

        Replying(List<String> replies) {
            this.replies = replies;
        }

        @Override
        public String name() {
            return "fake/replying";
        }

        @Override
        public int contextTokens() {
            return 4096;
        }

        @Override
        public long countTokens(ChatRequest request) {
            return 10;
        }

        @Override
        public ChatResponse chat(ChatRequest request, Consumer<String> onText, CallContext context) {
            requests.add(request);
            String text = replies.get(Math.min(requests.size(), replies.size()) - 1);
            return new ChatResponse(text, List.of(), FinishReason.STOP, new Usage(10, 0, 5), "replying", Money.ZERO);
        }

        @Override
        public void close() {}
    }

    private final class Printing implements CodeExecutor {
        private final List<String> outputs;

        Printing(List<String> outputs) {
            this.outputs = outputs;
        }

        @Override
        public boolean supports(String language) {
            return true;
        }

        @Override
        public CodeResult run(CodeRequest request, Consumer<String> onOutput, CallContext context) {
            programs.add(request.source());
            String output = outputs.get(Math.min(programs.size(), outputs.size()) - 1);
            return new CodeResult(
                    output.contains("Error") ? 1 : 0, output, CodeResult.End.EXITED, Duration.ofMillis(1), List.of());
        }

        @Override
        public void close() {}
    }
}
