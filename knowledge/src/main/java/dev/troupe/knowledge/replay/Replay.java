package dev.troupe.knowledge.replay;

import java.util.List;
import java.util.stream.Collectors;

/** Whether and how a solved question's program answers a new one. */
public sealed interface Replay {
    /**
     * The program to run.
     *
     * @param source the solution that it comes from
     * @param code its program, with exactly the changed literals exchanged
     * @param swaps what was exchanged; empty when nothing had to be
     */
    record Ready(Solution source, String code, List<Swap> swaps) implements Replay {
        public Ready {
            swaps = List.copyOf(swaps);
        }

        /** {@code d-12 with name Paris for London}. */
        public String text() {
            return source.id()
                    + (swaps.isEmpty()
                            ? " as it is"
                            : " with " + swaps.stream().map(Swap::text).collect(Collectors.joining(", ")));
        }
    }

    /** Something is not certain. */
    record Abstained(String reason) implements Replay {}
}
