package dev.troupe.planner.ladder;

import dev.troupe.knowledge.demonstration.Match;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.planner.graph.Resource;
import dev.troupe.planner.graph.TaskResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an agent of some kind decides what to do next. Immutable, and pure: the same question, history, lease and time give
 * the same decision.
 */
public interface AgentPlan {
    /** What a prompt tells of earlier turns where the team file does not say how much, in tokens. */
    int DEFAULT_HISTORY_TOKENS = 2_000;

    /** Why the agent cannot do what a caller wants, or null when it can. */
    @Nullable
    String refusal(ChatOptions options);

    /**
     * The plan of one task.
     *
     * @param turns what was answered in the task's conversation before, oldest first
     * @param options what the caller wants; if it brings messages of its own, they count instead of the turns
     */
    AgentPlan inConversation(List<TaskRecord> turns, ChatOptions options);

    /** Whether files may come with a question. */
    default boolean takesFiles() {
        return false;
    }

    /**
     * The plan of a task that is about these files.
     *
     * @throws IllegalArgumentException unless {@link #takesFiles}, or there are none
     */
    default AgentPlan withResources(List<Resource> resources) {
        if (!resources.isEmpty()) {
            throw new IllegalArgumentException("files: " + resources.size() + " (expected: none for this agent)");
        }
        return this;
    }

    /** The tasks that were planned, as far as they came; none for agents that plan none. */
    default List<TaskResult> planned(String question, List<Happened> history) {
        return List.of();
    }

    /** What the task is told of its conversation. */
    Earlier earlier();

    /** As {@link Ladder#next}. */
    Decision next(String question, List<Happened> history, Allowance lease, Duration timeLeft);

    /** What each stage came to, in the order in which they began: the receipt's steps. */
    List<Account> accounts(String question, List<Happened> history);

    /** The models that it may ask, by their names in the team file. */
    List<String> models();

    /** What its models may call. */
    Offer offer();

    /** The other agents that it may ask, by their names. */
    default List<String> agents() {
        return offer().agents().stream().map(Offer.Use::agent).toList();
    }

    /** Whether several of them may be at work for one task at a time. */
    default boolean asksAtOnce() {
        return false;
    }

    /** Who decides whether an answer counts. */
    LadderPlan.Verifier verifier();

    /** The most calls of a model that a stage may make. */
    int turns(String stage);

    /** The solved questions that were shown, best first. */
    default List<Match> shown(String question, List<Happened> history) {
        return List.of();
    }

    /** The answer that a judge is being asked about. */
    default Optional<String> judged(String question, List<Happened> history) {
        return Optional.empty();
    }

    /** How many ways of trying gave up before the last one. */
    default int escalations(String question, List<Happened> history) {
        return 0;
    }

    /** The demonstration whose program was run again. */
    default Optional<String> replayed(String question, List<Happened> history) {
        return Optional.empty();
    }
}
