package dev.troupe.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.agents.TaskEvent;
import dev.troupe.agents.TaskEvent.What;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunRendererTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private String shown(boolean screen, What... happened) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream(),
                Map.of("NO_COLOR", "1"),
                screen,
                screen,
                80);
        RunRenderer renderer = new RunRenderer(new Invocation(terminal, new Cancellation()));
        for (int at = 0; at < happened.length; at++) {
            renderer.accept(new TaskEvent("t", at + 1, 0, happened[at]));
        }
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void wholeTask_isShownStepByStep_onStandardErrorOnly() {
        String shown = shown(
                false,
                new TaskEvent.DemonstrationShown("d-16", "Which region had the lowest revenue?", Judge.NONE, 0.934),
                new TaskEvent.RungStarted("quick", "small", 3),
                new TaskEvent.TextDelta("quick", "```python\npri"),
                new TaskEvent.TextDelta("quick", "nt(rows['region_name'])\n```\n"),
                new TaskEvent.Code("quick", "python", "print(rows['region_name'])\n"),
                new TaskEvent.OutputChunk("Traceback\nKeyError: "),
                new TaskEvent.OutputChunk("'region_name'\n"),
                new TaskEvent.CodeEnded(1, "exited", 412),
                new TaskEvent.Retried("quick", "KeyError 'region_name'"),
                new TaskEvent.CodeEnded(137, "wall_time", 30_000),
                new TaskEvent.CodeEnded(null, "unparseable", 0),
                new TaskEvent.Escalated("documented", "quick gave up after 2 turns"),
                new TaskEvent.RungStarted("documented", "small", 1),
                new TaskEvent.CodeEnded(0, "exited", 300),
                new TaskEvent.Verifying("large", "North"),
                new TaskEvent.Judgement("yes, it is\nbecause"),
                new TaskEvent.Finished("solved", "North", Judge.JUDGE, ""));
        assertThat(shown).isEqualTo("""
                  shows  d-16 “Which region had the lowest revenue?” (93 % alike, candidate, exit code only)
                ▸ quick  small, up to 3 turns
                    │ ```python
                    │ print(rows['region_name'])
                    │ ```
                    runs 1 line of python
                    > Traceback
                    > KeyError: 'region_name'
                    exit code 1 after 0.4 s
                  ↻ quick goes on: KeyError 'region_name'
                    ended by its limit on wall time after 30 s
                    not run: unparseable
                  ↗ on to documented: quick gave up after 2 turns
                ▸ documented  small, up to 1 turn
                    exit code 0 after 0.3 s
                  verify  large judges the answer
                    yes, it is
                """);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void waiting_onAScreen_isTakenAwayByWhatComesNext() {
        assertThat(shown(true, new TaskEvent.RungStarted("quick", "small", 3), new TaskEvent.TextDelta("quick", "Hi")))
                .isEqualTo("▸ quick  small, up to 3 turns\n    … the model reads\r\u001b[K    │ Hi");
    }

    @Test
    void escapeSequences_ofModelAndProgram_areNotObeyed() {
        String shown = shown(
                true,
                new TaskEvent.TextDelta("quick", "\u001b[2Jx"),
                new TaskEvent.OutputChunk("\u001b]0;owned\u0007"),
                new TaskEvent.Retried("quick", "\u001b[31mred"));
        assertThat(shown.replace("\r\u001b[K", ""))
                .doesNotContain("\u001b")
                .contains("␛[2Jx", "␛]0;owned␇", "␛[31mred");
    }
}
