package dev.troupe.agents;

import dev.troupe.agents.expert.ExpertActor;
import dev.troupe.agents.expert.ExpertHealth;
import dev.troupe.agents.expert.ExpertPool;
import dev.troupe.agents.graph.PlanMemory;
import dev.troupe.agents.graph.PlanningSetup;
import dev.troupe.agents.graph.Standings;
import dev.troupe.planner.graph.Standing;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom the tasks of a team share.
 *
 * @param team takes parts of tasks on
 * @param memory of plans; null where nobody plans
 */
record TeamActors(
        ActorRef<JournalKeeper.Command> keeper,
        ActorRef<Agent.Command> team,
        ActorRef<ExpertPool.Command> experts,
        @Nullable PlanMemory memory,
        Standings standings,
        ActorSystem<?> system) {
    /** An expert that takes longer to say how it stands is not one to wait for; it says nothing of its answers, though. */
    private static final Duration HEALTH_WAIT = Duration.ofMillis(500);

    /**
     * Starts what only tasks use.
     *
     * @param team takes parts of tasks on
     */
    static TeamActors spawn(
            ActorContext<?> context,
            TeamSetup setup,
            ActorRef<JournalKeeper.Command> keeper,
            ActorRef<Agent.Command> team) {
        PlanningSetup planning = setup.planning();
        return new TeamActors(
                keeper,
                team,
                context.spawn(ExpertPool.create(planning.experts(), planning.threads()), "experts"),
                planning.embedder() == null
                        ? null
                        : new PlanMemory(
                                planning.embedder(), setup.demonstrations(), setup.team(), planning.examples()),
                new Standings(setup.journal(), setup.team()),
                context.getSystem());
    }

    /** How experts and agents stand. Blocks for a moment. */
    Map<String, Standing> survey(TeamSetup setup, List<String> names) {
        Map<String, CompletionStage<ExpertHealth>> asked = new LinkedHashMap<>();
        for (String name : names) {
            if (setup.planning().experts().containsKey(name)) {
                asked.put(
                        name,
                        AskPattern.ask(
                                experts,
                                replyTo -> new ExpertPool.Tell(name, new ExpertActor.Describe(replyTo)),
                                HEALTH_WAIT,
                                system.scheduler()));
            }
        }
        Map<String, ExpertHealth> health = new HashMap<>();
        asked.forEach((name, stage) -> {
            try {
                health.put(name, stage.toCompletableFuture().join());
            } catch (CompletionException e) {
                // What is not known of it is not held against it.
                health.remove(name);
            }
        });
        return standings.of(names, health);
    }
}
