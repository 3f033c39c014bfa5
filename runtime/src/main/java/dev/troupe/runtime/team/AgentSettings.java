package dev.troupe.runtime.team;

import java.util.List;

/** An agent as the team file describes it, of any kind. */
public sealed interface AgentSettings permits AssistantSettings, ChatSettings, PlannerSettings {
    String name();

    String instructions();

    /** Names of code tools, keys of the team's {@code tools}. */
    List<String> tools();

    /** What its models may call. */
    Reach reach();

    /** The same without some of the agents that it uses. */
    AgentSettings without(List<Reach.Use> some);

    /** Names of all models that it may ask, keys of the team's {@code models}. */
    List<String> models();

    /** How much of a conversation its prompts tell at most. */
    int historyTokens();
}
