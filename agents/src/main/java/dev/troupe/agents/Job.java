package dev.troupe.agents;

import dev.troupe.agents.graph.GraphFiles;
import dev.troupe.models.call.Deadline;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.ChatOptions;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A task that was taken on, as it goes from actor to actor of one team.
 *
 * @param deadline when its outcome must be there; a little before the asker stops waiting
 * @param arrived when it was asked
 * @param events where what happens to it is told
 * @param files of the team and of the request, once they were looked at
 */
record Job(
        Agent.Ask ask,
        String agent,
        AgentPlan plan,
        String question,
        Deadline deadline,
        Instant arrived,
        ActorRef<EventLog.Command> events,
        GraphFiles files) {
    String task() {
        return ask.task();
    }

    /** The same, as it is after the conversation's turns and the files were looked up. */
    Job with(AgentPlan other, GraphFiles found) {
        return new Job(ask, agent, other, question, deadline, arrived, events, found);
    }

    /** What is wanted of the model. */
    ChatOptions options() {
        ChatOptions wanted = ask.options();
        return wanted == null ? ChatOptions.NONE : wanted;
    }

    void publish(TaskEvent.What what) {
        events.tell(new EventLog.Publish(what));
    }
}
