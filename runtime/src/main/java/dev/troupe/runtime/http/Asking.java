package dev.troupe.runtime.http;

import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.agents.Team;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.telemetry.TaskSpans;
import dev.troupe.runtime.telemetry.Tracing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a request becomes a task of an agent, and what came of the task an answer or an error. */
final class Asking {
    private final TeamHost host;
    private final Gate gate;
    private final LiveTasks live;
    private final Metrics metrics;
    private final Tracing tracing;

    Asking(TeamHost host, Gate gate, LiveTasks live, Metrics metrics, Tracing tracing) {
        this.host = host;
        this.gate = gate;
        this.live = live;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    /**
     * What an agent is asked for.
     *
     * @param conversation one that Troupe keeps, or null
     * @param detached whether the task goes on without its client
     */
    record Wish(String agent, @Nullable String conversation, String question, ChatOptions options, boolean detached) {}

    /** @param place given back when the task is over */
    Team.Asked ask(Exchange exchange, Wish wish, Gate.Place place, Consumer<TaskEvent> onEvent) {
        String tenant = exchange.caller().tenant();
        TaskSpans spans = new TaskSpans(
                tracing, host.file().models(), exchange.span().context(), wish.agent(), wish.conversation());
        Team.Asked asked = host.team()
                .ask(
                        new Team.Question(
                                tenant,
                                wish.agent(),
                                wish.conversation(),
                                wish.question(),
                                host.file().budget().taskTime(),
                                host.allowance(),
                                wish.options()),
                        event -> {
                            spans.on(event);
                            onEvent.accept(event);
                        });
        live.begin(new LiveTasks.Live(
                asked.task(), tenant, wish.agent(), wish.conversation(), wish.question(), Instant.now()));
        Cancellation.Registration registration =
                wish.detached() ? () -> {} : exchange.cancellation().onCancel(() -> left(asked.task()));
        CompletableFuture<Agent.Outcome> ended = asked.outcome().whenComplete((outcome, nothing) -> {
            registration.close();
            live.end(asked.task());
            place.close();
            metrics.task(wish.agent(), tenant, outcome);
        });
        // Spans of calls end with their events, which come on a thread of their own.
        CompletableFuture<Void> unused = asked.events()
                .handle((done, failure) -> Boolean.TRUE)
                .thenAcceptBoth(ended, (done, outcome) -> spans.end(Metrics.record(outcome)));
        return asked;
    }

    /** Ends what nobody waits for any more. */
    void left(String task) {
        host.team().cancel(task, "the client is gone");
    }

    /** @throws ApiException when there is no answer */
    Agent.Answered answered(Agent.Outcome outcome) {
        return switch (outcome) {
            case Agent.Answered answered -> answered;
            case Agent.Failed failed -> {
                ErrorCode code = failed.code() == null ? ErrorCode.UNSOLVED : failed.code();
                throw told(ApiException.of(code, failed.message(), failed.hint()), failed.record(), failed.bestGuess());
            }
            case Agent.Rejected rejected -> throw ApiException.of(rejected.code(), rejected.message(), null);
            case Agent.Overloaded overloaded -> throw ApiException.tooMany(overloaded.message(), 2);
            case Agent.Cancelled cancelled ->
                throw told(
                        gate.isClosed()
                                ? ApiException.shuttingDown()
                                : ApiException.of(ErrorCode.CANCELLED, "cancelled: " + cancelled.why(), null),
                        cancelled.record(),
                        null);
        };
    }

    private static ApiException told(ApiException error, @Nullable TaskRecord record, @Nullable String bestGuess) {
        if (record == null) {
            return error;
        }
        Map<String, @Nullable Object> troupe = new LinkedHashMap<>(ChatJson.troupe(record));
        // Nobody vouches for it, so it stands where no client takes it for the answer.
        troupe.put("best_guess", bestGuess);
        ApiException told = error.with(troupe);
        ChatJson.headers(record).forEach(told::with);
        return told;
    }
}
