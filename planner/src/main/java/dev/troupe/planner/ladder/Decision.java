package dev.troupe.planner.ladder;

/**
 * The next effect and why.
 *
 * @param kind what sort of step this is, for those who watch
 * @param why in words: {@code KeyError 'region_name', twice: asked another way}
 */
public record Decision(Effect effect, Kind kind, String why) {
    /** What sort of step a decision is. */
    public enum Kind {
        /** Solved questions are looked for before the first rung. */
        SEARCH,
        /** A rung's first call. */
        START_RUNG,
        /** The same rung goes on after a failure. */
        RETRY,
        /** The same rung goes on after a program that only looked around, or a call. */
        GO_ON,
        /** The next rung's first call. */
        ESCALATE,
        /** The model's program is run. */
        RUN,
        /** A tool or another agent is called. */
        CALL,
        /** An answer is put before the judge. */
        VERIFY,
        /** It is over. */
        FINISH
    }
}
