package dev.troupe.agents.graph;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import dev.troupe.models.task.Handle;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks agents of the team for a part of a task. */
public interface AgentAsker {
    /**
     * What an agent is asked.
     *
     * @param part which part of the task it is: {@code t2}; unique
     * @param files that its programs are to find in their folder
     * @param money the most that it may cost
     * @param tokens the most that models may read and write for it
     */
    record Question(
            String agent, String part, String text, List<Handle> files, Duration within, Money money, long tokens) {
        public Question {
            files = List.copyOf(files);
        }
    }

    /**
     * What came of it.
     *
     * @param code why there is no answer; null when there is one
     * @param text the answer, or what went wrong
     */
    record Reply(@Nullable ErrorCode code, String text, Usage usage, Money cost) {}

    /**
     * Asks.
     *
     * @param then gets the reply, once, on any thread; also after a cancellation
     * @return cancels it
     */
    Runnable ask(Question question, Consumer<Reply> then);
}
