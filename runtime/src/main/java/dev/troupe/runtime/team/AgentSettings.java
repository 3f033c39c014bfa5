package dev.troupe.runtime.team;

import java.util.List;

/** An agent as the team file describes it, of any kind. */
public sealed interface AgentSettings permits AssistantSettings, ChatSettings, PlannerSettings {
    String name();

    String instructions();

    /** Names of code tools, keys of the team's {@code tools}. */
    List<String> tools();

    /** Names of all models that it may ask, keys of the team's {@code models}. */
    List<String> models();

    /** How much of a conversation its prompts tell at most. */
    int historyTokens();
}
