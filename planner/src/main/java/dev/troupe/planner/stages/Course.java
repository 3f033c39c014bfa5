package dev.troupe.planner.stages;

import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatResponse.FinishReason;
import dev.troupe.planner.graph.TaskGraph;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.ladder.Account;
import dev.troupe.planner.ladder.Allowance;
import dev.troupe.planner.ladder.Decision;
import dev.troupe.planner.ladder.Decision.Kind;
import dev.troupe.planner.ladder.Effect;
import dev.troupe.planner.ladder.Effect.Outcome;
import dev.troupe.planner.ladder.Effect.Purpose;
import dev.troupe.planner.ladder.Happened;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through what has happened to a task from its beginning, stage by stage, and stops where something has to be done
 * next. The stages read the history through this; where it ends, they ask for an effect and give up.
 */
final class Course {
    private final StagesPlan plan;
    private final String question;
    private final List<Happened> history;
    private final Allowance lease;
    private final Duration timeLeft;
    private final Tallies tallies = new Tallies();
    private int place;
    private List<TaskResult> results = List.of();
    private @Nullable Decision decision;

    Course(StagesPlan plan, String question, List<Happened> history, Allowance lease, Duration timeLeft) {
        this.plan = plan;
        this.question = question;
        this.history = history;
        this.lease = lease;
        this.timeLeft = timeLeft;
    }

    StagesPlan plan() {
        return plan;
    }

    String question() {
        return question;
    }

    Tallies tallies() {
        return tallies;
    }

    /** What is left to spend. */
    Allowance left() {
        return lease.minus(tallies.cost(), tallies.usage());
    }

    List<TaskResult> results() {
        return results;
    }

    List<Account> accounts() {
        return tallies.accounts();
    }

    Decision decision() {
        Decision known = decision;
        if (known == null) {
            new Stages(this).run();
            known = decision;
        }
        if (known == null) {
            throw new IllegalStateException("course: no decision (expected: one at the end of each stage)");
        }
        return known;
    }

    boolean isDecided() {
        return decision != null;
    }

    void results(List<TaskResult> now) {
        results = List.copyOf(now);
    }

    /** The next event of the history, counted for a stage; null, with the effect decided, where it has not happened yet. */
    <T extends Happened> @Nullable T take(String stage, Class<T> kind, Effect effect, Kind step, String why) {
        if (place == history.size()) {
            decide(effect, step, why);
            return null;
        }
        Happened happened = history.get(place);
        tallies.count(stage, place, happened, plan.model());
        place++;
        if (!kind.isInstance(happened)) {
            throw new IllegalStateException(
                    "history: " + happened.getClass().getSimpleName() + " (expected: " + kind.getSimpleName() + ")");
        }
        return kind.cast(happened);
    }

    private void decide(Effect effect, Kind step, String why) {
        decision = new Decision(effect, step, why);
    }

    /**
     * What the model said.
     *
     * @param text what it wrote; empty where it failed
     * @param whole whether it was not cut at its token limit
     * @param failed null when it answered
     */
    record Said(String text, boolean whole, Happened.@Nullable ModelFailed failed) {}

    /** Asks the controller; null where that has to be done first, or cannot be, which ends the task. */
    @Nullable
    Said ask(String stage, Purpose purpose, ChatRequest request, Kind step, String why) {
        if (place == history.size() && ranOut()) {
            return null;
        }
        Effect call = new Effect.CallModel(stage, plan.model(), purpose, request, left());
        Happened happened = take(stage, Happened.class, call, step, why);
        return switch (happened) {
            case null -> null;
            case Happened.ModelAnswered answered ->
                new Said(answered.response().text(), answered.response().finishReason() != FinishReason.LENGTH, null);
            case Happened.ModelFailed failed -> new Said("", true, failed);
            default ->
                throw new IllegalStateException(
                        "history: " + happened.getClass().getSimpleName() + " (expected: of a model's call)");
        };
    }

    /** Whether a model can still be asked. */
    boolean canAsk() {
        return place < history.size() || (left().allowsACall() && !timeLeft.isZero() && !timeLeft.isNegative());
    }

    private boolean ranOut() {
        if (timeLeft.isZero() || timeLeft.isNegative()) {
            end(new Outcome.Unsolved("the task's time is used up", ErrorCode.TIMEOUT, null));
            return true;
        }
        if (!left().allowsACall()) {
            end(new Outcome.Unsolved("the task's budget is used up", ErrorCode.BUDGET_EXHAUSTED, null));
            return true;
        }
        return false;
    }

    /** The task is over without an answer. */
    void end(Outcome outcome) {
        decide(
                new Effect.Finish(outcome),
                Kind.FINISH,
                switch (outcome) {
                    case Outcome.Solved solved -> "the answer is there";
                    case Outcome.Unsolved unsolved -> unsolved.why();
                    case Outcome.Failed failed -> failed.message();
                });
    }

    /** The task is over with an answer. */
    void solve(String stage, String answer, @Nullable TaskGraph learned, @Nullable String replayed) {
        tallies.solved(stage);
        String code = learned == null ? null : Lesson.of(plan.resources(), learned);
        end(new Outcome.Solved(
                answer, Judge.NONE, stage, null, code == null ? null : TaskGraph.LANGUAGE, code, replayed));
    }
}
