package dev.troupe.testkit;

import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict.Judge;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Assertions on a task: its answer, who vouches for it, the rung and the program that gave it. */
public final class TaskAssert extends AbstractAssert<TaskAssert, TaskRecord> {
    TaskAssert(TaskRecord task) {
        super(task, TaskAssert.class);
    }

    /** It was solved with this answer. */
    public TaskAssert isAnswered(String answer) {
        hasOutcome("solved");
        return same("answer", actual.answer(), answer);
    }

    /** {@code solved}, {@code unsolved}, {@code failed} or {@code cancelled}. */
    public TaskAssert hasOutcome(String outcome) {
        return same("outcome", actual.outcome(), outcome);
    }

    public TaskAssert isVerifiedBy(Judge judge) {
        return same("verified", actual.verified(), judge);
    }

    /** The rung that solved it. */
    public TaskAssert wasSolvedBy(String rung) {
        return same("rung", actual.rung(), rung);
    }

    /** No model had a part in it. */
    public TaskAssert wasReplayed() {
        return same("replayed", actual.solvedByReplay(), true);
    }

    /** How many rungs gave up before. */
    public TaskAssert hasEscalations(int count) {
        return same("escalations", actual.escalations(), count);
    }

    /** Its rungs were shown that demonstration, or null for none. */
    public TaskAssert wasShown(@Nullable String demonstration) {
        return same("demonstration shown", actual.shown(), demonstration);
    }

    /** The program that gave the answer contains this. */
    public TaskAssert hasProgramContaining(String part) {
        String code = actual.code();
        if (code == null || !code.contains(part)) {
            failWithMessage("program of task %s:%n%s%n(expected: one with %s)", actual.task(), code, part);
        }
        return this;
    }

    /** A program was run, with this exit code. */
    public TaskAssert hasExitCode(int code) {
        return same("exit code", actual.exitCode(), code);
    }

    /** It left a demonstration behind. */
    public TaskAssert hasLearned() {
        if (actual.learned() == null) {
            failWithMessage("task %s: learned nothing (expected: a demonstration)", actual.task());
        }
        return this;
    }

    /** Its receipt, to go on with. */
    public ReceiptAssert receipt() {
        return new ReceiptAssert(actual.receipt());
    }

    private TaskAssert same(String what, @Nullable Object is, @Nullable Object expected) {
        isNotNull();
        if (!Objects.equals(is, expected)) {
            Assertions.assertThat(is)
                    .as("%s of task %s (%s)", what, actual.task(), ReceiptAssert.stages(actual.receipt()))
                    .isEqualTo(expected);
        }
        return this;
    }
}
