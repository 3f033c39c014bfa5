package dev.troupe.runtime.bench;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.Money;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmark asks: a team in one configuration, or the bare loop that it is compared with. Thread-safe.
 */
public interface Asker extends AutoCloseable {
    /**
     * Asks a question and waits for the end of the task.
     *
     * @param right whether an answer is right; asked while the task runs with {@link Feedback#GOLD} and never otherwise
     * @throws dev.troupe.models.call.TroupeException {@code CANCELLED}, and what has nothing to do with the question: a
     *     model or a sandbox that cannot be started
     */
    Asked ask(String question, Predicate<String> right, Cancellation cancellation);

    /** As {@link #ask(String, Predicate, Cancellation)}, with the files that the case is asked with. */
    default Asked ask(BenchCase asked, Predicate<String> right, Cancellation cancellation) {
        return ask(asked.question(), right, cancellation);
    }

    /** Tells the team how a task that it has answered was judged, so that it can learn from it. */
    void judge(String task, Verdict verdict);

    /**
     * The tasks of its data folder that are over, oldest first, those of earlier runs among them. What it remembers of a
     * task was on the disk before anybody was told of its end.
     */
    default List<Asked> ended() {
        return List.of();
    }

    @Override
    void close();

    /**
     * A task that is over.
     *
     * @param modelMillis how much of its time was spent in models; of a task of an earlier run, that of its programs too
     * @param uncached what it would have cost without a discount for cached tokens
     * @param judged what a judge model said of answers, in order; null where none was asked, or nobody knows any more
     * @param why what it failed on, for the user, or null
     */
    record Asked(
            TaskRecord record,
            long modelMillis,
            Money uncached,
            @Nullable List<Judged> judged,
            @Nullable String why) {
        public Asked {
            judged = judged == null ? null : List.copyOf(judged);
        }

        /** A task without cached tokens that nobody has judged. */
        public Asked(TaskRecord record, long modelMillis) {
            this(record, modelMillis, record.receipt().cost(), null, null);
        }
    }

    /** An answer and whether the judge accepted it. */
    record Judged(String answer, boolean accepted) {}

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
