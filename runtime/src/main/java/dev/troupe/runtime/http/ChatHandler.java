package dev.troupe.runtime.http;

import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.agents.Team;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.Cancellation;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.runtime.host.TeamHost;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code POST /v1/chat/completions}: the last message becomes a task of the agent that is named. */
final class ChatHandler implements Exchange.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(ChatHandler.class);

    private final TeamHost host;
    private final Bodies bodies;
    private final Gate gate;
    private final LiveTasks live;
    private final Agents agents;
    private final Metrics metrics;
    private final ServeSettings.Limits limits;

    ChatHandler(
            TeamHost host,
            Bodies bodies,
            Gate gate,
            LiveTasks live,
            Agents agents,
            Metrics metrics,
            ServeSettings.Limits limits) {
        this.host = host;
        this.bodies = bodies;
        this.gate = gate;
        this.live = live;
        this.agents = agents;
        this.metrics = metrics;
        this.limits = limits;
    }

    @Override
    public HttpResponse handle(Exchange exchange) {
        ChatRequest request =
                bodies.read(exchange, fields -> ChatRequest.of(fields, exchange.header("X-Conversation-Id")));
        String agent = agents.named(request.model(), exchange.caller());
        boolean chats = agents.chats(agent);
        if (!chats) {
            request.checkForAssistant();
        }
        String question = request.question();
        Gate.Place place = gate.enter(exchange.caller());
        try {
            return request.stream()
                    ? stream(exchange, request, agent, question, chats, place)
                    : whole(exchange, request, agent, question, place);
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
    }

    private Team.Asked ask(
            Exchange exchange,
            ChatRequest request,
            String agent,
            String question,
            Gate.Place place,
            Consumer<TaskEvent> onEvent) {
        String tenant = exchange.caller().tenant();
        Team.Asked asked = host.team()
                .ask(
                        new Team.Question(
                                tenant,
                                agent,
                                request.conversation(),
                                question,
                                host.file().budget().taskTime(),
                                host.allowance(),
                                request.options()),
                        onEvent);
        live.begin(asked.task(), tenant);
        Cancellation.Registration registration =
                exchange.cancellation().onCancel(() -> host.team().cancel(asked.task(), "the client is gone"));
        CompletableFuture<Agent.Outcome> unused = asked.outcome().whenComplete((outcome, nothing) -> {
            registration.close();
            live.end(asked.task());
            place.close();
            metrics.task(agent, tenant, outcome);
        });
        return asked;
    }

    private HttpResponse whole(
            Exchange exchange, ChatRequest request, String agent, String question, Gate.Place place) {
        Team.Asked asked = ask(exchange, request, agent, question, place, event -> {});
        Agent.Answered answered = answered(asked.outcome().join());
        return Replies.with(
                Replies.json(200, new ChatJson(request.model(), asked.task()).completion(answered)),
                ChatJson.headers(answered.record()));
    }

    /**
     * The status is told once the team has taken the task on; from then on a failure is told in the stream.
     *
     * @param chats whether what the model writes is the answer, so that it can be told as it comes
     */
    private HttpResponse stream(
            Exchange exchange, ChatRequest request, String agent, String question, boolean chats, Gate.Place place) {
        EventSink sink = new EventSink(host.team().system(), limits.beat());
        CompletableFuture<ChatJson> json = new CompletableFuture<>();
        AtomicBoolean told = new AtomicBoolean();
        Team.Asked asked = ask(exchange, request, agent, question, place, event -> {
            if (chats && event.what() instanceof TaskEvent.TextDelta delta) {
                told.set(true);
                sink.data(json.join().text(delta.text()));
            } else {
                sink.comment(EventJson.of(event));
            }
        });
        if (!asked.takenOn().join()) {
            sink.close();
            answered(asked.outcome().join());
        }
        ChatJson chunks = new ChatJson(request.model(), asked.task());
        Thread.ofVirtual().name("stream-" + asked.task()).start(() -> {
            try {
                sink.data(chunks.begin());
                json.complete(chunks);
                end(asked, request, chunks, told, sink);
            } catch (RuntimeException e) {
                json.completeExceptionally(e);
                LOG.info("task {}: its stream ended early: {}", asked.task(), e.getMessage());
                host.team().cancel(asked.task(), "the client is gone");
            } finally {
                sink.close();
            }
        });
        return Replies.with(sink.response(), Map.of("X-Troupe-Task", asked.task()));
    }

    private void end(Team.Asked asked, ChatRequest request, ChatJson json, AtomicBoolean told, EventSink sink) {
        Agent.Outcome outcome = asked.await();
        try {
            Agent.Answered answered = answered(outcome);
            TaskRecord record = answered.record();
            if (!told.get() && !record.answer().isEmpty()) {
                sink.data(json.text(record.answer()));
            }
            if (!answered.toolCalls().isEmpty()) {
                sink.data(json.toolCalls(answered));
            }
            sink.data(json.end(answered));
            if (request.includeUsage()) {
                sink.data(json.usageChunk(record));
            }
        } catch (ApiException e) {
            sink.data(e.json());
        }
        sink.done();
    }

    /** @throws ApiException when there is no answer */
    private Agent.Answered answered(Agent.Outcome outcome) {
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
