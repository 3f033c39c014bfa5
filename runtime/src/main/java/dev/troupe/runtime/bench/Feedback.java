package dev.troupe.runtime.bench;

import java.util.Locale;

/** Who says whether an answer is right, while a benchmark runs. */
public enum Feedback {
    /** Nobody: an answer ends the ladder, and what was learned of it is a candidate. */
    OFF,
    /** The right answer is compared with after the task; a person who looks at answers later. Nothing escalates. */
    AFTER,
    /**
     * The right answer is compared with at once, and a no lets the next rung try: EcoAssistant's human-judged mode. The
     * rungs learn of it no more than the no.
     */
    GOLD,
    /** A model, as {@code verify: { judge }} does it: EcoAssistant's autonomous mode. */
    JUDGE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
