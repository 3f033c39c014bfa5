package dev.troupe.runtime.team;

import java.util.List;

/**
 * An agent that is a model with instructions and the conversation's last turns.
 *
 * @param model name of a model of the team
 */
public record ChatSettings(String name, String instructions, String model, int historyTokens) implements AgentSettings {
    @Override
    public List<String> tools() {
        return List.of();
    }

    @Override
    public List<String> models() {
        return List.of(model);
    }
}
