package dev.troupe.runtime.team;

import dev.troupe.planner.ladder.LadderPlan.Demonstrations;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An agent that answers by writing and running code.
 *
 * @param tools names of code tools, keys of the team's {@code tools}
 * @param reach what its models may call beside programs
 * @param ladder at least one rung, in the order in which they try
 * @param carryOver whether a rung is told how the ones before it failed
 * @param historyTokens how much of a conversation a prompt tells at most
 */
public record AssistantSettings(
        String name,
        String instructions,
        List<String> tools,
        Reach reach,
        List<RungSettings> ladder,
        Demonstrations demonstrations,
        Verifier verify,
        boolean carryOver,
        int historyTokens)
        implements AgentSettings {
    public AssistantSettings {
        tools = List.copyOf(tools);
        ladder = List.copyOf(ladder);
    }

    /**
     * The same with only the rungs of these names, in the file's order; unknown names are ignored. Where none of them
     * would try without a demonstration, all do.
     */
    public AssistantSettings withRungs(List<String> names) {
        List<RungSettings> named =
                ladder.stream().filter(rung -> names.contains(rung.name())).toList();
        List<RungSettings> kept = named.stream().allMatch(RungSettings::waits)
                ? named.stream().map(RungSettings::always).toList()
                : named;
        return new AssistantSettings(
                name, instructions, tools, reach, kept, demonstrations, verify, carryOver, historyTokens);
    }

    @Override
    public List<String> models() {
        Stream<String> judge = verify instanceof Verifier.Judge asked ? Stream.of(asked.model()) : Stream.empty();
        return Stream.concat(ladder.stream().filter(rung -> !rung.isReplay()).map(RungSettings::model), judge)
                .distinct()
                .toList();
    }

    @Override
    public AssistantSettings without(List<Reach.Use> some) {
        return new AssistantSettings(
                name,
                instructions,
                tools,
                reach.without(some),
                ladder,
                demonstrations,
                verify,
                carryOver,
                historyTokens);
    }

    /** The same with other demonstrations. */
    public AssistantSettings withDemonstrations(Demonstrations other) {
        return new AssistantSettings(name, instructions, tools, reach, ladder, other, verify, carryOver, historyTokens);
    }

    /** The same with another judge of its answers. */
    public AssistantSettings withVerifier(Verifier other) {
        return new AssistantSettings(
                name, instructions, tools, reach, ladder, demonstrations, other, carryOver, historyTokens);
    }

    /**
     * A way of trying.
     *
     * @param model name of a model of the team
     * @param turns the most model calls it may make
     * @param docs the text of the file that the rung is given to read, or null
     * @param sections how many of its sections, those about the question, or null for all
     * @param describeFiles whether it is told what is in the granted files or only their names
     * @param demonstrated how alike (0 to 1) a verified demonstration must be for it to try, null when it always tries
     */
    public record RungSettings(
            String name,
            String model,
            int turns,
            @Nullable String docs,
            @Nullable Integer sections,
            boolean describeFiles,
            @Nullable Double demonstrated) {
        public static final int DEFAULT_TURNS = 3;

        /** The name of the rung that runs a solved question's program again. */
        public static final String REPLAY = "replay";

        static RungSettings replay() {
            return new RungSettings(REPLAY, "", 1, null, null, false, null);
        }

        public boolean isReplay() {
            return model.isEmpty();
        }

        /** Whether there are questions that it does not try. */
        boolean waits() {
            return isReplay() || demonstratedOnly();
        }

        private RungSettings always() {
            return new RungSettings(name, model, turns, docs, sections, describeFiles, null);
        }

        boolean demonstratedOnly() {
            return demonstrated != null;
        }
    }
}
