package dev.troupe.agents;

import static dev.troupe.agents.ScriptedModel.python;
import static dev.troupe.agents.TestTeam.QUESTION;
import static dev.troupe.agents.TestTeam.answered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TeamEventsTest {
    @TempDir
    Path folder;

    @Test
    void events_tellEachStep_numberedWithoutGaps() {
        try (TestTeam test = new TestTeam(folder, (request, context) -> python("fail KeyError: 'x'"))) {
            List<TaskEvent> events = new CopyOnWriteArrayList<>();
            TaskRecord record = answered(test.ask(QUESTION, events));
            assertThat(events.stream().mapToLong(TaskEvent::number))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, events.size())
                            .mapToObj(Long::valueOf)
                            .toList());
            // The same program is not run a second time: one output, two replies, of two pieces each.
            assertThat(events)
                    .extracting(event -> event.what().getClass().getSimpleName())
                    .containsExactly(
                            "RungStarted",
                            "TextDelta",
                            "TextDelta",
                            "Called",
                            "Code",
                            "OutputChunk",
                            "CodeEnded",
                            "Retried",
                            "TextDelta",
                            "TextDelta",
                            "Called",
                            "Escalated",
                            "RungStarted",
                            "TextDelta",
                            "TextDelta",
                            "Called",
                            "Code",
                            "OutputChunk",
                            "CodeEnded",
                            "Finished");
            assertThat(record.escalations()).isEqualTo(1);
            // The large model's own call: what it cost is what the baseline would have cost.
            assertThat(record.receipt().cost()).isEqualTo(Money.parse("0.00028"));
            assertThat(record.receipt().saved()).isEqualTo(Money.ZERO);
            assertThat(record.receipt().usage()).isEqualTo(new Usage(300, 60, 30));
            assertThat(record.receipt().steps().get(1).outcome())
                    .isEqualTo("gave up after 2 turns (KeyError 'x', twice)");
        }
    }

    @Test
    void codeEnded_ofAProgramThatCannotBeParsed_hasNoExitCode() {
        try (TestTeam test = new TestTeam(folder, (request, context) -> python("broken"))) {
            List<TaskEvent> events = new CopyOnWriteArrayList<>();
            test.ask(QUESTION, events).await();
            assertThat(events)
                    .extracting(TaskEvent::what)
                    .filteredOn(TaskEvent.CodeEnded.class::isInstance)
                    .first()
                    .isEqualTo(new TaskEvent.CodeEnded(null, "unparseable", 1));
        }
    }
}
