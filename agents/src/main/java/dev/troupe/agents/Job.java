package dev.troupe.agents;

import dev.troupe.models.call.Deadline;
import dev.troupe.planner.ladder.LadderPlan;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A task that was taken on, as it goes from actor to actor of one team.
 *
 * @param deadline when its outcome must be there; a little before the asker stops waiting
 * @param arrived when it was asked
 * @param events where what happens to it is told
 */
record Job(
        Agent.Ask ask,
        String agent,
        LadderPlan plan,
        String question,
        Deadline deadline,
        Instant arrived,
        ActorRef<EventLog.Command> events) {
    String task() {
        return ask.task();
    }

    void publish(TaskEvent.What what) {
        events.tell(new EventLog.Publish(what));
    }
}
