package dev.troupe.planner.ladder;

import dev.troupe.models.call.Money;
import dev.troupe.models.call.Usage;
import java.util.List;

/**
 * What one stage of a task came to, for its receipt.
 *
 * @param stage {@code demonstrations}, a rung's name, {@code verify}, {@code tool convert} or {@code agent reviewer}
 * @param outcome in words: {@code gave up after 2 turns (KeyError 'region_name', twice)}
 * @param model the team file's name of the model that it asked, empty for none
 * @param solved whether its answer ended the task
 * @param worth what the answer would have taken a model: its own tokens, or those of the solution that was run again
 * @param events indexes into the history of what belongs to it
 */
public record Account(
        String stage,
        String outcome,
        String model,
        boolean solved,
        Usage usage,
        Money cost,
        Usage worth,
        List<Integer> events) {
    /** The stage of the search for solved questions. */
    public static final String DEMONSTRATIONS = "demonstrations";

    /** The stage of a judge model. */
    public static final String VERIFY = "verify";

    /** What the stages of tools begin with, before the tool's name. */
    public static final String TOOL = "tool ";

    /** What the stages of agents that were asked begin with, before the agent's name. */
    public static final String AGENT = "agent ";

    public Account {
        events = List.copyOf(events);
    }
}
