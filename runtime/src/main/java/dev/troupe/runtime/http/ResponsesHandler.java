package dev.troupe.runtime.http;

import dev.troupe.agents.Agent;
import dev.troupe.agents.Team;
import dev.troupe.knowledge.journal.Conversations;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.chat.Message;
import dev.troupe.planner.ladder.ChatOptions;
import dev.troupe.runtime.host.TeamHost;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST /v1/responses}. Each response is a turn of a conversation that Troupe keeps; one that follows
 * another is the next turn of the same.
 */
final class ResponsesHandler {
    private static final int MOST_TURNS = 100;

    private final TeamHost host;
    private final Bodies bodies;
    private final Gate gate;
    private final Asking asking;
    private final Streaming streaming;
    private final Agents agents;

    ResponsesHandler(TeamHost host, Bodies bodies, Gate gate, Asking asking, Streaming streaming, Agents agents) {
        this.host = host;
        this.bodies = bodies;
        this.gate = gate;
        this.asking = asking;
        this.streaming = streaming;
        this.agents = agents;
    }

    HttpResponse create(Exchange exchange) {
        ResponsesRequest request = bodies.read(exchange, ResponsesRequest::of);
        String tenant = exchange.caller().tenant();
        String agent = agents.named(request.model(), exchange.caller());
        boolean chats = agents.chats(agent);
        if (!chats) {
            request.checkForAssistant();
        }
        String conversation = conversation(request, tenant);
        Asking.Wish wish =
                new Asking.Wish(agent, conversation, request.question(), options(request, tenant, conversation), false);
        Gate.Place place = gate.enter(exchange.caller());
        try {
            return request.stream()
                    ? streaming.stream(
                            exchange, wish, chats, place, (task, sink) -> new Events(json(request, task), sink))
                    : whole(exchange, request, wish, place);
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
    }

    private String conversation(ResponsesRequest request, String tenant) {
        String previous = request.previous();
        if (previous != null) {
            return continued(previous, tenant);
        }
        String named = request.conversation();
        return named == null ? UUID.randomUUID().toString() : named;
    }

    /** A conversation is one line of turns: only its last one can be followed. */
    private String continued(String previous, String tenant) {
        TaskRecord record = find(previous, tenant, "previous_response_id");
        List<TaskRecord> turns = turns(tenant, record.conversation(), 1);
        if (turns.isEmpty() || !turns.getLast().task().equals(record.task())) {
            String last = turns.isEmpty()
                    ? "one that was answered"
                    : ResponseJson.PREFIX + turns.getLast().task();
            throw ApiException.invalid(
                    "invalid_value",
                    "previous_response_id",
                    "previous_response_id: " + previous + " (expected: the last of its conversation, " + last + ")");
        }
        return record.conversation();
    }

    private TaskRecord find(String response, String tenant, @Nullable String parameter) {
        String task =
                response.startsWith(ResponseJson.PREFIX) ? response.substring(ResponseJson.PREFIX.length()) : response;
        return host.tasks()
                .find(tenant, task)
                .filter(record -> record.task().equals(task))
                .orElseThrow(() -> ApiException.refused(
                        parameter == null ? 404 : 400,
                        "response_not_found",
                        parameter,
                        "response: not known (expected: the id of one of yours)"));
    }

    private List<TaskRecord> turns(String tenant, String conversation, int most) {
        Conversations conversations = host.conversations();
        return conversations.turns(tenant, host.file().team(), conversation, most);
    }

    private ChatOptions options(ResponsesRequest request, String tenant, String conversation) {
        List<Message> messages = null;
        if (!request.questionIsAll()) {
            List<Message> before = turns(tenant, conversation, MOST_TURNS).stream()
                    .flatMap(turn -> Stream.of(Message.user(turn.question()), Message.assistant(turn.answer())))
                    .toList();
            messages = request.messages(before);
        }
        return new ChatOptions(messages, List.of(), request.responseFormat(), request.sampling());
    }

    private static ResponseJson json(ResponsesRequest request, String task) {
        return new ResponseJson(request.model(), task, request.previous(), request.instructions(), Instant.now());
    }

    private HttpResponse whole(Exchange exchange, ResponsesRequest request, Asking.Wish wish, Gate.Place place) {
        Team.Asked asked = asking.ask(exchange, wish, place, event -> {});
        Agent.Answered answered = asking.answered(asked.outcome().join());
        return Replies.with(
                Replies.json(200, json(request, asked.task()).ended(answered.record(), answered.finishReason())),
                ChatJson.headers(answered.record()));
    }

    /** One that is over. */
    HttpResponse one(Exchange exchange) {
        TaskRecord record = find(exchange.part("id"), exchange.caller().tenant(), null);
        ResponseJson json = new ResponseJson(record.agent(), record.task(), null, null, record.started());
        return Replies.json(200, json.ended(record, null));
    }

    /** The events of a stream, numbered from 0. */
    private static final class Events implements Streaming.Voice {
        private final ResponseJson json;
        private final EventSink sink;
        private final StringBuilder text = new StringBuilder();
        private int number;

        Events(ResponseJson json, EventSink sink) {
            this.json = json;
            this.sink = sink;
        }

        private void send(String type, Map<String, @Nullable Object> more) {
            Map<String, @Nullable Object> event = new LinkedHashMap<>();
            event.put("type", type);
            event.put("sequence_number", number++);
            event.putAll(more);
            sink.event(type, event);
        }

        private Map<String, @Nullable Object> of(String name, @Nullable Object value) {
            Map<String, @Nullable Object> more = new LinkedHashMap<>();
            more.put("item_id", json.message());
            more.put("output_index", 0);
            more.put("content_index", 0);
            more.put(name, value);
            return more;
        }

        private void item(String type, String status, List<Object> content) {
            Map<String, @Nullable Object> more = new LinkedHashMap<>();
            more.put("output_index", 0);
            more.put("item", json.item(status, content));
            send(type, more);
        }

        private void response(String type, Map<String, @Nullable Object> response) {
            Map<String, @Nullable Object> more = new LinkedHashMap<>();
            more.put("response", response);
            send(type, more);
        }

        @Override
        public void begin() {
            response("response.created", json.begun());
            response("response.in_progress", json.begun());
        }

        @Override
        public void text(String more) {
            if (text.isEmpty()) {
                item("response.output_item.added", "in_progress", List.of());
                send("response.content_part.added", of("part", ResponseJson.part("")));
            }
            text.append(more);
            Map<String, @Nullable Object> delta = of("delta", more);
            delta.put("logprobs", List.of());
            send("response.output_text.delta", delta);
        }

        @Override
        public void end(Agent.Answered answered) {
            if (!text.isEmpty()) {
                Map<String, @Nullable Object> done = of("text", text.toString());
                done.put("logprobs", List.of());
                send("response.output_text.done", done);
                send("response.content_part.done", of("part", ResponseJson.part(text.toString())));
                item("response.output_item.done", "completed", List.of(ResponseJson.part(text.toString())));
            }
            Map<String, @Nullable Object> response = json.ended(answered.record(), answered.finishReason());
            response(
                    "incomplete".equals(response.get("status")) ? "response.incomplete" : "response.completed",
                    response);
        }

        @Override
        public void failed(ApiException why) {
            response("response.failed", json.failed(why));
        }
    }
}
