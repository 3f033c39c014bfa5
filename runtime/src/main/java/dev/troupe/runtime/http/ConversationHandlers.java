package dev.troupe.runtime.http;

import dev.troupe.knowledge.journal.Conversations;
import dev.troupe.knowledge.journal.Entry;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Tasks;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.runtime.host.TeamHost;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The conversations that Troupe keeps for a client: its own only. */
final class ConversationHandlers {
    private static final int MOST_TURNS = 200;

    private final Conversations conversations;
    private final Tasks tasks;
    private final String team;

    ConversationHandlers(TeamHost host) {
        this.conversations = host.conversations();
        this.tasks = host.tasks();
        this.team = host.file().team();
    }

    /** The latest first. */
    HttpResponse list(Exchange exchange) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("object", "list");
        body.put(
                "data",
                conversations.list(exchange.caller().tenant(), team, TaskHandlers.limit(exchange)).stream()
                        .map(ConversationHandlers::summary)
                        .toList());
        return Replies.json(200, body);
    }

    private static Map<String, Object> summary(Conversations.Summary summary) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", summary.id());
        object.put("object", "conversation");
        object.put("title", summary.title());
        object.put("turns", summary.turns());
        object.put("last", summary.last().toString());
        return object;
    }

    /** The last turns of one, oldest first. */
    HttpResponse one(Exchange exchange) {
        // A client names it as it likes, so that its name may need encoding in a path.
        String id = decoded(exchange.part("id"));
        List<TaskRecord> turns = conversations.turns(exchange.caller().tenant(), team, id, MOST_TURNS);
        if (turns.isEmpty()) {
            throw ApiException.refused(
                    404, "conversation_not_found", null, "conversation: not known (expected: the id of one of yours)");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("object", "conversation");
        body.put("turns", turns.stream().map(this::turn).toList());
        return Replies.json(200, body);
    }

    private Map<String, @Nullable Object> turn(TaskRecord record) {
        Map<String, @Nullable Object> turn = ChatJson.listed(record);
        String feedback = null;
        for (Entry.VerdictGiven given : tasks.verdicts(record.task())) {
            if (given.verdict().judge() == Judge.PERSON) {
                feedback = given.verdict().right() ? "good" : "bad";
            }
        }
        turn.put("feedback", feedback);
        return turn;
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("invalid_value", null, "conversation: no valid part of a path");
        }
    }
}
