package dev.troupe.runtime.http;

import dev.troupe.agents.Agent;
import dev.troupe.agents.Team;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Tasks;
import dev.troupe.knowledge.journal.Total;
import dev.troupe.runtime.host.TeamHost;
import dev.troupe.runtime.receipt.TotalJson;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client learns of its tasks afterwards, and says of them: receipts, events, files, feedback. Its own only. */
final class TaskHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(TaskHandlers.class);
    private static final int MOST_RECEIPTS = 100;
    private static final int LONGEST_TEXT = 4_000;

    private final TeamHost host;
    private final Tasks tasks;
    private final Bodies bodies;
    private final LiveTasks live;
    private final Artifacts artifacts;
    private final ServeSettings.Limits limits;

    TaskHandlers(TeamHost host, Bodies bodies, LiveTasks live, ServeSettings.Limits limits) {
        this.host = host;
        this.tasks = host.tasks();
        this.bodies = bodies;
        this.live = live;
        this.artifacts = new Artifacts(host.work(), limits.artifacts());
        this.limits = limits;
    }

    /** The last receipts, or sums {@code by} day, lever or agent. */
    HttpResponse receipts(Exchange exchange) {
        String tenant = exchange.caller().tenant();
        String by = exchange.query("by").orElse("");
        LocalDate from = day(exchange, "from", LocalDate.EPOCH);
        LocalDate to = day(exchange, "to", LocalDate.now(ZoneOffset.UTC));
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("object", "list");
        switch (by) {
            case "" ->
                body.put(
                        "data",
                        tasks.recent(tenant, limit(exchange)).stream()
                                .map(ChatJson::listed)
                                .toList());
            case "day" -> put(body, by, tasks.byDay(tenant, from, to));
            case "lever" -> put(body, by, tasks.byStage(tenant, from, to));
            case "agent" -> put(body, by, tasks.byAgent(tenant, from, to));
            default ->
                throw ApiException.invalid(
                        "invalid_value", "by", "by: not known (expected: day, lever or agent, or left out)");
        }
        return Replies.json(200, body);
    }

    private static void put(Map<String, @Nullable Object> body, String by, List<Total> sums) {
        body.put("by", by);
        body.put("data", sums.stream().map(sum -> TotalJson.of(by, sum)).toList());
    }

    static int limit(Exchange exchange) {
        String limit = exchange.query("limit").orElse("20");
        int count = limit.matches("[0-9]{1,3}") ? Integer.parseInt(limit) : 0;
        if (count < 1 || count > MOST_RECEIPTS) {
            throw ApiException.invalid(
                    "invalid_value", "limit", "limit: not in range (expected: 1 to " + MOST_RECEIPTS + ")");
        }
        return count;
    }

    private static LocalDate day(Exchange exchange, String name, LocalDate otherwise) {
        try {
            return exchange.query(name).map(LocalDate::parse).orElse(otherwise);
        } catch (DateTimeParseException e) {
            throw ApiException.invalid(
                    "invalid_value", name, name + ": no day (expected: one such as 2026-11-22, in UTC)");
        }
    }

    HttpResponse receipt(Exchange exchange) {
        return Replies.json(200, ChatJson.troupe(own(exchange, exchange.part("id"))));
    }

    /** Those of the caller that are being worked on. */
    HttpResponse running(Exchange exchange) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("object", "list");
        body.put(
                "data",
                live.of(exchange.caller().tenant()).stream()
                        .map(LiveTasks.Live::json)
                        .toList());
        return Replies.json(200, body);
    }

    /** Stops a task, whoever waits for it. One that is over stays as it is. */
    HttpResponse cancel(Exchange exchange) {
        return bodies.read(exchange, fields -> {
            String id = task(exchange.part("id"));
            boolean running = live.isOf(id, exchange.caller().tenant());
            if (running) {
                host.team().cancel(id, "the client stopped it");
            } else {
                own(exchange, id);
            }
            return Replies.json(running ? 202 : 200, Map.of("task", id, "cancelled", running));
        });
    }

    HttpResponse artifact(Exchange exchange) {
        return artifacts.fetch(own(exchange, exchange.part("id")), exchange.part("number"));
    }

    /** A task of the caller that is over. Somebody else's is told like one that never was. */
    private TaskRecord own(Exchange exchange, String idOrCompletion) {
        String id = task(idOrCompletion);
        return tasks.find(exchange.caller().tenant(), id)
                .filter(record -> record.task().equals(id))
                .orElseThrow(() -> unknown());
    }

    /** Clients know a task by the id of its completion or response too. */
    private static String task(String idOrCompletion) {
        for (String prefix : List.of("chatcmpl-", ResponseJson.PREFIX)) {
            if (idOrCompletion.startsWith(prefix)) {
                return idOrCompletion.substring(prefix.length());
            }
        }
        return idOrCompletion;
    }

    private static ApiException unknown() {
        return ApiException.refused(
                404, "task_not_found", null, "task: not known (expected: the id of a task of yours that has ended)");
    }

    HttpResponse feedback(Exchange exchange) {
        return bodies.read(exchange, fields -> feedback(exchange, fields));
    }

    private HttpResponse feedback(Exchange exchange, Fields fields) {
        TaskRecord record = own(exchange, fields.requiredText("task"));
        String verdict = fields.requiredText("verdict");
        if (!verdict.equals("good") && !verdict.equals("bad")) {
            throw fields.invalid("verdict", "invalid_value", verdict, "good or bad");
        }
        Agent.FeedbackReply reply = host.team()
                .feedback(
                        exchange.caller().tenant(),
                        record.task(),
                        verdict.equals("good"),
                        bounded(fields, "because"),
                        bounded(fields, "answer"))
                .join();
        return switch (reply) {
            case Agent.Judged judged -> {
                Map<String, @Nullable Object> body = new LinkedHashMap<>();
                body.put("task", judged.task());
                body.put("verdict", verdict);
                body.put("demonstration", judged.demonstration());
                body.put("retired", judged.retired());
                yield Replies.json(200, body);
            }
            case Agent.Rejected rejected -> throw ApiException.of(rejected.code(), rejected.message(), null);
        };
    }

    private static @Nullable String bounded(Fields fields, String name) {
        String text = fields.text(name);
        if (text != null && text.length() > LONGEST_TEXT) {
            throw fields.invalid(name, "invalid_value", text.length() + " characters", "at most " + LONGEST_TEXT);
        }
        return text;
    }

    /** The events of a task, from the first or from the one after {@code Last-Event-ID}. */
    HttpResponse events(Exchange exchange) {
        String id = task(exchange.part("id"));
        if (!live.isOf(id, exchange.caller().tenant())) {
            own(exchange, id);
        }
        EventSink sink = new EventSink(host.team().system(), limits.beat());
        Team.Watched watched = host.team().watch(id, after(exchange), event -> {
            var json = EventJson.of(event);
            sink.event(json.path("type").asText(), event.number(), json);
        });
        if (!watched.kept().join()) {
            sink.close();
            throw ApiException.refused(
                    404, "events_not_kept", null, "events: no longer kept; /v1/receipts/" + id + " tells how it ended");
        }
        CompletableFuture<Void> unused = watched.events().whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debug("task {}: its watcher is gone", id);
            }
            sink.close();
        });
        return sink.response();
    }

    private static long after(Exchange exchange) {
        String last = exchange.header("Last-Event-ID");
        if (last == null || last.isBlank()) {
            return 0;
        }
        if (!last.strip().matches("[0-9]{1,15}")) {
            throw ApiException.invalid(
                    "invalid_value", "Last-Event-ID", "Last-Event-ID: no number (expected: that of the last event)");
        }
        return Long.parseLong(last.strip());
    }
}
