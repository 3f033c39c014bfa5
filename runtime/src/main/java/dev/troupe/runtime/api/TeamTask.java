package dev.troupe.runtime.api;

import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.agents.Team.Asked;
import dev.troupe.models.call.TroupeException;
import dev.troupe.runtime.host.TaskOutcomes;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;

/** A question that a team works on. Thread-safe. */
public final class TeamTask {
    private final dev.troupe.agents.Team team;
    private final Asked asked;
    private final EventPublisher events;
    private final AnswerFuture answer = new AnswerFuture();

    TeamTask(dev.troupe.agents.Team team, Asked asked, EventPublisher events) {
        this.team = team;
        this.asked = asked;
        this.events = events;
        CompletableFuture<Void> unused = asked.outcome().thenAccept(this::complete);
    }

    private void complete(Agent.Outcome outcome) {
        try {
            TaskOutcomes.orThrow(outcome);
            if (outcome instanceof Agent.Answered answered) {
                answer.complete(new Answer(answered.record(), answered.toolCalls()));
            }
        } catch (TroupeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** Its id, as receipts and verdicts name it. */
    public String id() {
        return asked.task();
    }

    /**
     * Completes with the answer, or exceptionally with a {@link TroupeException} that says why there is none:
     * {@code UNSOLVED}, {@code TIMEOUT}, {@code BUDGET_EXHAUSTED}, {@code OVERLOADED}, … Cancelling it stops the task: the
     * model that writes and the program that runs are told at once.
     */
    public CompletableFuture<Answer> answer() {
        return answer;
    }

    /** Completes with how the task ended, also where there is no answer: with its receipt. Never exceptionally. */
    public CompletableFuture<Agent.Outcome> outcome() {
        return asked.outcome().copy();
    }

    /**
     * What happens: each subscriber gets every event from the first, in order, on virtual threads, no more than it asked
     * for. The stream completes after the last; it never fails, but when the team is closed. Events are kept for some
     * minutes after the task's end; one who is thousands behind misses some, which their numbers tell.
     */
    public Flow.Publisher<TaskEvent> events() {
        return events;
    }

    /**
     * Waits for the answer, and for a listener that was given to have been told all.
     *
     * @throws TroupeException why there is none; {@code CANCELLED} among them
     */
    public Answer join() {
        Agent.Outcome ended = await();
        TaskOutcomes.orThrow(ended);
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TroupeException expected) {
                throw expected;
            }
            throw e;
        } catch (CancellationException e) {
            if (ended instanceof Agent.Answered answered) {
                return new Answer(answered.record(), answered.toolCalls());
            }
            throw e;
        }
    }

    /** As {@link #outcome()}, waited for, and for a listener that was given to have been told all. */
    public Agent.Outcome await() {
        return asked.await();
    }

    /** Stops the task; without effect on one that is over. */
    public void cancel(String why) {
        team.cancel(id(), why);
    }

    private final class AnswerFuture extends CompletableFuture<Answer> {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            TeamTask.this.cancel("cancelled");
            return super.cancel(mayInterruptIfRunning);
        }

        /** What is derived from it stands for itself: cancelling that leaves the task alone. */
        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }
    }
}
