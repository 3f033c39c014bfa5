package dev.troupe.runtime.api;

import dev.troupe.knowledge.journal.Receipt;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.chat.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a team answered. It is on the disk.
 *
 * @param record everything that is known of the task
 * @param toolCalls what the model asks the caller to call; only where the question named tools
 */
public record Answer(TaskRecord record, List<Message.ToolCall> toolCalls) {
    public Answer {
        toolCalls = List.copyOf(toolCalls);
    }

    /** The answer itself. */
    public String text() {
        return record.answer();
    }

    /** Who vouches for it; {@code NONE} where only an exit code spoke. */
    public Judge verified() {
        return record.verified();
    }

    /** What it cost, what saved what, and what it would have cost on the baseline alone. */
    public Receipt receipt() {
        return record.receipt();
    }

    /** The task's id, for {@link Team#judge}. */
    public String task() {
        return record.task();
    }

    /** The program that gave it, where one did. */
    public Optional<String> program() {
        return Optional.ofNullable(record.code());
    }

    /** Files that its programs wrote. */
    public List<Path> files() {
        return record.artifacts().stream().map(Path::of).toList();
    }

    /** The answer itself. */
    @Override
    public String toString() {
        return text();
    }
}
