package dev.troupe.runtime.http;

import dev.troupe.agents.Agent;
import dev.troupe.agents.Team;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers {@code POST /v1/chat/completions}: the last message becomes a task of the agent that is named. */
final class ChatHandler implements Exchange.Handler {
    private final Bodies bodies;
    private final Gate gate;
    private final Asking asking;
    private final Streaming streaming;
    private final Agents agents;

    ChatHandler(Bodies bodies, Gate gate, Asking asking, Streaming streaming, Agents agents) {
        this.bodies = bodies;
        this.gate = gate;
        this.asking = asking;
        this.streaming = streaming;
        this.agents = agents;
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
                    ? streaming.stream(exchange, wish, chats, place, (task, sink) -> new Chunks(request, task, sink))
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

    /** Chunks of a chat completion. */
    private static final class Chunks implements Streaming.Voice {
        private final ChatRequest request;
        private final ChatJson json;
        private final EventSink sink;

        Chunks(ChatRequest request, String task, EventSink sink) {
            this.request = request;
            this.json = new ChatJson(request.model(), task);
            this.sink = sink;
        }

        @Override
        public void begin() {
            sink.data(json.begin());
        }

        @Override
        public void text(String text) {
            sink.data(json.text(text));
        }

        @Override
        public void end(Agent.Answered answered) {
            if (!answered.toolCalls().isEmpty()) {
                sink.data(json.toolCalls(answered));
            }
            sink.data(json.end(answered));
            if (request.includeUsage()) {
                sink.data(json.usageChunk(answered.record()));
            }
            sink.done();
        }

        @Override
        public void failed(ApiException why) {
            sink.data(why.json());
            sink.done();
        }
    }
}
