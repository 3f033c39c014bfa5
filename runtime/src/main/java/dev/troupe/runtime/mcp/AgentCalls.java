package dev.troupe.runtime.mcp;

import dev.troupe.agents.Agent;
import dev.troupe.agents.Team;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.models.call.CallContext;
import dev.troupe.runtime.host.TeamHost;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Calls of agents by an MCP client. What goes wrong is in the result, where the client's model can read it. */
final class AgentCalls implements AutoCloseable {
    static final String QUESTION = "question";
    static final String CONVERSATION = "conversation";
    private static final int LONGEST_CONVERSATION = 100;

    private final TeamHost host;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    AgentCalls(TeamHost host) {
        this.host = host;
    }

    CallToolResult call(String agent, @Nullable Map<String, Object> arguments) {
        Map<String, Object> given = arguments == null ? Map.of() : arguments;
        String wrong = wrong(given);
        if (wrong != null) {
            return failed("INPUT_INVALID: " + wrong);
        }
        Object conversation = given.get(CONVERSATION);
        Team.Asked asked = host.team()
                .ask(
                        new Team.Question(
                                CallContext.LOCAL,
                                agent,
                                conversation == null ? null : conversation.toString(),
                                String.valueOf(given.get(QUESTION)),
                                host.file().budget().taskTime(),
                                host.allowance()),
                        event -> {});
        running.add(asked.task());
        if (closed) {
            cancel(asked.task());
        }
        try {
            return result(asked.await());
        } finally {
            running.remove(asked.task());
        }
    }

    private static @Nullable String wrong(Map<String, Object> given) {
        TreeSet<String> unknown = new TreeSet<>(given.keySet());
        unknown.remove(QUESTION);
        unknown.remove(CONVERSATION);
        if (!unknown.isEmpty()) {
            return "argument " + unknown.first() + ": unknown (expected: question, conversation)";
        }
        if (!(given.get(QUESTION) instanceof String question) || question.isBlank()) {
            return "argument question: empty (expected: text)";
        }
        Object conversation = given.get(CONVERSATION);
        boolean named = conversation == null
                || (conversation instanceof String name && !name.isBlank() && name.length() <= LONGEST_CONVERSATION);
        return named
                ? null
                : "argument conversation: " + conversation + " (expected: 1 to " + LONGEST_CONVERSATION
                        + " characters)";
    }

    private static CallToolResult result(Agent.Outcome outcome) {
        return switch (outcome) {
            case Agent.Answered answered -> answered(answered.record());
            case Agent.Failed failed ->
                failed((failed.code() == null ? "UNSOLVED" : failed.code().name()) + ": " + failed.message()
                        + (failed.bestGuess() == null
                                ? ""
                                : "; the best guess, which nobody vouches for: " + failed.bestGuess()));
            case Agent.Rejected rejected -> failed(rejected.code() + ": " + rejected.message());
            case Agent.Overloaded overloaded -> failed("OVERLOADED: " + overloaded.message());
            case Agent.Cancelled cancelled -> failed("CANCELLED: " + cancelled.why());
        };
    }

    private static CallToolResult answered(TaskRecord record) {
        Map<String, Object> structured = new LinkedHashMap<>();
        structured.put("answer", record.answer());
        structured.put("verified", record.verified().name().toLowerCase(java.util.Locale.ROOT));
        structured.put("task", record.task());
        structured.put("cost_usd", record.receipt().cost().toDecimal());
        return CallToolResult.builder()
                .addTextContent(record.answer())
                .structuredContent(structured)
                .isError(false)
                .build();
    }

    private static CallToolResult failed(String why) {
        return CallToolResult.builder().addTextContent(why).isError(true).build();
    }

    private void cancel(String task) {
        host.team().cancel(task, "the client is gone");
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(this::cancel);
    }
}
