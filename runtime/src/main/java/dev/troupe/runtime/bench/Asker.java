package dev.troupe.runtime.bench;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.models.call.Cancellation;
import java.nio.file.Path;

/**
 * What the benchmark asks: a team in one configuration, or the bare loop that it is compared with. Thread-safe.
 */
public interface Asker extends AutoCloseable {
    /**
     * Asks a question and waits for the end of the task.
     *
     * @throws dev.troupe.models.call.TroupeException {@code CANCELLED}, and what has nothing to do with the question: a
     *     model or a sandbox that cannot be started
     */
    Asked ask(String question, Cancellation cancellation);

    /** Tells the team how a task that it has answered was judged, so that it can learn from it. */
    void judge(String task, Verdict verdict);

    @Override
    void close();

    /**
     * A task that is over.
     *
     * @param modelMillis how much of its time was spent in models
     */
    record Asked(TaskRecord record, long modelMillis) {}

    /** Opens askers. */
    interface Factory {
        /** What the results call the model: its name, and the server where it is not the team's own. */
        String model();

        /**
         * Opens the team in this configuration.
         *
         * @param data a data folder for this asker alone. With {@link Configuration.Demonstrations#FROZEN} it holds what
         *     was learned before, and nothing is added to it
         */
        Asker open(Configuration configuration, Path data);
    }
}
