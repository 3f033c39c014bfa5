package dev.troupe.agents;

import dev.troupe.agents.graph.GraphFiles;
import dev.troupe.models.call.Deadline;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.planner.ladder.ChatOptions;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A task that was taken on, as it goes from actor to actor of one team.
 *
 * @param deadline when its outcome must be there; a little before the asker stops waiting
 * @param arrived when it was asked
 * @param events where what happens to it is told
 * @param place where it stands among the tasks that it is a part of
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
        Place place,
        GraphFiles files) {
    String task() {
        return ask.task();
    }

    /** The same, as it is after the conversation's turns and the files were looked up. */
    Job with(AgentPlan other, GraphFiles found) {
        return new Job(ask, agent, other, question, deadline, arrived, events, place, found);
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
     * @param folder the conversation whose work folder it uses
     * @param depth 0 for the root
     */
    record Place(String root, String folder, int depth) {
        /**
         * The place of a task that is asked. A part works in the folder of its whole, which waits meanwhile; but in one of
         * its own where others may work beside it.
         */
        static Place of(Agent.Ask ask, @Nullable Job parent) {
            if (parent == null) {
                return new Place(ask.task(), ask.conversation(), 0);
            }
            Place whole = parent.place();
            String folder = parent.plan().asksAtOnce() ? ask.conversation() : whole.folder();
            return new Place(whole.root(), folder, whole.depth() + 1);
        }
    }
}
