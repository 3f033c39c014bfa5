package dev.troupe.agents;

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
 * @param place where it stands among the tasks that it is a part of
 */
record Job(
        Agent.Ask ask,
        String agent,
        AgentPlan plan,
        String question,
        Deadline deadline,
        Instant arrived,
        ActorRef<EventLog.Command> events,
        Place place) {
    String task() {
        return ask.task();
    }

    /** The same, as it is after the conversation's turns were looked up. */
    Job withPlan(AgentPlan other) {
        return new Job(ask, agent, other, question, deadline, arrived, events, place);
    }

    /** Whether it is a part of another task, on whose receipt it will be. */
    boolean isPart() {
        return place.depth() > 0;
    }

    /** What is wanted of the model. */
    ChatOptions options() {
        ChatOptions wanted = ask.options();
        return wanted == null ? ChatOptions.NONE : wanted;
    }

    void publish(TaskEvent.What what) {
        events.tell(new EventLog.Publish(what));
    }

    /**
     * A task's place in a tree of tasks.
     *
     * @param root the task that was asked from outside: budgets are its
     * @param folder the conversation whose work folder the tree shares; one of its tasks works at a time
     * @param depth 0 for the root
     * @param team whom its agent asks for other agents
     */
    record Place(String root, String folder, int depth, ActorRef<Agent.Command> team) {}
}
