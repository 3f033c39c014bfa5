package dev.troupe.runtime.http;

import dev.troupe.agents.Agent;
import dev.troupe.agents.TaskEvent;
import dev.troupe.agents.Team;
import dev.troupe.knowledge.journal.TaskRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code POST /v1/chat/completions}: the last message becomes a task of the agent that is named. */
final class ChatHandler implements Exchange.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(ChatHandler.class);

    private final ActorSystem<?> system;
    private final Bodies bodies;
    private final Gate gate;
    private final Asking asking;
    private final Agents agents;
    private final Duration beat;

    ChatHandler(ActorSystem<?> system, Bodies bodies, Gate gate, Asking asking, Agents agents, Duration beat) {
        this.system = system;
        this.bodies = bodies;
        this.gate = gate;
        this.asking = asking;
        this.agents = agents;
        this.beat = beat;
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
        Asking.Wish wish = new Asking.Wish(
                agent, request.conversation(), request.question(), request.options(), request.detached());
        Gate.Place place = gate.enter(exchange.caller());
        try {
            return request.stream()
                    ? stream(exchange, request, wish, chats, place)
                    : whole(exchange, request, wish, place);
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
    }

    private HttpResponse whole(Exchange exchange, ChatRequest request, Asking.Wish wish, Gate.Place place) {
        Team.Asked asked = asking.ask(exchange, wish, place, event -> {});
        Agent.Answered answered = asking.answered(asked.outcome().join());
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
            Exchange exchange, ChatRequest request, Asking.Wish wish, boolean chats, Gate.Place place) {
        EventSink sink = new EventSink(system, beat);
        CompletableFuture<ChatJson> json = new CompletableFuture<>();
        AtomicBoolean told = new AtomicBoolean();
        Team.Asked asked = asking.ask(exchange, wish, place, event -> {
            if (chats && event.what() instanceof TaskEvent.TextDelta delta) {
                told.set(true);
                sink.data(json.join().text(delta.text()));
            } else {
                sink.comment(EventJson.of(event));
            }
        });
        if (!asked.takenOn().join()) {
            sink.close();
            asking.answered(asked.outcome().join());
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
                if (!wish.detached()) {
                    asking.left(asked.task());
                }
            } finally {
                sink.close();
            }
        });
        return Replies.with(sink.response(), Map.of("X-Troupe-Task", asked.task()));
    }

    private void end(Team.Asked asked, ChatRequest request, ChatJson json, AtomicBoolean told, EventSink sink) {
        Agent.Outcome outcome = asked.await();
        try {
            Agent.Answered answered = asking.answered(outcome);
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
}
