package dev.troupe.planner.ladder;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.chat.ChatRequest.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an agent's models may call: tools, and other agents.
 *
 * @param tools called with JSON
 * @param agents asked in words; their names differ from the tools'
 */
public record Offer(List<ToolSpec> tools, List<Use> agents) {
    public static final Offer NONE = new Offer(List.of(), List.of());

    /** The one argument with which an agent is asked as a tool. */
    static final String QUESTION = "question";

    public Offer {
        tools = List.copyOf(tools);
        agents = List.copyOf(agents);
        if (agents.stream().anyMatch(use -> use.to() == To.REVIEW)) {
            throw new IllegalArgumentException("agents: a reviewer (expected: as the plan's verifier)");
        }
    }

    /**
     * An agent that another one uses.
     *
     * @param agent its name in the team
     * @param description what it is for, for the model
     */
    public record Use(String agent, String description, To to) {}

    /** What an agent is used for. */
    public enum To {
        /** The model may ask it, and goes on with the answer. */
        ASK,
        /** The model may hand the task over; whatever it answers is the answer. It also tries when everything else failed. */
        HAND_OVER,
        /** Answers count when it agrees. */
        REVIEW
    }

    /** The agents that are used so, in the file's order. */
    List<Use> agents(To to) {
        return agents.stream().filter(use -> use.to() == to).toList();
    }

    /** The agent of that name that a model may call: one that is asked, or that takes over. */
    Optional<Use> callable(String name) {
        return agents.stream().filter(use -> use.agent().equals(name)).findFirst();
    }

    public boolean hasTool(String name) {
        return tools.stream().anyMatch(tool -> tool.name().equals(name));
    }

    /** Whether there is nothing that a model could call. */
    public boolean isEmpty() {
        return tools.isEmpty() && agents.isEmpty();
    }

    /** Everything as tools, for models that call tools by their own protocol. */
    public List<ToolSpec> asTools() {
        List<ToolSpec> all = new ArrayList<>(tools);
        agents.stream()
                .map(use -> new ToolSpec(use.agent(), use.description(), question()))
                .forEach(all::add);
        return List.copyOf(all);
    }

    private static ObjectNode question() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties")
                .putObject(QUESTION)
                .put("type", "string")
                .put("description", "The question, whole: nothing else of the conversation is seen.");
        schema.putArray("required").add(QUESTION);
        return schema.put("additionalProperties", false);
    }
}
