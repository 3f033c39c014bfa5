package dev.troupe.agents;

import dev.troupe.agents.graph.PlanningSetup;
import dev.troupe.knowledge.demonstration.DemonstrationLibrary;
import dev.troupe.knowledge.journal.Journal;
import dev.troupe.knowledge.replay.ReplayView;
import dev.troupe.models.chat.ChatModel;
import dev.troupe.models.price.PriceTable;
import dev.troupe.planner.ladder.AgentPlan;
import dev.troupe.tools.call.Toolbox;
import dev.troupe.tools.code.CodeExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Everything that a team works with. Whoever makes it opened these and closes them, after the team.
 *
 * @param team its name
 * @param entry the agent that answers when none is named
 * @param agents plans by the agents' names
 * @param models by their names in the team file, each metered by the team's ledger
 * @param prices what the baseline would have cost
 * @param baseline {@code provider/model} that receipts compare with
 * @param learns whether what is solved leaves a demonstration behind
 * @param verdicts who is asked whether an answer is right, where a plan says so
 * @param replays of the same demonstrations
 * @param tools what models may call, as far as their agents' plans offer it
 * @param planning what planners work with
 */
public record TeamSetup(
        String team,
        String entry,
        Map<String, AgentPlan> agents,
        Map<String, ChatModel> models,
        CodeExecutor code,
        DemonstrationLibrary demonstrations,
        Journal journal,
        PriceTable prices,
        String baseline,
        WorkFolders workFolders,
        Bounds bounds,
        boolean learns,
        Clock clock,
        Verdicts verdicts,
        ReplayView replays,
        Toolbox tools,
        PlanningSetup planning) {
    /** With a view of its own of what may be replayed, without tools, and for agents that do not plan. */
    public TeamSetup(
            String team,
            String entry,
            Map<String, AgentPlan> agents,
            Map<String, ChatModel> models,
            CodeExecutor code,
            DemonstrationLibrary demonstrations,
            Journal journal,
            PriceTable prices,
            String baseline,
            WorkFolders workFolders,
            Bounds bounds,
            boolean learns,
            Clock clock,
            Verdicts verdicts) {
        this(
                team,
                entry,
                agents,
                models,
                code,
                demonstrations,
                journal,
                prices,
                baseline,
                workFolders,
                bounds,
                learns,
                clock,
                verdicts,
                new ReplayView(demonstrations, journal),
                Toolbox.empty(),
                PlanningSetup.NONE);
    }

    /** The same with tools. */
    public TeamSetup withTools(Toolbox others) {
        return with(others, planning);
    }

    /** The same with what planners work with. */
    public TeamSetup withPlanning(PlanningSetup other) {
        return with(tools, other);
    }

    private TeamSetup with(Toolbox calls, PlanningSetup plans) {
        return new TeamSetup(
                team,
                entry,
                agents,
                models,
                code,
                demonstrations,
                journal,
                prices,
                baseline,
                workFolders,
                bounds,
                learns,
                clock,
                verdicts,
                replays,
                calls,
                plans);
    }

    public TeamSetup {
        agents = Map.copyOf(agents);
        models = Map.copyOf(models);
        if (!agents.containsKey(entry)) {
            throw new IllegalArgumentException("entry: " + entry + " (expected: one of " + agents.keySet() + ")");
        }
        for (Map.Entry<String, AgentPlan> agent : agents.entrySet()) {
            for (String other : agent.getValue().agents()) {
                if (!agents.containsKey(other)) {
                    throw new IllegalArgumentException("agent " + agent.getKey() + ": agent: " + other
                            + " (expected: one of " + agents.keySet() + ")");
                }
            }
            for (String model : agent.getValue().models()) {
                if (!models.containsKey(model)) {
                    throw new IllegalArgumentException("agent " + agent.getKey() + ": model: " + model
                            + " (expected: one of " + models.keySet() + ")");
                }
            }
        }
    }

    /**
     * How much at once.
     *
     * @param running tasks that are worked on
     * @param waiting tasks that wait for a place or for their conversation; more are {@code Overloaded}
     * @param conversations kept in memory
     * @param idle how long a conversation is kept after its last task
     * @param cancelGrace how long a cancelled call may take to come back before its task ends without it
     * @param keepEvents how long a task's events are kept after its end
     */
    public record Bounds(
            int running, int waiting, int conversations, Duration idle, Duration cancelGrace, Duration keepEvents) {
        public static final Bounds DEFAULT =
                new Bounds(8, 64, 1_000, Duration.ofMinutes(10), Duration.ofMillis(500), Duration.ofMinutes(5));

        public Bounds {
            if (running < 1 || waiting < 0 || conversations < running) {
                throw new IllegalArgumentException(
                        "bounds: running %d, waiting %d, conversations %d".formatted(running, waiting, conversations)
                                + " (expected: 1 or more, 0 or more, at least as many as running)");
            }
        }

        /** The same with another number of tasks that are worked on. */
        public Bounds withRunning(int other) {
            return new Bounds(other, waiting, Math.max(conversations, other), idle, cancelGrace, keepEvents);
        }
    }
}
